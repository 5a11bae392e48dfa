package import Wire

/// What the service passes on at the door: the type it came in, then its body (`e2ee.md` 5, type 47).
package enum LobbyFrame: TLSStruct, Equatable, Sendable {
    case request(LobbyRequest)
    case reveal(LobbyReveal)
    case answer(LobbyAnswer)
    case note(LobbyNoteFrame)

    /// Reads the type, then the body.
    package init(reading reader: inout ByteReader) throws(WireError) {
        switch try reader.u8() {
        case 0x02: self = .request(try LobbyRequest(reading: &reader))
        case 0x03: self = .reveal(try LobbyReveal(reading: &reader))
        case 0x04: self = .answer(try LobbyAnswer(reading: &reader))
        case 0x05: self = .note(try LobbyNoteFrame(reading: &reader))
        default: throw .illegalValue
        }
    }

    /// Writes the type, then the body.
    package func write(to writer: inout ByteWriter) {
        switch self {
        case .request(let body):
            writer.u8(0x02)
            body.write(to: &writer)
        case .reveal(let body):
            writer.u8(0x03)
            body.write(to: &writer)
        case .answer(let body):
            writer.u8(0x04)
            body.write(to: &writer)
        case .note(let body):
            writer.u8(0x05)
            body.write(to: &writer)
        }
    }
}
