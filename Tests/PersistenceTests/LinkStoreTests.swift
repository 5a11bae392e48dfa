import BeraadTesting
import Meeting
import Persistence
import Privacy
import Signalling
import Testing

@Suite("Links that are kept", .promise("P-037"))
struct LinkStoreTests {
    private static let now = Person.now

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
}
