internal import Redaction
internal import Synchronization

/// Slows down whoever shows tokens of meetings faster than people make meetings, or tags of receipt codes faster than
/// people type those, by network: each is looked up on disk, and a right token has signatures verified. On this machine
/// nobody is counted.
final class TokenTries: Sendable {
    private let limiter = Mutex(JoinLimiter())

    /// Nil = go on; otherwise the seconds to wait.
    func admit(_ prefix: Redacted<[UInt8]>?) -> Int? {
        guard let prefix else { return nil }
        return self.limiter.withLock { limiter in
            var generator = SystemRandomNumberGenerator()
            return limiter.admit(prefix, now: .now, using: &generator)
        }
    }
}
