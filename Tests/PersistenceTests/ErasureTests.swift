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
            recoveryCodes: ["code \(person.number)"], of: person.id)
        let made = Passkey.Made(
            credential: [UInt8](repeating: person.number, count: 40), publicKey: [UInt8](repeating: 1, count: 77),
            signCount: 0)
        _ = try await store.add(made, as: PasskeyID(bytes: [UInt8](repeating: person.number, count: 16)), of: person.id)
        let card = [UInt8](repeating: person.number, count: 1_000)
        let plan = MeetingPlan(starts: 1_900_000_000, minutes: 5, profile: .lesson, card: card)
        let meeting = PlannedMeeting(
            id: MeetingID(bytes: [UInt8](repeating: 100 + person.number, count: 16)), plan: plan)
        #expect(try await store.plan(meeting, of: person.id))
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
        let anna = Person(1)
        try await anna.enter(store)
        let before = try folder.files
        #expect(try await store.erase(anna.id) == .erased)
        let keysNow = try folder.files.filter { $0.path.hasPrefix("keys/") }
        #expect(keysNow.isEmpty)
        let copy = try TestFolder.with(before.filter { !$0.path.hasPrefix("keys/") })
        defer { copy.remove() }
        let restored = try Store(copy)
        await #expect(throws: StorageFailure.damaged) { try await restored.account(anna.id) }
    }
}
