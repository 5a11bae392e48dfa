import Edge
import Redaction
import Synchronization
import Testing

@Suite("What is remembered of networks that try something")
struct NetworkTriesTests {
    /// A clock that stands still, and what waits for it.
    private final class Time: Sendable {
        private let start = ContinuousClock.now
        private let state = Mutex<(seconds: Int, waiting: [@Sendable () -> Void])>((0, []))

        var now: ContinuousClock.Instant { self.start + .seconds(self.state.withLock { $0.seconds }) }
        var waiting: Int { self.state.withLock { $0.waiting.count } }

        func later(_ act: @escaping @Sendable () -> Void) { self.state.withLock { $0.waiting.append(act) } }

        func pass(_ seconds: Int) {
            let due = self.state.withLock { state in
                state.seconds += seconds
                defer { state.waiting = [] }
                return state.waiting
            }
            for act in due { act() }
        }
    }

    @Test("is gone soon after its time although nobody comes any more, and nothing is done then")
    func swept() {
        let time = Time()
        let tries = NetworkTries(now: { time.now }, later: { time.later($0) })
        #expect(tries.admit(nil) == nil && tries.isEmpty && time.waiting == 0)
        for _ in 0..<3 { #expect(tries.admit(Redacted([192, 0, 2, 1])) == nil) }
        for _ in 0..<19 {
            time.pass(60)
            #expect(time.waiting == 1 && !tries.isEmpty)
        }
        time.pass(60)
        #expect(time.waiting == 0 && tries.isEmpty)
        #expect(tries.admit(Redacted([192, 0, 2, 1])) == nil && time.waiting == 1)
    }
}
