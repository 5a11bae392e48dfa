import Foundation
import Meeting
import Persistence
import Signalling
import Testing

@Suite("Planned meetings that are kept")
struct PlannedStoreTests {
    private static func meeting(_ number: UInt8, card: [UInt8]? = [1, 2, 3], starts: Int = 1_800_000_000)
        -> PlannedMeeting
    {
        PlannedMeeting(
            id: MeetingID(bytes: [UInt8](repeating: number, count: 16)),
            plan: MeetingPlan(starts: starts, minutes: 60, profile: .coaching, card: card))
    }

    @Test("a plan is kept as it was made, changed and cancelled by its owner and by nobody else")
    func owner() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        for person in [anna, bram] { try await person.enter(store) }
        let meeting = Self.meeting(7)
        #expect(try await store.plan(meeting, token: anna.creation, of: anna.id))
        #expect(try await store.planned(of: anna.id, after: nil) == PlannedMeetings(meetings: [meeting], next: nil))
        #expect(try await store.planned(of: bram.id, after: nil).meetings == [])
        var changed = meeting
        changed.plan = MeetingPlan(starts: 5, minutes: 1, profile: .training)
        #expect(try await !store.change(changed, of: bram.id))
        #expect(try await !store.cancel(meeting.id, of: bram.id))
        #expect(try await store.change(changed, of: anna.id))
        #expect(try await store.planned(of: anna.id, after: nil).meetings == [changed])
        #expect(try await store.cancel(meeting.id, of: anna.id))
        #expect(try await store.planned(of: anna.id, after: nil).meetings == [])
    }

    @Test("as many as fit into one answer come at once, whatever their cards")
    func pieces() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let anna = Person(1)
        try await anna.enter(store)
        let large = [UInt8](repeating: 7, count: AccountLimits.cardBytes.upperBound)
        for number in 1...20 {
            #expect(try await store.plan(Self.meeting(UInt8(number), card: large), token: anna.creation, of: anna.id))
        }
        var seen: [MeetingID] = []
        var answers = 0
        repeat {
            let some = try await store.planned(of: anna.id, after: seen.last)
            #expect(some.encoded.utf8.count < JSONLimits.messageBytes)
            seen += some.meetings.map(\.id)
            answers += 1
            if some.next == nil { break }
            #expect(some.next == seen.last)
        } while answers < 20
        #expect(seen == (1...20).map { Self.meeting(UInt8($0)).id })
        #expect(answers == 5)
    }

    @Test("a plan goes a day after its end, and so do sign-ins and links that are over")
    func swept() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let anna = Person(1)
        try await anna.enter(store)
        let start = Person.now
        #expect(try await store.plan(Self.meeting(7, starts: start.seconds), token: anna.creation, of: anna.id))
        try await store.begin(anna.session, of: anna.id, now: start)
        try await store.add(Person(9).token, .renewal, account: anna.id, now: start)
        let end = start + .seconds(3_600 + 86_400)
        #expect(try await store.sweep(now: start + .seconds(3_599)) == 0)
        #expect(try await store.sweep(now: start + .seconds(3_600)) == 1)
        #expect(try await store.sweep(now: start + .seconds(12 * 3_600)) == 1)
        #expect(try await store.sweep(now: end + .seconds(-1)) == 0)
        #expect(try await store.planned(of: anna.id, after: nil).meetings.count == 1)
        #expect(try await store.sweep(now: end) == 1)
        #expect(try await store.planned(of: anna.id, after: nil).meetings == [])
    }
}
