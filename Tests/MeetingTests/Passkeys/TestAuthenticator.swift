import BeraadTesting
import Crypto
import Foundation
import Meeting

/// An authenticator and the browser before it: makes passkeys and signs with them, as well or as badly as a test wants.
struct TestAuthenticator {
    enum Algorithm: CaseIterable {
        case ed25519, es256
    }

    private enum Key {
        case ed25519(Curve25519.Signing.PrivateKey)
        case es256(P256.Signing.PrivateKey)
    }

    private let key: Key
    let credential: [UInt8]
    /// For whom it says it signs, and from which page.
    var rp = "example.org"
    var origin = "https://example.org"
    /// User present and verified.
    var flags: UInt8 = 0x05
    var signCount: UInt32 = 0

    init(_ algorithm: Algorithm, credential: [UInt8] = [UInt8](repeating: 7, count: 32)) {
        self.credential = credential
        self.key =
            switch algorithm {
            case .ed25519: .ed25519(Curve25519.Signing.PrivateKey())
            case .es256: .es256(P256.Signing.PrivateKey())
            }
    }

    func clientData(_ type: String, _ challenge: [UInt8], more: String = #","crossOrigin":false"#) -> [UInt8] {
        let text = Data(challenge).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
        return Array(#"{"type":"\#(type)","challenge":"\#(text)","origin":"\#(self.origin)"\#(more)}"#.utf8)
    }

    /// Hash of the site, flags, counter, and whatever follows.
    func data(_ flags: UInt8? = nil, _ rest: [UInt8] = []) -> [UInt8] {
        let count = (0..<4).reversed().map { UInt8(truncatingIfNeeded: self.signCount >> ($0 * 8)) }
        return Array(SHA256.hash(data: Array(self.rp.utf8))) + [flags ?? self.flags] + count + rest
    }

    var publicKey: [UInt8] {
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
    func made(id: [UInt8]? = nil, key: [UInt8]? = nil) -> [UInt8] {
        let id = id ?? self.credential
        return [UInt8](repeating: 0, count: 16) + [UInt8(id.count >> 8), UInt8(id.count & 255)] + id
            + (key ?? self.publicKey)
    }

    /// An attestation object around authenticator data.
    static func attestation(_ data: [UInt8], format: String = "none", statement: [UInt8] = [0xA0]) -> [UInt8] {
        let name: (String) -> [UInt8] = { [0x60 | UInt8($0.utf8.count)] + Array($0.utf8) }
        let length = [0x59, UInt8(data.count >> 8), UInt8(data.count & 255)]
        let bytes = (data.count < 256 ? [0x58, UInt8(data.count)] : length) + data
        return [0xA3] + name("fmt") + name(format) + name("attStmt") + statement + name("authData") + bytes
    }

    /// A passkey as a browser hands it over.
    func attestation() -> [UInt8] {
        Self.attestation(self.data(self.flags | 0x40, self.made()))
    }

    func sign(_ data: [UInt8], _ clientData: [UInt8]) throws -> [UInt8] {
        let message = data + Array(SHA256.hash(data: clientData))
        switch self.key {
        case .ed25519(let key): return Array(try key.signature(for: message))
        case .es256(let key): return Array(try key.signature(for: message).derRepresentation)
        }
    }
}
