package import Wire

/// The state of a group for somebody who joins (RFC 9420 §12.4.3).
package struct GroupInfo: TLSStruct, Equatable, Sendable {
    package var groupContext: GroupContext
    package var extensions: [Extension]
    package var confirmationTag: [UInt8]
    /// Leaf of the member that signed.
    package var signer: UInt32
    package var signature: [UInt8]

    init(
        groupContext: GroupContext, extensions: [Extension], confirmationTag: [UInt8], signer: UInt32,
        signature: [UInt8] = []
    ) {
        self.groupContext = groupContext
        self.extensions = extensions
        self.confirmationTag = confirmationTag
        self.signer = signer
        self.signature = signature
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.groupContext = try GroupContext(reading: &reader)
        self.extensions = try reader.list()
        self.confirmationTag = try reader.opaque()
        self.signer = try reader.u32()
        self.signature = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        GroupInfoTBS(groupInfo: self).write(to: &writer)
        writer.vector(self.signature)
    }

    mutating func sign(
        _ key: borrowing Secret, _ crypto: SuiteCrypto<some CryptoProvider>
    ) throws(E2EEError) {
        self.signature = try crypto.sign(key, asciiBytes("GroupInfoTBS"), GroupInfoTBS(groupInfo: self).encoded)
    }

    func isSigned(by signatureKey: [UInt8], _ crypto: SuiteCrypto<some CryptoProvider>) -> Bool {
        crypto.verify(
            signatureKey, asciiBytes("GroupInfoTBS"), GroupInfoTBS(groupInfo: self).encoded, self.signature)
    }
}
