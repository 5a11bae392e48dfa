import BeraadTesting
import E2EE
import Testing

/// `e2ee.md` 4.3, merge after an Add: what the figures of removals in `Benchmarks/` rest on.
@Suite("Keys on a newcomer's path")
struct MergeTests {
    @Test("of those who were let in about one in eight renews the keys on its path, and everybody follows")
    func some() throws {
        let meeting = try TestMeeting(seed: 70, hasRealKEM: false)
        let anna = try meeting.enter("Anna", isHost: true)
        #expect(meeting.run(until: { anna.isLive }))
        let guests = try (1...24).map { try meeting.enter("Guest \($0)") }
        #expect(meeting.run(until: { anna.lobby.count == guests.count }))
        meeting.tell(anna, .admit([]))
        #expect(meeting.run(until: { guests.allSatisfy(\.isLive) }))
        let before = try #require(anna.epoch)
        meeting.run(8_000)
        let after = try #require(anna.epoch)
        #expect((1...8).contains(after - before), "\(after - before) of \(guests.count)")
        #expect(guests.allSatisfy { $0.epoch == after && $0.isLive && $0.faults.isEmpty })
        // Once each: then it is quiet.
        meeting.run(20_000)
        #expect(anna.epoch == after)
    }
}
