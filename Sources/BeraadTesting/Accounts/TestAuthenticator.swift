internal import Crypto
internal import Foundation

/// An authenticator and the browser before it: makes passkeys and signs with them, as well or as badly as a test wants.
package struct TestAuthenticator: Sendable {
    /// What it signs with.
    package enum Algorithm: CaseIterable, Sendable {
        case ed25519, es256
    }

    private enum Key: Sendable {
        case ed25519(Curve25519.Signing.PrivateKey)
        case es256(P256.Signing.PrivateKey)
    }

    private let key: Key
    /// The id of its one credential.
    package let credential: [UInt8]
    /// For whom it says it signs.
    package var rp = "example.org"
    /// The page the browser says it is on.
    package var origin = "https://example.org"
    /// User present and verified.
    package var flags: UInt8 = 0x05
    /// Its counter.
    package var signCount: UInt32 = 0

    /// With a new key.
    package init(_ algorithm: Algorithm, credential: [UInt8] = [UInt8](repeating: 7, count: 32)) {
        self.credential = credential
        self.key =
            switch algorithm {
            case .ed25519: .ed25519(Curve25519.Signing.PrivateKey())
            case .es256: .es256(P256.Signing.PrivateKey())
            }
    }

    /// `clientDataJSON`, with something more behind what always stands there.
    package func clientData(_ type: String, _ challenge: [UInt8], more: String = #","crossOrigin":false"#) -> [UInt8] {
        let text = Data(challenge).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
        return Array(#"{"type":"\#(type)","challenge":"\#(text)","origin":"\#(self.origin)"\#(more)}"#.utf8)
    }

    /// Hash of the site, flags, counter, and whatever follows.
    package func data(_ flags: UInt8? = nil, _ rest: [UInt8] = []) -> [UInt8] {
        let count = (0..<4).reversed().map { UInt8(truncatingIfNeeded: self.signCount >> ($0 * 8)) }
        return Array(SHA256.hash(data: Array(self.rp.utf8))) + [flags ?? self.flags] + count + rest
    }

    /// The COSE key.
    package var publicKey: [UInt8] {
        switch self.key {
        case .ed25519(let key):
            return [0xA4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20] + Array(key.publicKey.rawRepresentation)
        case .es256(let key):
            let point = Array(key.publicKey.rawRepresentation)
            return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20] + point.prefix(32)
                + [0x22, 0x58, 0x20] + point.suffix(32)
        }
    }

    /// The credential as it stands behind the head.
    package func made(id: [UInt8]? = nil, key: [UInt8]? = nil) -> [UInt8] {
        let id = id ?? self.credential
        return [UInt8](repeating: 0, count: 16) + [UInt8(id.count >> 8), UInt8(id.count & 255)] + id
            + (key ?? self.publicKey)
    }

    /// An attestation object around authenticator data.
    package static func attestation(_ data: [UInt8], format: String = "none", statement: [UInt8] = [0xA0]) -> [UInt8] {
        let name: (String) -> [UInt8] = { [0x60 | UInt8($0.utf8.count)] + Array($0.utf8) }
        let length = [0x59, UInt8(data.count >> 8), UInt8(data.count & 255)]
        let bytes = (data.count < 256 ? [0x58, UInt8(data.count)] : length) + data
        return [0xA3] + name("fmt") + name(format) + name("attStmt") + statement + name("authData") + bytes
    }

    /// A passkey as a browser hands it over.
    package func attestation() -> [UInt8] {
        Self.attestation(self.data(self.flags | 0x40, self.made()))
    }

    /// The signature over authenticator data and client data.
    package func sign(_ data: [UInt8], _ clientData: [UInt8]) throws -> [UInt8] {
        let message = data + Array(SHA256.hash(data: clientData))
        switch self.key {
        case .ed25519(let key): return Array(try key.signature(for: message))
        case .es256(let key): return Array(try key.signature(for: message).derRepresentation)
        }
    }
}
