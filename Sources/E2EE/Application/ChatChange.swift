package import Wire

/// Another text for a message there is, or none (`e2ee.md` 8, kind 17).
package struct ChatChange: TLSStruct, Equatable, Sendable {
    /// What becomes of it.
    package enum Act: UInt8, Sendable {
        case edit = 1
        case retract = 2
    }

    /// Id of the message, 16 bytes.
    package let target: [UInt8]
    package let act: Act
    /// UTF-8, of an edit. Whoever takes something back may leave it empty; nobody shows it.
    package let text: [UInt8]

    /// A change from its fields.
    package init(target: [UInt8], act: Act, text: [UInt8] = []) {
        self.target = target
        self.act = act
        self.text = text
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.target = try reader.array(16)
        self.act = try reader.choice()
        self.text = try reader.opaque(max: Chat.textByteCountMax)
        guard isText(self.text) else { throw .illegalValue }
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.append(self.target)
        writer.u8(self.act.rawValue)
        writer.vector(self.text)
    }
}
