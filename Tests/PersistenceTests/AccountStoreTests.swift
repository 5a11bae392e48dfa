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

    @Test("a password that was right lets nobody in, and puts nothing in its place, once there is another one")
    func overtaken() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        try await anna.enter(store)
        let checked = try #require(try await store.account(anna.id))
        try await store.add(bram.token, .renewal, account: anna.id, now: Self.now)
        #expect(try await store.renew(Personal("new"), with: bram.token, now: Self.now) == anna.id)
        #expect(try await !store.begin(anna.session, of: checked, now: Self.now))
        #expect(try await store.setPassword(Personal("old"), of: checked) == nil)
        let token = bram.session
        #expect(
            try await store.changePassword(Personal("old"), of: checked, signingIn: token, now: Self.now) == nil)
        for token in [anna.session, token] { #expect(try await store.session(token, now: Self.now) == nil) }
        #expect(try await store.account(anna.id)?.plain.contains(" new ") == true)
    }

    @Test("a changed password signs out everybody and signs in whoever changed it, and links to another open nothing")
    func changed() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        try await anna.enter(store)
        try await store.begin(anna.session, of: anna.id, now: Self.now)
        try await store.add(bram.token, .renewal, account: anna.id, now: Self.now)
        let account = try #require(try await store.account(anna.id))
        let token = bram.session
        let changed = try #require(
            try await store.changePassword(Personal("new"), of: account, signingIn: token, now: Self.now))
        #expect(try changed.plain.contains(" new "))
        #expect(try await store.account(anna.id)?.sealedPassword == changed.sealedPassword)
        #expect(try await store.session(anna.session, now: Self.now) == nil)
        #expect(try await store.session(token, now: Self.now)?.account == anna.id)
        #expect(try await store.link(bram.token, now: Self.now) == nil)
    }

    @Test("a link opens nothing once its maker is gone, or has signed out everywhere")
    func makers() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram, chris, dirk) = (Person(1), Person(2), Person(3), Person(4))
        for admin in [anna, bram, chris] {
            try await admin.enter(store, [.admin])
            try await store.begin(admin.session, of: admin.id, now: Self.now)
        }
        func link(_ admin: Person) async throws -> LinkToken {
            let token = LinkToken(bytes: [UInt8](repeating: 100 + admin.number, count: 32))
            let linking = try await store.add(token, .invitation, roles: [.host], by: admin.session, now: Self.now)
            #expect(linking == .made)
            return token
        }
        let (hers, his, theirs) = (try await link(anna), try await link(bram), try await link(chris))
        #expect(try await store.erase(anna.id) == .erased)
        try await store.endAll(of: bram.id)
        for token in [hers, his] {
            #expect(try await store.link(token, now: Self.now) == nil)
            #expect(try await store.create(dirk.new, with: token, now: Self.now) == .linkUnknown)
        }
        #expect(try await store.create(dirk.new, with: theirs, now: Self.now) == .made([.host]))
    }

    @Test("only an admin who is signed in makes links, and not without end")
    func linking() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        try await anna.enter(store, [.admin])
        try await bram.enter(store, [.host])
        func add(_ number: Int, by person: Person, now: WallTime = Self.now) async throws -> Store.Linking {
            let token = LinkToken(bytes: [UInt8](repeating: UInt8(number), count: 32))
            return try await store.add(token, .renewal, account: bram.id, by: person.session, now: now)
        }
        #expect(try await add(10, by: anna) == .notAllowed)
        for person in [anna, bram] { try await store.begin(person.session, of: person.id, now: Self.now) }
        #expect(try await add(10, by: bram) == .notAllowed)
        for number in 0..<AccountLimits.openLinks { #expect(try await add(10 + number, by: anna) == .made) }
        #expect(try await add(200, by: anna) == .tooMany)
        // Those that are over leave room.
        #expect(try await add(200, by: anna, now: Self.now + LinkKind.renewal.lifetime) == .made)
    }

    @Test("links that wait are listed piece by piece without what opens them, and taken back one by one")
    func openLinks() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let anna = Person(1)
        try await anna.enter(store, [.admin])
        try await store.begin(anna.session, of: anna.id, now: Self.now)
        let tokens = (10..<15).map { LinkToken(bytes: [UInt8](repeating: $0, count: 32)) }
        for token in tokens.dropLast() {
            _ = try await store.add(token, .invitation, roles: [.host], by: anna.session, now: Self.now)
        }
        try await store.add(tokens[4], .renewal, account: anna.id, now: Self.now)
        let first = try await store.links(after: nil, atMost: 3, now: Self.now)
        let rest = try await store.links(after: first.last?.id, atMost: 3, now: Self.now)
        let links = first + rest
        #expect(first.count == 3)
        #expect(Set(links.map(\.id)).count == 5)
        let invitations = links.filter { $0.account == nil }
        #expect(invitations.count == 4)
        for link in invitations {
            #expect(link.maker == anna.id)
            #expect(link.roles == [.host])
            #expect(link.expires == (Self.now + LinkKind.invitation.lifetime).seconds)
        }
        let renewal = try #require(links.first { $0.account == anna.id })
        #expect(renewal.maker == nil)
        #expect(try await store.removeLink(renewal.id))
        #expect(try await !store.removeLink(renewal.id))
        #expect(try await store.link(tokens[4], now: Self.now) == nil)
        for token in tokens.dropLast() { #expect(try await store.link(token, now: Self.now) != nil) }
        #expect(try await store.links(after: nil, atMost: 9, now: Self.now + LinkKind.invitation.lifetime) == [])
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

    @Test("somebody is signed in in fifty browsers at most: the oldest goes, and nobody else's")
    func manySessions() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        for person in [anna, bram] { try await person.enter(store) }
        try await store.begin(bram.session, of: bram.id, now: Self.now)
        let tokens = (0...AccountLimits.sessions).map {
            SessionToken(bytes: [UInt8](repeating: 100 + UInt8($0), count: 32))
        }
        for (number, token) in tokens.enumerated() {
            try await store.begin(token, of: anna.id, now: Self.now + .seconds(number))
        }
        for (number, token) in tokens.enumerated() {
            let session = try await store.session(token, now: Self.now)
            #expect((session == nil) == (number == 0), "\(number)")
        }
        #expect(try await store.session(bram.session, now: Self.now) != nil)
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
            Personal(secret), usedStep: 100, recoveryCodes: ["one", "two"], of: anna.id, by: anna.session)
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

    @Test("once codes are asked for, whoever was signed in without one is not, but for the browser that set them up")
    func codesEndSessions() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        for person in [anna, bram] {
            try await person.enter(store)
            try await store.begin(person.session, of: person.id, now: Self.now)
        }
        let other = Person(3).session
        try await store.begin(other, of: anna.id, now: Self.now)
        try await store.setCodes(Personal([9]), usedStep: 1, recoveryCodes: [], of: anna.id, by: anna.session)
        #expect(try await store.session(other, now: Self.now) == nil)
        for person in [anna, bram] { #expect(try await store.session(person.session, now: Self.now) != nil) }
    }

    @Test(
        "a renewed password leaves no passkey and no other link; codes go only with a link that says so, once it is used"
    )
    func renewed() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        for person in [anna, bram] {
            try await person.enter(store)
            let made = Passkey.Made(credential: [person.number], publicKey: [4, 5], signCount: 7)
            let id = PasskeyID(bytes: [UInt8](repeating: person.number, count: 16))
            #expect(try await store.add(made, as: id, of: person.id))
            try await store.setCodes(
                Personal([9]), usedStep: 1, recoveryCodes: [], of: person.id, by: person.session)
        }
        let tokens = (10..<13).map { LinkToken(bytes: [UInt8](repeating: $0, count: 32)) }
        for token in tokens.prefix(2) { try await store.add(token, .renewal, account: anna.id, now: Self.now) }
        #expect(try await store.renew(Personal("new"), with: tokens[0], now: Self.now) == anna.id)
        #expect(try await store.renew(Personal("newer"), with: tokens[1], now: Self.now) == nil)
        #expect(try await store.passkeys(of: anna.id).isEmpty)
        #expect(try await store.passkeys(of: bram.id).count == 1)
        #expect(try await store.codes(of: anna.id) != nil)
        try await store.add(tokens[2], .recovery, account: anna.id, now: Self.now)
        #expect(try await store.codes(of: anna.id) != nil)
        #expect(try await store.create(Person(3).new, with: tokens[2], now: Self.now) == .linkUnknown)
        #expect(try await store.renew(Personal("newest"), with: tokens[2], now: Self.now) == anna.id)
        #expect(try await store.codes(of: anna.id) == nil)
        #expect(try await store.codes(of: bram.id) != nil)
    }

    @Test("an admin's link opens no account that a passkey keeps and no codes, also where the passkey came later")
    func passkeyAlone() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        try await anna.enter(store, [.admin])
        try await bram.enter(store)
        try await store.begin(anna.session, of: anna.id, now: Self.now)
        let tokens = (10..<13).map { LinkToken(bytes: [UInt8](repeating: $0, count: 32)) }
        func link(_ token: LinkToken) async throws -> Store.Linking {
            try await store.add(token, .renewal, account: bram.id, by: anna.session, now: Self.now)
        }
        #expect(try await link(tokens[0]) == .made)
        let made = Passkey.Made(credential: [1, 2, 3], publicKey: [4, 5], signCount: 7)
        #expect(try await store.add(made, as: PasskeyID(bytes: [UInt8](repeating: 5, count: 16)), of: bram.id))
        #expect(try await link(tokens[1]) == .passkeyAlone)
        #expect(try await store.renew(Personal("new"), with: tokens[0], now: Self.now) == nil)
        // Where codes are asked for, and for whoever runs the machine, it is another matter.
        try await store.setCodes(Personal([9]), usedStep: 1, recoveryCodes: [], of: bram.id, by: bram.session)
        #expect(try await link(tokens[1]) == .made)
        try await store.dropCodes(of: bram.id)
        try await store.add(tokens[2], .renewal, account: bram.id, now: Self.now)
        #expect(try await store.renew(Personal("new"), with: tokens[2], now: Self.now) == bram.id)
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

    @Test("with the last account every link goes, so that the next one is an admin's")
    func lastLinks() async throws {
        let folder = try TestFolder()
        defer { folder.remove() }
        let store = try Store(folder)
        let (anna, bram) = (Person(1), Person(2))
        try await anna.enter(store, [.admin])
        try await store.add(bram.token, .invitation, roles: [.host], now: Self.now)
        #expect(try await store.erase(anna.id) == .erased)
        #expect(try await store.create(bram.new, with: bram.token, now: Self.now) == .linkUnknown)
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
