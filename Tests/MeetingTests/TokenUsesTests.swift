import Meeting
import Signalling
import Testing

@Suite("How often a meeting's token is used")
struct TokenUsesTests {
    @Test("ten times at once and then once a second, each meeting for itself; nothing is remembered for longer")
    func limit() {
        let start = ContinuousClock.now
        let (first, second) = (
            MeetingID(bytes: [UInt8](repeating: 1, count: 16)), MeetingID(bytes: [UInt8](repeating: 2, count: 16))
        )
        var uses = TokenUses()
        for _ in 0..<10 { #expect(uses.count(of: first, now: start) == nil) }
        #expect(uses.count(of: first, now: start) == 1)
        #expect(uses.count(of: second, now: start) == nil)
        #expect(uses.count(of: first, now: start + .seconds(1)) == nil)
        #expect(uses.count(of: first, now: start + .seconds(1)) == 1)
        uses.forget(now: start + .seconds(10))
        #expect(uses.count(of: first, now: start + .seconds(10)) == nil)
        uses.forget(now: start + .seconds(20))
        #expect(uses.isEmpty)
    }
}
