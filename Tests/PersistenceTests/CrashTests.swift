import BeraadTesting
import Foundation
import GRDB
import Meeting
import Persistence
import Privacy
import Signalling
import Synchronization
import Testing

/// What a server that was killed left behind is what its files hold at that moment; so the files are copied between any two
/// steps of writing, and opened as the next start would.
@Suite("A server that is killed", .promise("P-037"))
struct CrashTests {
    /// The files as they were at each step, and what somebody had been told was done by then.
    private final class Plug: Sendable {
        struct Moment {
            let files: [(path: String, bytes: Data)]
            let done: Int
        }

        private struct State {
            var moments: [Moment] = []
            var last: [Data] = []
            var done = 0
        }

        private let folder: URL
        private let state = Mutex(State())

        init(_ folder: TestFolder) { self.folder = folder.url }

        var moments: [Moment] { self.state.withLock { $0.moments } }

        /// Something was told to be done.
        func tell() { self.state.withLock { $0.done += 1 } }

        /// Called between two steps. The table of contents of the log is made anew by whoever opens it after a crash.
        func look() {
            guard let all = try? TestFolder.files(in: self.folder) else { return }
            let files = all.filter { !$0.path.hasSuffix("-shm") }
            self.state.withLock { state in
                let now = files.map { Data($0.path.utf8) + $0.bytes }
                guard now != state.last else { return }
                state.last = now
                state.moments.append(Moment(files: files, done: state.done))
            }
        }
    }

    private static func integrity(_ folder: TestFolder) throws -> String? {
        let path = folder.url.appending(path: "beraad.sqlite").path(percentEncoded: false)
        return try DatabaseQueue(path: path).read { db in try String.fetchOne(db, sql: "PRAGMA integrity_check") }
    }

    private static func meeting(_ number: UInt8) -> PlannedMeeting {
        PlannedMeeting(
            id: MeetingID(bytes: [UInt8](repeating: number, count: 16)),
            plan: MeetingPlan(starts: 1_900_000_000, minutes: 30, profile: .lesson, card: [number]))
    }

    /// Of a meeting that is planned, what its host's client registers.
    private static func drafted(_ number: UInt8) throws -> DraftedMeeting {
        try DraftedMeeting(Self.meeting(number).id, tickets: 2, passcode: "83914207")
    }

    private static func registered(_ number: UInt8, revoked: Bool = false) throws -> RegisteredMeeting {
        let drafted = try Self.drafted(number)
        var meeting = try RegisteredMeeting(drafted: drafted, for: Self.meeting(number).id)
        if revoked { _ = meeting.revoke(drafted.tickets[0].hash) }
        return meeting
    }

    /// The work of a day, each step with whether it was done as it should be: then its client is told.
    private static let steps: [@Sendable (Store) async throws -> Bool] = [
        { store in
            try await store.add(Person(1).token, .setUp, roles: .all, now: Person.now)
            return true
        },
        { store in try await store.create(Person(1).new, with: Person(1).token, now: Person.now) == .made(.all) },
        { store in try await store.plan(Self.meeting(1), token: Person(1).creation, of: Person(1).id) },
        { store in try await Person(2).enter(store) == .made([.host]) },
        { store in try await store.plan(Self.meeting(2), token: Person(2).creation, of: Person(2).id) },
        { store in try await store.erase(Person(2).id) == .erased },
        { store in try await Person(3).enter(store) == .made([.host]) },
        { store in
            try await store.register(Self.registered(1), token: Person(1).creation, now: Person.now) == .done
        },
        { store in
            let hash = try Self.drafted(1).tickets[0].hash
            let change = try await store.change(
                Self.meeting(1).id, token: Person(1).creation, now: Person.now
            ) { $0.revoke(hash) }
            return change != .noTicket
        },
        { store in
            try await store.end(Self.meeting(1).id)
            return true
        },
    ]

