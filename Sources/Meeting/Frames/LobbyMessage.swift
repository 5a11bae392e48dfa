package import Wire

/// What the service passes on at the door: the type it came in (02 to 05), then its body as received.
package enum LobbyMessage: FrameBody {
    /// A knock.
    case request(LobbyRequest)
    /// The opening of a commitment.
    case reveal(LobbyReveal)
    /// A host's answer.
    case answer(LobbyAnswer)
    /// A word to somebody who waits.
    case note(LobbyNote)

    /// Reads the type, then the body.
    package init(reading reader: inout ByteReader) throws(WireError) {
        switch try reader.u8() {
        case 0x02: self = .request(try LobbyRequest(reading: &reader))
        case 0x03: self = .reveal(try LobbyReveal(reading: &reader))
        case 0x04: self = .answer(try LobbyAnswer(reading: &reader))
        case 0x05: self = .note(try LobbyNote(reading: &reader))
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
