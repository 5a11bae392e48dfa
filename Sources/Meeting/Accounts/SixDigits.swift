internal import Crypto
internal import Wire

/// The six digits of an app, new every half minute (RFC 6238 with SHA-1, as all apps have it; what is known against
/// SHA-1 does not touch HMAC).
package enum SixDigits {
    /// Bytes of a secret (RFC 4226 §4: as long as the hash).
    package static let secretBytes = 20
    private static let stepSeconds = 30

    /// The half minute of a time.
    package static func step(at time: WallTime) -> Int { max(0, time.seconds / Self.stepSeconds) }

    /// The half minute whose digits somebody typed, this one or a neighbour, for clocks that differ. Nil when it is
    /// none of them, or one that was used already.
    package static func accept(_ code: String, secret: [UInt8], after used: Int, now: WallTime) -> Int? {
        let step = Self.step(at: now)
        var accepted: Int?
        // All three are computed, so that time does not tell which it was.
        for candidate in max(0, step - 1)...step + 1
        where equalInConstantTime(Array(Self.code(step: candidate, secret: secret).utf8), Array(code.utf8))
            && candidate > used
        {
            accepted = candidate
        }
        return accepted
    }

    /// The digits of a half minute (RFC 4226 §5.3).
    package static func code(step: Int, secret: [UInt8]) -> String {
        let counter = (0..<8).reversed().map { UInt8(truncatingIfNeeded: step >> ($0 * 8)) }
        let hash = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(hash[hash.count - 1] & 0xF)
        let value = hash[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let digits = String(value % 1_000_000)
        return String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }
}
