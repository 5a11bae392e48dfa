import BeraadTesting
import Foundation
import GRDB
import Meeting
import Persistence
import Privacy
import Signalling
import Testing

@Suite("An account that was closed", .promise("P-077"))
struct ErasureTests {
    /// Every value of every row, as it lies in the file.
    private static func values(_ folder: TestFolder) throws -> Set<Data> {
        let path = folder.url.appending(path: "beraad.sqlite").path(percentEncoded: false)
        return try DatabaseQueue(path: path).read { db in
            let tables = Set(
                Catalogue.columns.compactMap { entry in
                    if case .column(let table, _) = entry.place { table } else { nil }
                })
            var values: Set<Data> = []
            for table in tables {
                for row in try Row.fetchAll(db, sql: "SELECT * FROM \(table)") {
                    for (_, value) in row { values.formUnion([Data.fromDatabaseValue(value)].compactMap { $0 }) }
                }
            }
            return values.filter { $0.count > 12 }
        }
    }

    private static func fill(_ store: Store, _ person: Person) async throws {
        try await person.enter(store)
        try await store.begin(person.session, of: person.id, now: Person.now)
        try await store.setCodes(
            Personal([UInt8](repeating: person.number, count: 20)), usedStep: 1,
            recoveryCodes: ["code \(person.number)"], of: person.id, by: person.session)
        let made = Passkey.Made(
            credential: [UInt8](repeating: person.number, count: 40), publicKey: [UInt8](repeating: 1, count: 77),
            signCount: 0)
        _ = try await store.add(made, as: PasskeyID(bytes: [UInt8](repeating: person.number, count: 16)), of: person.id)
        let card = [UInt8](repeating: person.number, count: 1_000)
        let plan = MeetingPlan(starts: 1_900_000_000, minutes: 5, profile: .lesson, card: card)
        let meeting = PlannedMeeting(
            id: MeetingID(bytes: [UInt8](repeating: 100 + person.number, count: 16)), plan: plan)
        #expect(try await store.plan(meeting, token: person.creation, of: person.id))
        let drafted = try DraftedMeeting(meeting.id, tickets: 2, passcode: "83914207")
        let registered = try RegisteredMeeting(drafted: drafted, for: meeting.id)
        #expect(try await store.register(registered, token: person.creation, now: Person.now) == .done)
    }

    @Test("nothing that was kept of it is in any file any more, and what is kept of others is")
    func scan() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        // Whoever closes the database last empties its log.
        defer { withExtendedLifetime(store) {} }
        let (anna, bram) = (Person(1), Person(2))
        try await Self.fill(store, bram)
        let others = try Self.values(folder)
        try await Self.fill(store, anna)
        let hers = try Self.values(folder).subtracting(others)
        #expect(hers.count > 10)
        let keyFile = try #require(
            try folder.files.first { file in
                file.path.hasPrefix("keys/") && file.path.contains(Signalling.Base64URL.encode(anna.id.decoded))
            })
        func remaining() throws -> Int {
            let all = try folder.files.reduce(into: Data()) { $0.append($1.bytes) }
            return (hers.union([keyFile.bytes])).count { all.range(of: $0) != nil }
        }
        // It would be found, were it there.
        #expect(try remaining() == hers.count + 1)
        #expect(try await store.erase(anna.id) == .erased)
        #expect(try remaining() == 0)
        let wal = try folder.files.first { $0.path.hasSuffix("-wal") }
        #expect(wal?.bytes.isEmpty == true)
        #expect(try others.isSubset(of: Self.values(folder)))
        #expect(try await store.account(bram.id)?.plain.hasPrefix(bram.email) == true)
    }

    @Test("a copy of the database from before opens nothing without the key that was destroyed")
    func backUp() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        for person in [anna, bram] { try await Self.fill(store, person) }
        let before = try folder.files
        #expect(try await store.erase(anna.id) == .erased)
        let keysNow = try folder.files.filter { $0.path.hasPrefix("keys/") }
        #expect(keysNow.count == 1)
        // Nor is she in it any more, once it was opened beside the keys of today; others are.
        let copy = try TestFolder.with(before.filter { !$0.path.hasPrefix("keys/") } + keysNow)
        defer { copy.remove() }
        let restored = try Store(copy)
        #expect(try await restored.accounts(after: nil, atMost: 9).map(\.id) == [bram.id])
        #expect(try await restored.account(bram.id)?.plain.hasPrefix(bram.email) == true)
        #expect(try await restored.planned(of: anna.id, after: nil).meetings == [])
    }

    @Test("a key that could not be destroyed when its account was closed is destroyed by the next sweep")
    func later() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        defer { withExtendedLifetime(store) {} }
        let (anna, bram) = (Person(1), Person(2))
        for person in [anna, bram] { try await person.enter(store) }
        let path = folder.url.appending(path: "beraad.sqlite").path(percentEncoded: false)
        try await DatabaseQueue(path: path).write { db in
            let id = Data(anna.id.decoded)
            try db.execute(sql: "DELETE FROM account WHERE id = ?", arguments: [id])
            try db.execute(sql: "INSERT INTO key_to_destroy (subject) VALUES (?)", arguments: [id])
        }
        try await store.sweep(now: Person.now)
        let keys = try folder.files.filter { $0.path.hasPrefix("keys/") }.map(\.path)
        #expect(keys == ["keys/\(Signalling.Base64URL.encode(bram.id.decoded)).key"])
    }

    @Test("a database from before, beside the files of today, has its accounts, and nobody is signed in or has a link")
    func restored() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        defer { withExtendedLifetime(store) {} }
        let (anna, bram) = (Person(1), Person(2))
        try await anna.enter(store)
        try await store.begin(anna.session, of: anna.id, now: Person.now)
        try await store.add(bram.token, .invitation, roles: [.host], now: Person.now)
        try await store.sweep(now: Person.now)
        let before = try folder.files
        let later = Person.now + .seconds(300)
        try await store.sweep(now: later)
        let now = try folder.files
        let isDatabase = { (path: String) in path.hasPrefix("beraad.sqlite") }
        for (database, isThere) in [(now, true), (before, false)] {
            let copy = try TestFolder.with(
                database.filter { isDatabase($0.path) } + now.filter { !isDatabase($0.path) })
            defer { copy.remove() }
            let again = try Store(copy)
            #expect(again.seen == later)
            let session = try await again.session(anna.session, now: later)
            let link = try await again.link(bram.token, now: later)
            let account = try await again.account(anna.id)
            #expect((session != nil) == isThere)
            #expect((link != nil) == isThere)
            #expect(account != nil)
        }
    }

    @Test("the latest time that was seen is known after a restart, and does not go back")
    func seen() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        #expect(store.seen == WallTime(seconds: 0))
        try await store.sweep(now: Person.now)
        try await store.sweep(now: Person.now + .seconds(-3_600))
        #expect(try Store(folder).seen == Person.now)
    }

    @Test("a folder that lost the keys of all accounts is not opened, so that they can be brought back")
    func lostKeys() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        try await Person(1).enter(try Store(folder))
        let files = try folder.files
        let copy = try TestFolder.with(files.filter { !$0.path.hasPrefix("keys/") })
        defer { copy.remove() }
        #expect(throws: StorageFailure.keysMissing) { try Store(copy) }
    }
}
