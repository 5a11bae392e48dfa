import BeraadTesting
import Meeting
import Persistence
import Privacy
import Signalling
import Testing

@Suite("Sign-ins that are kept", .promise("P-037"))
struct SessionStoreTests {
    private static let now = Person.now

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
}
