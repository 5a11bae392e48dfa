package import Crypto
internal import Foundation

/// What this installation wraps keys and makes marks with: two keys from one root, so that neither says anything
/// about the other.
package struct InstallationKeys: Sendable {
    /// What a mark is of; the same bytes have another mark as another kind.
    package enum Kind: String, Sendable {
        case email, session, link, recoveryCode, passkey, creation
    }

    /// Bytes of the root, random and kept for as long as the installation.
    package static let rootBytes = 32

    private let wrapping: SymmetricKey
    private let marking: SymmetricKey

    /// From the root (HKDF, RFC 5869).
    package init(root: SymmetricKey) {
        self.wrapping = Self.derive("beraad subject keys 1", root)
        self.marking = Self.derive("beraad marks 1", root)
    }

    /// A key as it lies in its file (RFC 3394), under a key of its own for each account: a file that is renamed opens
    /// nothing.
    package func wrap(_ key: SubjectKey, of subject: SubjectID) throws(SealFailure) -> [UInt8] {
        do { return [UInt8](try AES.KeyWrap.wrap(key.key, using: self.wrapping(of: subject))) } catch { throw .damaged }
    }

    /// The key again.
    package func unwrap(_ bytes: [UInt8], of subject: SubjectID) throws(SealFailure) -> SubjectKey {
        guard let key = try? AES.KeyWrap.unwrap(bytes, using: self.wrapping(of: subject)), key.bitCount == 256 else {
            throw .damaged
        }
        return SubjectKey(key)
    }

    /// By what something is found again that nobody may read from the database (HMAC-SHA-256): an address, a token.
    /// Whoever has the database alone cannot try addresses either.
    package func mark(_ kind: Kind, _ bytes: [UInt8]) -> [UInt8] {
        let code = HMAC<SHA256>.authenticationCode(for: Array("\(kind.rawValue)\0".utf8) + bytes, using: self.marking)
        return [UInt8](code)
    }

    private func wrapping(of subject: SubjectID) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: self.wrapping, info: subject.bytes, outputByteCount: 32)
    }

    private static func derive(_ label: String, _ root: SymmetricKey) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: root, info: Array(label.utf8), outputByteCount: 32)
    }
}
