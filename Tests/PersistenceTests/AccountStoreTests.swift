import BeraadTesting
import Foundation
import Meeting
import Persistence
import Privacy
import Signalling
import Testing

@Suite("Accounts that are kept", .promise("P-037"))
struct AccountStoreTests {
    private static let now = Person.now

    @Test("a set-up link makes the first account, once, and is nothing to a second one")
    func setUp() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        #expect(try await !store.hasAccounts())
        // A link from a start before counts no more.
        try await store.add(bram.token, .setUp, roles: .all, now: Self.now)
        try await store.add(anna.token, .setUp, roles: .all, now: Self.now)
        #expect(try await store.create(bram.new, with: bram.token, now: Self.now) == .linkUnknown)
        #expect(try await store.create(anna.new, with: anna.token, now: Self.now) == .made(.all))
        #expect(try await store.create(bram.new, with: anna.token, now: Self.now) == .linkUnknown)
        try await store.add(bram.token, .setUp, roles: .all, now: Self.now)
        #expect(try await store.create(bram.new, with: bram.token, now: Self.now) == .linkUnknown)
        #expect(try await store.hasAccounts())
        // No key of an account that never came to be.
        #expect(try folder.files.count { $0.path.hasSuffix(".key") && $0.path.hasPrefix("keys/") } == 1)
    }

    @Test("an account is found by its address and its id, also after a restart")
    func found() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let anna = Person(1)
        try await anna.enter(try Store(folder), [.host, .admin])
        let store = try Store(folder)
        let expected = "\(anna.email) \(anna.name) \(Person.verifier) 3"
        #expect(try await store.account(anna.id)?.plain == expected)
        #expect(try await store.account(at: Personal(anna.email))?.plain == expected)
        #expect(try await store.account(at: Personal("else@example.org")) == nil)
        #expect(try await store.account(Person(2).id) == nil)
    }

    @Test("an address has one account, and a refused one leaves its link to be used")
    func taken() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        try await anna.enter(store)
        try await store.add(bram.token, .invitation, roles: [.host], now: Self.now)
        let again = NewAccount(
            id: bram.id, email: Personal(anna.email), name: Personal("Bram"), password: Personal("x"))
        #expect(try await store.create(again, with: bram.token, now: Self.now) == .addressTaken)
        #expect(try await store.create(bram.new, with: bram.token, now: Self.now) == .made([.host]))
    }

    @Test("a link opens what it is for, until its time, and once")
    func links() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        try await anna.enter(store)
        try await store.add(bram.token, .renewal, account: anna.id, now: Self.now)
        // A link for a password makes no account.
        #expect(try await store.create(bram.new, with: bram.token, now: Self.now) == .linkUnknown)
        let late = Self.now + .seconds(3_600)
        #expect(try await store.link(bram.token, now: late) == nil)
        #expect(try await store.renew(Personal("new"), with: bram.token, now: late) == nil)
        try await store.begin(anna.session, of: anna.id, now: Self.now)
        #expect(try await store.renew(Personal("new"), with: bram.token, now: Self.now) == anna.id)
        #expect(try await store.account(anna.id)?.plain.contains(" new ") == true)
        #expect(try await store.session(anna.session, now: Self.now) == nil)
        #expect(try await store.renew(Personal("newer"), with: bram.token, now: Self.now) == nil)
    }

    @Test("accounts are listed piece by piece, each once")
    func listed() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        for number in 1...7 { try await Person(UInt8(number)).enter(store) }
        var seen: [AccountID] = []
        while true {
            let some = try await store.accounts(after: seen.last, atMost: 3)
            seen += some.map(\.id)
            if some.count < 3 { break }
        }
        #expect(seen == (1...7).map { Person(UInt8($0)).id })
    }

    @Test("a sign-in is found by its token until it ends, is too old, or ends everywhere")
    func sessions() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let anna = Person(1)
        try await anna.enter(store, [.admin])
        let tokens = (10..<14).map { SessionToken(bytes: [UInt8](repeating: $0, count: 32)) }
        for token in tokens { try await store.begin(token, of: anna.id, now: Self.now) }
        let found = try #require(try await store.session(tokens[0], now: Self.now))
        #expect(found.account == anna.id)
        #expect(found.roles == [.admin])
        try await store.end(tokens[0])
        #expect(try await store.session(tokens[0], now: Self.now) == nil)
        // Used now and then, it goes on; unused for twelve hours, it is over.
        let hours = { (count: Int) in Self.now + .seconds(count * 3_600) }
        #expect(try await store.session(tokens[1], now: hours(11)) != nil)
        #expect(try await store.session(tokens[1], now: hours(22)) != nil)
        #expect(try await store.session(tokens[2], now: hours(12)) == nil)
        let confirmed = try #require(try await store.session(tokens[1], now: hours(22)))
        #expect(!confirmed.life.isConfirmed(now: hours(22)))
        try await store.confirm(tokens[1], now: hours(22))
        #expect(try await store.session(tokens[1], now: hours(22))?.life.isConfirmed(now: hours(22)) == true)
        try await store.endAll(of: anna.id)
        for token in tokens { #expect(try await store.session(token, now: Self.now) == nil) }
    }

    @Test("a code counts once, a recovery code too, and those of others never")
    func codes() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        for person in [anna, bram] { try await person.enter(store) }
        let secret = [UInt8](repeating: 9, count: 20)
        try await store.setCodes(
            Personal(secret), usedStep: 100, recoveryCodes: ["one", "two"], of: anna.id)
        let codes = try #require(try await store.codes(of: anna.id))
        #expect(try codes.secret.read(for: Authenticate.self, PurposeLedger()) == secret)
        #expect(codes.usedStep == 100)
        #expect(codes.recoveryCodes == 2)
        #expect(try await !store.use(step: 100, of: anna.id))
        #expect(try await store.use(step: 101, of: anna.id))
        #expect(try await !store.use(step: 101, of: anna.id))
        #expect(try await !store.use(step: 102, of: bram.id))
        #expect(try await !store.use(recoveryCode: "one", of: bram.id))
        #expect(try await store.use(recoveryCode: "one", of: anna.id))
        #expect(try await !store.use(recoveryCode: "one", of: anna.id))
        #expect(try await store.codes(of: anna.id)?.recoveryCodes == 1)
        try await store.dropCodes(of: anna.id)
        #expect(try await store.codes(of: anna.id) == nil)
        #expect(try await !store.use(recoveryCode: "two", of: anna.id))
    }

    @Test("passkeys are kept once, found by their id, counted on, and taken back by their owner only")
    func passkeys() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        for person in [anna, bram] { try await person.enter(store) }
        let made = Passkey.Made(credential: [1, 2, 3], publicKey: [4, 5], signCount: 7)
        let id = PasskeyID(bytes: [UInt8](repeating: 5, count: 16))
        #expect(try await store.add(made, as: id, of: anna.id))
        #expect(try await !store.add(made, as: PasskeyID(bytes: [UInt8](repeating: 6, count: 16)), of: bram.id))
        let found = try #require(try await store.passkey([1, 2, 3]))
        #expect(found.account == anna.id)
        #expect(found.signCount == 7)
        #expect(try found.publicKey.read(for: Authenticate.self, PurposeLedger()) == [4, 5])
        #expect(try await store.passkeys(of: anna.id).map(\.id) == [id])
        #expect(try await store.used(found, signCount: 8))
        #expect(try await !store.used(found, signCount: 9))
        #expect(try await !store.remove(id, of: bram.id))
        #expect(try await store.remove(id, of: anna.id))
        #expect(try await store.passkey([1, 2, 3]) == nil)
        for number in 0..<UInt8(AccountLimits.passkeys) + 1 {
            let other = Passkey.Made(credential: [9, number], publicKey: [], signCount: 0)
            let isKept = try await store.add(
                other, as: PasskeyID(bytes: [UInt8](repeating: 20 + number, count: 16)), of: bram.id)
            #expect(isKept == (Int(number) < AccountLimits.passkeys))
        }
    }

    @Test("of two admins the last one stays, and of two people the admin")
    func lastAdmin() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram, chris) = (Person(1), Person(2), Person(3))
        try await anna.enter(store, [.admin, .host])
        try await bram.enter(store, [.admin])
        try await chris.enter(store, [.host])
        #expect(try await store.erase(anna.id) == .erased)
        #expect(try await store.erase(bram.id) == .lastAdmin)
        #expect(try await store.erase(chris.id) == .erased)
        #expect(try await store.erase(bram.id) == .erased)
        #expect(try await store.erase(bram.id) == .unknown)
        #expect(try await !store.hasAccounts())
    }

    @Test("a database without its key is not opened with a new one, and one of a later release not at all")
    func refused() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        try await Person(1).enter(try Store(folder))
        let files = try folder.files
        let keyless = try TestFolder.with(files.filter { $0.path != "accounts.key" })
        defer { keyless.remove() }
        #expect(throws: StorageFailure.keyMissing) { try Store(keyless) }
        let foreign = try TestFolder.with(
            files.map { $0.path == "accounts.key" ? ($0.path, Data(repeating: 1, count: 32)) : $0 })
        defer { foreign.remove() }
        let store = try Store(foreign)
        await #expect(throws: StorageFailure.damaged) { try await store.account(Person(1).id) }
        let short = try TestFolder.with([("accounts.key", Data([1, 2, 3]))])
        defer { short.remove() }
        #expect(throws: StorageFailure.damaged) { try Store(short) }
        let noDatabase = try TestFolder.with([
            ("accounts.key", Data(repeating: 1, count: 32)), ("beraad.sqlite", Data(repeating: 1, count: 8_192)),
        ])
        defer { noDatabase.remove() }
        #expect(throws: StorageFailure.damaged) { try Store(noDatabase) }
    }
}
