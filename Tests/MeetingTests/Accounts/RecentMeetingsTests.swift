import Meeting
import Signalling
import Testing

@Suite("Meetings of one host within an hour")
struct RecentMeetingsTests {
    private let start = ContinuousClock.now
    private let anna = AccountID(bytes: [UInt8](repeating: 1, count: 16))
    private let bram = AccountID(bytes: [UInt8](repeating: 2, count: 16))

    @Test("there are thirty, whenever the hour begins, and another's are not among them")
    func limit() {
        var recent = RecentMeetings()
        for number in 0..<RecentMeetings.atMost {
            #expect(recent.count(of: self.anna, now: self.start + .seconds(number * 60)) == nil)
        }
        let last = self.start + .seconds(29 * 60)
        #expect(recent.count(of: self.anna, now: last) == 31 * 60)
        #expect(recent.count(of: self.bram, now: last) == nil)
        // Asking costs nothing.
        let next = self.start + RecentMeetings.period
        #expect(recent.count(of: self.anna, now: next + .seconds(-1)) == 1)
        #expect(recent.count(of: self.anna, now: next) == nil)
        #expect(recent.count(of: self.anna, now: next) == 60)
    }

    @Test("nobody is remembered for longer, nor whose account was closed")
    func forgetting() {
        var recent = RecentMeetings()
        _ = recent.count(of: self.anna, now: self.start)
        recent.forget(now: self.start + .seconds(3_599))
        #expect(!recent.isEmpty)
        recent.forget(now: self.start + RecentMeetings.period)
        #expect(recent.isEmpty)
        _ = recent.count(of: self.bram, now: self.start)
        recent.forget(self.bram)
        #expect(recent.isEmpty)
    }
}