    /// Whose account and which meetings there must be when so many steps were told to be done, and may be.
    private static func check(_ store: Store, done: Int) async throws {
        let anna = try await store.account(Person(1).id)
        let bram = try await store.account(Person(2).id)
        let chris = try await store.account(Person(3).id)
        if done >= 2 { #expect(try anna?.plain.hasPrefix(Person(1).email) == true) }
        if done == 4 || done == 5 { #expect(try bram?.plain.hasPrefix(Person(2).email) ?? (done == 5)) }
        if done >= 6 { #expect(bram == nil) }
        if done >= 7 { #expect(try chris?.plain.hasPrefix(Person(3).email) == true) }
        let hers = try await store.planned(of: Person(1).id, after: nil).meetings
        if (3...9).contains(done) { #expect(hers == [Self.meeting(1)] || (done == 9 && hers == [])) }
        if done >= 10 { #expect(hers == []) }
        // It is registered as it was told, or as it was to be.
        let kept = try await store.registered(Self.meeting(1).id)
        switch done {
        case ..<7: #expect(kept == nil)
        case 7: #expect(try kept == nil || kept == Self.registered(1))
        case 8: #expect(try kept == Self.registered(1) || kept == Self.registered(1, revoked: true))
        case 9: #expect(try kept == nil || kept == Self.registered(1, revoked: true))
        default: #expect(kept == nil)
        }
        let his = try await store.planned(of: Person(2).id, after: nil).meetings
        if done >= 6 || bram == nil { #expect(his == []) }
        // Nobody is there by halves: who is there opens, and who is not has no key.
        #expect(try await store.accounts(after: nil, atMost: 9).count == [anna, bram, chris].count { $0 != nil })
    }

    @Test(
        "at whatever step, from the first table on, the next start has every account and meeting that was told to be kept"
    )
    func everyStep() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let plug = Plug(folder)
        let store = try Store(folder) { plug.look() }
        defer { withExtendedLifetime(store) {} }
        for step in Self.steps {
            #expect(try await step(store))
            plug.tell()
            plug.look()
        }
        let moments = plug.moments
        #expect(moments.count > 20)
        for moment in moments {
            let copy = try TestFolder.with(moment.files)
            defer { copy.remove() }
            let again = try Store(copy)
            try await Self.check(again, done: moment.done)
            #expect(try Self.integrity(copy) == "ok")
            let keys = try copy.files.count { $0.path.hasPrefix("keys/") }
            #expect(keys == (try await again.accounts(after: nil, atMost: 9).count))
        }
    }

    @Test("a log that was cut anywhere holds what was finished before the cut, and no half of anything")
    func everyCut() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        // Whoever closes the database last empties its log.
        defer { withExtendedLifetime(store) {} }
        for number in 1...3 { try await Person(UInt8(number)).enter(store) }
        let files = try folder.files.filter { !$0.path.hasSuffix("-shm") }
        let log = try #require(files.first { $0.path.hasSuffix("-wal") })
        #expect(log.bytes.count > 50_000)
        var counts: [Int] = []
        // Every page of the log is 4,096 bytes behind a head of 24; one step is a third of that.
        for length in stride(from: 0, through: log.bytes.count, by: 1_373) {
            let copy = try TestFolder.with(
                files.map { $0.path == log.path ? (log.path, Data(log.bytes.prefix(length))) : $0 })
            defer { copy.remove() }
            let again = try Store(copy)
            counts.append(try await again.accounts(after: nil, atMost: 9).count)
            #expect(try Self.integrity(copy) == "ok")
        }
        #expect(counts == counts.sorted())
        #expect(counts.first == 0)
        #expect(Set(counts).isSuperset(of: [0, 1, 2]))
    }

    @Test("a database that was half overwritten from its log is whole again")
    func everyPage() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        // Whoever closes the database last empties its log.
        defer { withExtendedLifetime(store) {} }
        for number in 1...3 { try await Person(UInt8(number)).enter(store) }
        let before = try folder.files.filter { !$0.path.hasSuffix("-shm") }
        // Nothing is over yet, so this only moves the log into the database.
        try await store.add(Person(9).token, .renewal, account: Person(1).id, now: Person.now)
        #expect(try await store.sweep(now: Person.now + .seconds(3_600)) == 1)
        let after = try #require(try folder.files.first { $0.path == "beraad.sqlite" }).bytes
        let old = try #require(before.first { $0.path == "beraad.sqlite" }).bytes
        #expect(after.count > old.count)
        for length in stride(from: 0, through: after.count, by: 4_096) {
            let mixed = Data(after.prefix(length)) + old.dropFirst(length)
            let copy = try TestFolder.with(before.map { $0.path == "beraad.sqlite" ? ($0.path, mixed) : $0 })
            defer { copy.remove() }
            let again = try Store(copy)
            #expect(try await again.accounts(after: nil, atMost: 9).count == 3)
            #expect(try Self.integrity(copy) == "ok")
        }
    }
}
