internal import Crypto

/// The key of one account: everything personal about it lies sealed under this key, so destroying the key destroys
/// every copy there is, also those in back-ups (`privacy.md` 3.5). swift-crypto keeps the bytes in memory of its own
/// and zeroes them with the last copy of the value.
package struct SubjectKey: Sendable {
    let key: SymmetricKey

    init(_ key: SymmetricKey) { self.key = key }

    /// 256 random bits from the system, the only source this type takes.
    package static func random() -> Self { Self(SymmetricKey(size: .bits256)) }
}
