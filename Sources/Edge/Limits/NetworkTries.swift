package import Redaction
internal import Synchronization

/// Slows down whoever does something faster than people do, by network. On this machine nobody is counted. Counts of networks
/// are gone soon after their time, also where nobody comes any more (`privacy.md` 4.5).
package final class NetworkTries: Sendable {
    private struct State {
        var limiter = JoinLimiter()
        var isSwept = false
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> ContinuousClock.Instant
    private let later: @Sendable (@escaping @Sendable () -> Void) -> Void

    /// Nobody counted yet. Tests choose the time, and when it is later.
    package init(
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        later: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void = NetworkTries.inAMinute
    ) {
        self.now = now
        self.later = later
    }

    /// Nil = go on; otherwise the seconds to wait.
    package func admit(_ prefix: Redacted<[UInt8]>?) -> Int? {
        guard let prefix else { return nil }
        let (wait, isSwept) = self.state.withLock { state in
            var generator = SystemRandomNumberGenerator()
            defer { state.isSwept = true }
            return (state.limiter.admit(prefix, now: self.now(), using: &generator), state.isSwept)
        }
        if !isSwept { self.sweepLater() }
        return wait
    }

    /// Whether anything is remembered of anybody.
    package var isEmpty: Bool { self.state.withLock { $0.limiter.isEmpty } }

    /// How long it may take until what is over is gone.
    package static func inAMinute(_ sweep: @escaping @Sendable () -> Void) {
        Task {
            try? await Task.sleep(for: .seconds(60))  // nobody cancels it
            sweep()
        }
    }

    /// Goes on until nothing is remembered.
    private func sweepLater() {
        self.later { [weak self] in self?.sweep() }
    }

    private func sweep() {
        let isEmpty = self.state.withLock { state in
            state.limiter.forget(now: self.now())
            state.isSwept = !state.limiter.isEmpty
            return state.limiter.isEmpty
        }
        if !isEmpty { self.sweepLater() }
    }
}
