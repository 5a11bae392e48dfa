package import Wire

/// Something written to the others (`e2ee.md` 8, kind 16).
package struct Chat: TLSStruct, Equatable, Sendable {
    /// UTF-8.
    package let text: [UInt8]
    /// Id of the message that it answers, 16 bytes; or empty.
    package let replyTo: [UInt8]
    package let files: [FileRef]

    /// 8 KiB.
    package static var textByteCountMax: Int { 8_192 }
    /// Files with one message.
    package static var filesMax: Int { 8 }

    /// A message from its fields.
    package init(text: [UInt8], replyTo: [UInt8] = [], files: [FileRef] = []) {
        self.text = text
        self.replyTo = replyTo
        self.files = files
    }

    /// Reads the fields in order. Nothing at all is no message.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.text = try reader.opaque(max: Self.textByteCountMax)
        self.replyTo = try reader.opaque(max: 16)
        self.files = try reader.list(max: Self.filesMax)
        guard isText(self.text), self.replyTo.isEmpty || self.replyTo.count == 16,
            !self.text.isEmpty || !self.files.isEmpty
        else { throw .illegalValue }
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.text)
        writer.vector(self.replyTo)
        writer.list(self.files)
    }
}
