import Client
import Testing

/// When a client tries to connect again.
@Suite("Coming back to the server")
struct LineTests {
    private static let start = ContinuousClock.now

    /// Milliseconds between a loss and the next try, over and over, with the spread's middle.
    private func pauses(_ count: Int, arrives: Bool) -> [Int] {
        var line = Line()
        var now = Self.start
        line.nextAttempt = now
        return (0..<count).map { _ in
            #expect(line.startAttempt(now: now) != nil)
            if arrives { line.arrived() }
            line.dropped(now: now, spread: 0.5)
            let next = line.nextAttempt ?? now
            defer { now = next }
            return Int((next - now) / .milliseconds(1))
        }
    }

    @Test("A server that opens and closes at once is tried ever more slowly, up to once a second")
    func slower() { #expect(self.pauses(6, arrives: false) == [200, 400, 800, 1_000, 1_000, 1_000]) }

    @Test("Once the server has known us the next loss is healed at once")
    func healed() { #expect(self.pauses(3, arrives: true) == [0, 0, 0]) }

    @Test("A whole class does not come back in one instant")
    func spread() {
        let times = [0, 0.5, 0.999].map { spread in
            var line = Line()
            line.nextAttempt = Self.start
            for _ in 0..<3 {
                _ = line.startAttempt(now: line.nextAttempt ?? Self.start)
                line.dropped(now: Self.start, spread: spread)
            }
            return (line.nextAttempt ?? Self.start) - Self.start
        }
        #expect(times[0] == .milliseconds(600) && times[1] == .milliseconds(800) && times[2] > .milliseconds(990))
    }

    @Test("A server that asks to wait is not asked before")
    func told() {
        var line = Line()
        line.nextAttempt = Self.start
        _ = line.startAttempt(now: Self.start)
        line.wait(seconds: 7, now: Self.start)
        line.dropped(now: Self.start, spread: 0.5)
        #expect(line.startAttempt(now: Self.start + .seconds(6)) == nil)
        #expect(line.startAttempt(now: Self.start + .seconds(7)) != nil)
    }
}
