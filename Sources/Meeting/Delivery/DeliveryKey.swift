internal import Crypto
internal import Wire

/// The key with which the service signs its Removes. It follows from a secret of the installation, the meeting and its
/// instance, so that it is the same after a restart (`e2ee.md` 5, rule 4); it opens nothing.
package struct DeliveryKey: Sendable {
    private let seed: [UInt8]
    /// What members find in the extension `external_senders`.
    package let publicKey: LeafKey

    /// The key of a meeting; `installationSecret` has at least 32 random bytes and never leaves the server.
    package init(installationSecret: [UInt8], meeting: [UInt8], instance: UInt32) {
        var context = ByteWriter()
        context.append(meeting)
        context.u32(instance)
        var info = ByteWriter()
        info.u16(32)
        info.vector(Array("Beraad 1 ds key".utf8))
        info.vector(context.bytes)
        // HKDF (RFC 5869) of one block: HKDF-Extract without salt, then T(1) of HKDF-Expand.
        let extracted = Self.mac(key: [UInt8](repeating: 0, count: 32), installationSecret)
        self.seed = Self.mac(key: extracted, info.bytes + [1])
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: self.seed),
            let publicKey = LeafKey(Array(key.publicKey.rawRepresentation))
        else { preconditionFailure("32 bytes are an Ed25519 key") }
        self.publicKey = publicKey
    }

    private static func mac(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    }

    /// An external Remove proposal (RFC 9420 §12.1.8.1) as an MLSMessage: the only message the service ever writes. An
    /// external sender signs without the GroupContext (§6.1) and needs no membership tag.
    package func removal(of leaf: LeafIndex, from group: GroupID, epoch: UInt64) -> [UInt8] {
        var writer = ByteWriter()
        writer.u16(MLSNumbers.version)
        writer.u16(MLSNumbers.publicMessage)
        group.write(to: &writer)
        writer.u64(epoch)
        writer.u8(2)  // sender type external …
        writer.u32(0)  // … the only one in the extension
        writer.vector([UInt8]())  // authenticated_data
        writer.u8(MLSHead.Content.proposal.rawValue)
        writer.u16(3)  // remove
        writer.u32(leaf.rawValue)
        // Up to here the message is what FramedContentTBS holds.
        let signed = LabelledSignature.content(writer.bytes, fullLabel: "MLS 1.0 FramedContentTBS")
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: self.seed),
            let signature = try? key.signature(for: signed)
        else { preconditionFailure("32 bytes are an Ed25519 key, and it signs anything") }
        writer.vector(Array(signature))
        return writer.bytes
    }
}
