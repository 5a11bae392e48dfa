package import Wire

/// A message that is signed and encrypted (RFC 9420 §6.3).
package struct PrivateMessage: TLSStruct, Equatable, Sendable {
    package var groupID: [UInt8]
    package var epoch: UInt64
    package var contentType: ContentType
    package var authenticatedData: [UInt8]
    package var encryptedSenderData: [UInt8]
    package var ciphertext: [UInt8]

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.groupID = try reader.opaque()
        self.epoch = try reader.u64()
        self.contentType = try reader.choice()
        self.authenticatedData = try reader.opaque()
        self.encryptedSenderData = try reader.opaque()
        self.ciphertext = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.groupID)
        writer.u64(self.epoch)
        writer.u8(self.contentType.rawValue)
        writer.vector(self.authenticatedData)
        writer.vector(self.encryptedSenderData)
        writer.vector(self.ciphertext)
    }

    init(
        groupID: [UInt8], epoch: UInt64, contentType: ContentType, authenticatedData: [UInt8],
        encryptedSenderData: [UInt8], ciphertext: [UInt8]
    ) {
        self.groupID = groupID
        self.epoch = epoch
        self.contentType = contentType
        self.authenticatedData = authenticatedData
        self.encryptedSenderData = encryptedSenderData
        self.ciphertext = ciphertext
    }
}
