internal import Crypto
internal import Wire

/// SignWithLabel and VerifyWithLabel of RFC 9420 §5.1.2 with Ed25519.
enum LabelledSignature {
    /// What is signed: the label after `MLS 1.0 Beraad 1 `, and the content.
    static func content(_ content: [UInt8], label: String) -> [UInt8] {
        Self.content(content, fullLabel: "MLS 1.0 Beraad 1 \(label)")
    }

    /// What is signed under a label of RFC 9420 itself.
    static func content(_ content: [UInt8], fullLabel: String) -> [UInt8] {
        var writer = ByteWriter(capacity: content.count + fullLabel.utf8.count + 8)
        writer.vector(Array(fullLabel.utf8))
        writer.vector(content)
        return writer.bytes
    }

    /// Whether a signature holds. A key or a signature that is none verifies nothing.
    static func verify(_ signature: [UInt8], of content: [UInt8], label: String, key: LeafKey) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key.bytes) else { return false }
        return key.isValidSignature(signature, for: Self.content(content, label: label))
    }
}
