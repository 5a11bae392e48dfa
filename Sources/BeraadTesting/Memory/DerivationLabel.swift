internal import Wire

/// The label in an input of HKDF-Expand, by which one knows what comes out. Read from the wire format of each protocol, not
/// asked of the engine: a label that the engine spelled wrong would be a root here, and gone at once.
package struct DerivationLabel: Sendable {
    /// A protocol's name for a secret.
    package struct Name: Hashable, Sendable {
        /// Whose name it is.
        package enum Origin: String, Hashable, Sendable {
            /// RFC 9420
            case mls
            /// `e2ee.md`
            case beraad
            /// RFC 9180
            case hpke
        }

        /// Whose name it is.
        package let origin: Origin
        /// The name, without the protocol's before it; of HPKE nothing, for its parts have one fate.
        package let text: String

        /// Derived from an epoch secret at once (RFC 9420 §8, Table 4).
        var isOfEpoch: Bool {
            self.origin == .mls
                && [
                    "sender data", "encryption", "exporter", "external", "confirm", "membership", "resumption",
                    "authentication", "init",
                ].contains(self.text)
        }

        /// Derived from a node of the secret tree, or from a ratchet in it (RFC 9420 §9).
        var isOfSecretTree: Bool {
            self.origin == .mls && ["tree", "handshake", "application", "secret"].contains(self.text)
        }

        /// A message's key. Who gets a later message first keeps it for one that is on its way.
        var isOfMessage: Bool { self.origin == .mls && self.text == "key" }

        /// A nonce opens nothing, and the invite's id stands in the policy.
        var isPublic: Bool { self.text == "nonce" || self.text == "invite id" }
    }

    /// The name.
    package let name: Name
    /// Bytes that come out.
    package let count: Int

    /// Nothing when the message is something else.
    init?(_ message: Span<UInt8>) {
        // SAFETY: every bit pattern of a UInt8 is a byte.
        var reader = ByteReader(unsafe message.bytes)
        guard let count = try? reader.u16(), count > 0, count <= 64 else { return nil }
        self.count = min(Int(count), 32)
        if Self.begins(message, at: 2, "HPKE-v1") {
            // Behind it stands the suite, "HPKE" and three numbers, then the part's name.
            self.name = Name(origin: .hpke, text: Self.begins(message, at: 19, "base_nonce") ? "nonce" : "")
            return
        }
        guard let label = try? reader.vector().array(), (try? reader.vector()) != nil, reader.remaining == 1 else {
            return nil
        }
        let text = String(decoding: label, as: UTF8.self)
        for (origin, prefix) in [(Name.Origin.mls, "MLS 1.0 "), (.beraad, "Beraad 1 ")] where text.hasPrefix(prefix) {
            self.name = Name(origin: origin, text: String(text.dropFirst(prefix.count)))
            return
        }
        return nil
    }

    /// Whether a message is that of LabeledExtract (RFC 9180 §4).
    static func isExtraction(_ message: Span<UInt8>) -> Bool { self.begins(message, at: 0, "HPKE-v1") }

    private static func begins(_ message: Span<UInt8>, at offset: Int, _ text: StaticString) -> Bool {
        let text = Array(String(describing: text).utf8)
        guard message.count >= offset + text.count else { return false }
        return text.indices.allSatisfy { message[offset + $0] == text[$0] }
    }
}
