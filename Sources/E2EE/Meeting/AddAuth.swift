package import Wire

/// Proves that a joiner who proposes itself has the link: the authenticated data of its Add (`e2ee.md` 4.1).
package struct AddAuth: TLSStruct, Equatable, Sendable {
    /// HMAC-SHA256(join_mac_key, group id, epoch and reference of the key package).
    package var mac: [UInt8]

    /// Made for one key package, in one epoch of one group.
    package init<Crypto: CryptoProvider>(
        _ keyPackage: KeyPackage, groupID: [UInt8], epoch: UInt64, key: HeldSecret, _ crypto: Crypto
    ) {
        let suite = SuiteCrypto(suite: .xWing, provider: crypto)
        var message = ByteWriter()
        message.vector(groupID)
        message.u64(epoch)
        message.vector(keyPackage.reference(suite))
        self.mac = Labelled<Crypto>.mac(crypto, key.secret, message.bytes)
    }

    /// Reads the MAC.
    package init(reading reader: inout ByteReader) throws(WireError) { self.mac = try reader.array(32) }

    /// Writes the MAC.
    package func write(to writer: inout ByteWriter) { writer.append(self.mac) }

    /// Compared without telling by time where they differ.
    package static func == (left: Self, right: Self) -> Bool { equalInConstantTime(left.mac, right.mac) }
}
