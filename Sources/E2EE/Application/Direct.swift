package import Wire

/// A message to one person alone (`e2ee.md` 8, kind 23): sealed to the encryption key of their leaf, so that the others cannot
/// read it either, whoever hands it to them.
package struct Direct: TLSStruct, Equatable, Sendable {
    package let leaf: UInt32
    /// An `AppMessage`, sealed.
    package let sealed: HPKECiphertext

    /// A message from its fields.
    package init(to leaf: UInt32, _ sealed: HPKECiphertext) {
        self.leaf = leaf
        self.sealed = sealed
    }

    /// Reads the fields in order. What is sealed is never longer than the message around it.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.leaf = try reader.u32()
        self.sealed = try HPKECiphertext(reading: &reader)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u32(self.leaf)
        self.sealed.write(to: &writer)
    }
}

/// What the sealing is bound to: nothing of another epoch opens, of another author, or for another leaf.
package struct DirectContext: TLSWritable, Sendable {
    let groupID: [UInt8]
    let epoch: UInt64
    let from: UInt32
    let to: UInt32

    /// A message's way from leaf to leaf.
    package init(groupID: [UInt8], epoch: UInt64, from: UInt32, to: UInt32) {
        self.groupID = groupID
        self.epoch = epoch
        self.from = from
        self.to = to
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.groupID)
        writer.u64(self.epoch)
        writer.u32(self.from)
        writer.u32(self.to)
    }
}

extension Direct {
    /// Seals a message to whoever sits at the leaf where its way ends.
    package init<Crypto: CryptoProvider>(
        _ message: AppMessage, to leafNode: LeafNode, _ way: DirectContext, _ crypto: Crypto
    ) throws(E2EEError) {
        var plaintext = message.encoded
        defer { plaintext.wipe() }
        let context = way.encoded
        let sealed = try Labelled<Crypto>.seal(
            crypto, to: leafNode.encryptionKey, "direct", context.span, plaintext)
        self.init(to: way.to, sealed)
    }
}
