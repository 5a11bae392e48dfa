package import Crypto
internal import CryptoExtras
package import Meeting

/// scrypt (RFC 7914), from swift-crypto. It takes as long and as much memory as the cost says.
package enum Scrypt {
    /// The key; nil for nothing, and when the machine has no memory for it.
    package static func key(_ password: [UInt8], salt: [UInt8], _ cost: ScryptCost, byteCount: Int) -> SymmetricKey? {
        // The library takes the address of the first byte of both.
        guard !password.isEmpty, !salt.isEmpty else { return nil }
        // It fails for want of memory, and for costs that `ScryptCost` does not hold.
        return try? KDF.Scrypt.deriveKey(
            from: password, salt: salt, outputByteCount: byteCount, rounds: 1 << cost.logN, blockSize: cost.blockSize,
            parallelism: cost.parallelism)
    }

    /// The same as bytes, to be kept or compared.
    static func bytes(_ password: [UInt8], salt: [UInt8], _ cost: ScryptCost) -> [UInt8]? {
        let key = Self.key(password, salt: salt, cost, byteCount: PasswordHash.keyBytes)
        // SAFETY: the bytes are copied before the closure ends.
        return unsafe key?.withUnsafeBytes { unsafe [UInt8]($0) }
    }
}
