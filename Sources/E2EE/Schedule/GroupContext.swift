package import Wire

/// What all members agree on in an epoch (RFC 9420 §8.1). Its version is always mls10 and so is not kept.
package struct GroupContext: TLSStruct, Equatable, Sendable {
    package var cipherSuite: UInt16
    package var groupID: [UInt8]
    package var epoch: UInt64
    package var treeHash: [UInt8]
    package var confirmedTranscriptHash: [UInt8]
    package var extensions: [Extension]

    init(
        cipherSuite: UInt16, groupID: [UInt8], epoch: UInt64, treeHash: [UInt8], confirmedTranscriptHash: [UInt8],
        extensions: [Extension]
    ) {
        self.cipherSuite = cipherSuite
        self.groupID = groupID
        self.epoch = epoch
        self.treeHash = treeHash
        self.confirmedTranscriptHash = confirmedTranscriptHash
        self.extensions = extensions
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        try reader.version()
        self.cipherSuite = try reader.u16()
        self.groupID = try reader.opaque()
        self.epoch = try reader.u64()
        self.treeHash = try reader.opaque()
        self.confirmedTranscriptHash = try reader.opaque()
        self.extensions = try reader.list()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u16(ProtocolVersion.mls10)
        writer.u16(self.cipherSuite)
        writer.vector(self.groupID)
        writer.u64(self.epoch)
        writer.vector(self.treeHash)
        writer.vector(self.confirmedTranscriptHash)
        writer.list(self.extensions)
    }
}
