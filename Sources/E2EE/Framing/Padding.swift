/// How long a PrivateMessage's ciphertext is made (RFC 9420 §15.1, `e2ee.md` 4.1).
package enum Padding: Sendable {
    /// As long as it is: for vectors and tests.
    case none
    /// Multiples of 256 bytes up to 4096, of 4096 beyond, tag included.
    case buckets

    /// Zeros to add to `count` bytes of plaintext.
    func zeros(after count: Int) -> Int {
        switch self {
        case .none: return 0
        case .buckets:
            let length = count + AEAD.tagByteCount
            let step = length <= 4_096 ? 256 : 4_096
            return (step - length % step) % step
        }
    }
}
