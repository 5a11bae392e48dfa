internal import Wire

/// What authenticates a message (RFC 9420 §6.1). Whether there is a confirmation tag follows from the content type.
package struct FramedContentAuthData: Equatable, Sendable {
    package var signature: [UInt8]
    /// Only of a Commit: proves that its sender knows the next epoch.
    package var confirmationTag: [UInt8]?

    init(signature: [UInt8], confirmationTag: [UInt8]?) {
        self.signature = signature
        self.confirmationTag = confirmationTag
    }

    init(_ type: ContentType, reading reader: inout ByteReader) throws(WireError) {
        self.signature = try reader.opaque()
        self.confirmationTag = type == .commit ? try reader.opaque() : nil
    }

    func write(to writer: inout ByteWriter) {
        writer.vector(self.signature)
        if let confirmationTag = self.confirmationTag { writer.vector(confirmationTag) }
    }
}
