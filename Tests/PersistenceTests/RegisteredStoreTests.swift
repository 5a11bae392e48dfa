import BeraadTesting
import Foundation
import GRDB
import Meeting
import Persistence
import Privacy
import Signalling
import Testing

@Suite("Planned meetings that can be joined")
struct RegisteredStoreTests {
    private static let id = MeetingID(bytes: [UInt8](repeating: 7, count: 16))
    private static let starts = Person.now.seconds

    private static func plan(_ store: Store, _ person: Person, _ id: MeetingID = Self.id) async throws {
        let plan = MeetingPlan(starts: Self.starts, minutes: 60, profile: .coaching)
        let isKept = try await store.plan(
            PlannedMeeting(id: id, plan: plan), token: person.creation, of: person.id)
        try #require(isKept)
    }

    @Test("a registration is kept once, by whoever has the meeting's token, and found again after a restart")
    func once() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        for person in [anna, bram] { try await person.enter(store) }
        try await Self.plan(store, anna)
        let other = MeetingID(bytes: [UInt8](repeating: 8, count: 16))
        try await Self.plan(store, bram, other)
        let meeting = try RegisteredMeeting(
            drafted: try DraftedMeeting(Self.id, tickets: 3, passcode: "83914207"), for: Self.id)
        #expect(try await store.registered(Self.id) == nil)
        #expect(try await store.mayRegister(Self.id, token: bram.creation, now: Person.now) == .unauthorized)
        #expect(try await store.register(meeting, token: bram.creation, now: Person.now) == .unauthorized)
        let unknown = MeetingID(bytes: [UInt8](repeating: 9, count: 16))
        #expect(try await store.mayRegister(unknown, token: anna.creation, now: Person.now) == .unknown)
        #expect(try await store.mayRegister(Self.id, token: anna.creation, now: Person.now) == .done)
        #expect(try await store.register(meeting, token: anna.creation, now: Person.now) == .done)
        #expect(try await store.register(meeting, token: anna.creation, now: Person.now) == .conflict)
        #expect(try await store.mayRegister(Self.id, token: anna.creation, now: Person.now) == .conflict)
        let again = try Store(folder)
        #expect(try await again.registered(Self.id) == meeting)
        #expect(try await again.registered(other) == nil)
        #expect(try await again.isPlanned(other, now: Person.now))
        // The owner's other wishes leave it as it is.
        let changed = MeetingPlan(starts: Self.starts + 600, minutes: 30, profile: .training)
        #expect(try await again.change(PlannedMeeting(id: Self.id, plan: changed), of: anna.id))
        #expect(try await again.registered(Self.id) == meeting)
        #expect(try await again.plannedIDs(of: anna.id) == [Self.id])
    }

    @Test("token, passcode, links and descriptions lie nowhere in clear", .promise("P-025"))
    func sealed() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        // Whoever closes the database last empties its log.
        defer { withExtendedLifetime(store) {} }
        let anna = Person(1)
        try await anna.enter(store)
        try await Self.plan(store, anna)
        let drafted = try DraftedMeeting(Self.id, tickets: 1, passcode: "83914207")
        let meeting = try RegisteredMeeting(drafted: drafted, for: Self.id)
        #expect(try await store.register(meeting, token: anna.creation, now: Person.now) == .done)
        let passcode = try #require(meeting.passcode)
        let all = try folder.files.reduce(into: Data()) { $0.append($1.bytes) }
        // It would be found, were it there.
        #expect(all.range(of: Data(Self.id.decoded)) != nil)
        for bytes in [
            anna.creation.decoded, Array(anna.creation.text.utf8), Array("83914207".utf8), passcode.bytes,
            Array(drafted.registration.descriptor.bytes.prefix(80)), drafted.tickets[0].certificate.bytes,
            drafted.registration.inviteID.decoded,
        ] {
            #expect(all.range(of: Data(bytes)) == nil)
        }
    }

    @Test("personal links come and go with the meeting's token, all of them or none")
    func tickets() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let anna = Person(1)
        try await anna.enter(store)
        try await Self.plan(store, anna)
        let drafted = try DraftedMeeting(Self.id, tickets: 2)
        let first = drafted.tickets[0]
        let add: @Sendable (inout RegisteredMeeting) -> TicketChange = { $0.add([first.certificate]) }
        let (token, now) = (anna.creation, Person.now)
        #expect(try await store.change(Self.id, token: token, now: now, add) == .conflict, "not registered yet")
        var registration = drafted.registration
        registration.tickets = nil
        let meeting = try #require(RegisteredMeeting(registration, for: Self.id, RegisteredMeeting.passcodes))
        #expect(try await store.register(meeting, token: token, now: now) == .done)
        #expect(try await store.change(Self.id, token: Person(2).creation, now: now, add) == .unauthorized)
        #expect(try await store.change(Self.id, token: token, now: now, add) == .added)
        let bad = TicketCertificate(bytes: [UInt8](repeating: 0, count: 179))
        let second = drafted.tickets[1].certificate
        #expect(
            try await store.change(Self.id, token: token, now: now) { $0.add([second, bad]) } == .malformed)
        #expect(try await store.registered(Self.id)?.tickets.map(\.bytes) == [first.certificate.bytes])
        let revoked = try await store.change(Self.id, token: token, now: now) { $0.revoke(first.hash) }
        let again = try Store(folder)
        let kept = try #require(try await again.registered(Self.id))
        #expect(kept.tickets == [])
        #expect(revoked == kept.revoked.first.map { .revoked($0) })
        #expect(try await again.change(Self.id, token: token, now: now, add) == .conflict, "it was taken back")
    }

    @Test("another passcode, or none, takes the place of the registered one, and nothing else of it changes")
    func passcode() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let anna = Person(1)
        try await anna.enter(store)
        try await Self.plan(store, anna)
        let hash = RegisteredMeeting.passcodes.hash(Passcode(unchecked: "27182818"), of: Self.id)
        // Of one that is not registered, or not there, nothing is kept.
        let unknown = MeetingID(bytes: [UInt8](repeating: 9, count: 16))
        for id in [Self.id, unknown] {
            try await store.keep(passcode: hash, of: id, now: Person.now)
            #expect(try await store.registered(id) == nil)
        }
        var meeting = try RegisteredMeeting(
            drafted: try DraftedMeeting(Self.id, tickets: 2, passcode: "83914207"), for: Self.id)
        #expect(try await store.register(meeting, token: anna.creation, now: Person.now) == .done)
        for passcode in [hash, nil, hash] {
            try await store.keep(passcode: passcode, of: Self.id, now: Person.now)
            meeting.passcode = passcode
            #expect(try await Store(folder).registered(Self.id) == meeting)
        }
        try await store.keep(passcode: nil, of: Self.id, now: Person.now + .seconds(3_600 + 86_400))
        #expect(try await store.registered(Self.id) == meeting, "its time is over")
    }

    @Test(
        "a day after its end nothing opens any more, also before the sweep; and so it is when it was cancelled or ended"
    )
    func over() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let anna = Person(1)
        try await anna.enter(store)
        let meeting = try RegisteredMeeting(drafted: try DraftedMeeting(Self.id), for: Self.id)
        let end = Person.now + .seconds(3_600 + 86_400)
        let token = anna.creation
        for how in 0..<3 {
            try await Self.plan(store, anna)
            #expect(try await store.register(meeting, token: token, now: Person.now) == .done)
            let before = end + .seconds(-1)
            #expect(try await store.registered(Self.id, now: before) == meeting)
            #expect(try await store.isPlanned(Self.id, now: before))
            switch how {
            case 0:
                #expect(try await store.registered(Self.id, now: end) == nil)
                #expect(try await !store.isPlanned(Self.id, now: end))
                #expect(try await store.mayRegister(Self.id, token: token, now: end) == .unknown)
                #expect(try await store.change(Self.id, token: token, now: end) { $0.add([]) } == .unknown)
                #expect(try await store.sweep(now: end) == 1)
            case 1: #expect(try await store.cancel(Self.id, of: anna.id))
            default: try await store.end(Self.id)
            }
            #expect(try await store.registered(Self.id) == nil)
            #expect(try await !store.isPlanned(Self.id, now: Person.now))
        }
    }

    @Test("whoever puts one meeting's row in another's place opens nothing")
    func bound() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let anna = Person(1)
        try await anna.enter(store)
        let other = MeetingID(bytes: [UInt8](repeating: 8, count: 16))
        for id in [Self.id, other] {
            try await Self.plan(store, anna, id)
            let meeting = try RegisteredMeeting(drafted: try DraftedMeeting(id), for: id)
            #expect(try await store.register(meeting, token: anna.creation, now: Person.now) == .done)
        }
        let path = folder.url.appending(path: "beraad.sqlite").path(percentEncoded: false)
        let database = try DatabaseQueue(path: path)
        try await database.write { db in
            try db.execute(
                sql: """
                    UPDATE planned_meeting SET registration = (SELECT registration FROM planned_meeting WHERE id = ?)
                    WHERE id = ?
                    """, arguments: [Data(other.decoded), Data(Self.id.decoded)])
        }
        await #expect(throws: SealFailure.damaged) { try await store.registered(Self.id) }
        #expect(try await store.registered(other) != nil)
        // Nor does one meeting's token open the other: it is bound to its id, though it is the same here.
        try await database.write { db in
            try db.execute(
                sql: "UPDATE planned_meeting SET token_hash = (SELECT token_hash FROM planned_meeting WHERE id = ?)",
                arguments: [Data(other.decoded)])
        }
        #expect(try await store.mayRegister(Self.id, token: anna.creation, now: Person.now) == .unauthorized)
        #expect(try await store.mayRegister(other, token: anna.creation, now: Person.now) == .conflict)
    }
}
