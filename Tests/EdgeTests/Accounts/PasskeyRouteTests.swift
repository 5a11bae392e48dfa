import BeraadTesting
import Edge
import HTTPTypes
import Meeting
import Persistence
import Privacy
import Redaction
import Server
import Signalling
import Testing

@Suite("Passkeys over HTTP", .promise("P-037"))
struct PasskeyRouteTests {
    private static let path = "/api/v1/account/passkeys"
    private static let signIn = "/api/v1/account/session/passkey"

    private static func authenticator(
        _ server: TestServer, credential: UInt8 = 7
    ) -> TestAuthenticator {
        var authenticator = TestAuthenticator(.es256, credential: [UInt8](repeating: credential, count: 32))
        authenticator.rp = "localhost"
        authenticator.origin = "http://\(server.authority)"
        return authenticator
    }

    private static func register(
        _ authenticator: TestAuthenticator, _ person: TestPerson
    ) async throws -> TestResponse {
        let options = try await person.send(.post, "\(Self.path)/options").read(PasskeyCreation.self)
        return try await person.send(
            .post, Self.path,
            PasskeyRegistration(
                clientData: authenticator.clientData("webauthn.create", options.challenge.decoded),
                attestation: authenticator.attestation()))
    }

    private static func assertion(
        _ authenticator: TestAuthenticator, _ challenge: PasskeyChallenge
    ) throws -> PasskeyAssertion {
        let client = authenticator.clientData("webauthn.get", challenge.decoded)
        return PasskeyAssertion(
            credential: authenticator.credential, clientData: client, authenticatorData: authenticator.data(),
            signature: try authenticator.sign(authenticator.data(), client))
    }

    private static func challenge(_ person: TestPerson) async throws -> PasskeyChallenge {
        let request = try await person.send(.post, "\(Self.signIn)/options").read(PasskeyRequest.self)
        #expect(request.rp == "localhost")
        return request.challenge
    }

    @Test(
        "one that was made signs in, also where a password needs a code, and each answer counts once",
        .timeLimit(.minutes(1)))
    func life() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let options = try await anna.send(.post, "\(Self.path)/options").read(PasskeyCreation.self)
                #expect(options.rp == "localhost")
                #expect(options.user == (try await anna.info().account))
                #expect(options.name.exposed == anna.email)
                #expect(options.exclude == [])
                var authenticator = Self.authenticator(server)
                let response = try await Self.register(authenticator, anna)
                #expect(response.status == .created)
                let list = try response.read(PasskeyList.self)
                #expect(list.passkeys.count == 1)
                #expect(try await anna.info().passkeys == 1)
                // The same one again is known, and a browser is told so beforehand.
                #expect(try await Self.register(authenticator, anna).problem == .conflict)
                let more = try await anna.send(.post, "\(Self.path)/options").read(PasskeyCreation.self)
                #expect(more.exclude == [authenticator.credential])
                try await accounts.store.setCodes(
                    .init([UInt8](repeating: 1, count: 20)), usedStep: 0, recoveryCodes: [], of: options.user,
                    by: try #require(anna.cookie.flatMap { SessionToken($0) }))
                var browser = TestPerson(server: server, number: 1)
                let assertion = try Self.assertion(authenticator, try await Self.challenge(browser))
                let signedIn = try await browser.send(.post, Self.signIn, assertion)
                #expect(signedIn.status == .ok)
                try browser.keep(signedIn)
                #expect(try await browser.info().account == options.user)
                #expect(try await browser.send(.post, Self.signIn, assertion).problem == .unauthorized)
                authenticator.signCount = 1
                let later = try Self.assertion(authenticator, try await Self.challenge(browser))
                #expect(try await browser.send(.post, Self.signIn, later).status == .ok)
                // A copy with the old counter is refused from then on.
                authenticator.signCount = 0
                let copy = try Self.assertion(authenticator, try await Self.challenge(browser))
                #expect(try await browser.send(.post, Self.signIn, copy).problem == .unauthorized)
                let removed = try await anna.send(.delete, "\(Self.path)/\(try #require(list.passkeys.first).text)")
                #expect(removed.status == .noContent)
                authenticator.signCount = 2
                let gone = try Self.assertion(authenticator, try await Self.challenge(browser))
                #expect(try await browser.send(.post, Self.signIn, gone).problem == .unauthorized)
            }
        }
    }

    @Test(
        "a challenge of somebody else, of the other kind, of another site or too old makes nothing",
        .timeLimit(.minutes(1)))
    func foreign() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let bram = try await accounts.person(2, [.host], at: server)
                let authenticator = Self.authenticator(server)
                func tries(_ challenge: [UInt8], _ authenticator: TestAuthenticator) async throws -> TestResponse {
                    try await anna.send(
                        .post, Self.path,
                        PasskeyRegistration(
                            clientData: authenticator.clientData("webauthn.create", challenge),
                            attestation: authenticator.attestation()))
                }
                let his = try await bram.send(.post, "\(Self.path)/options").read(PasskeyCreation.self)
                #expect(try await tries(his.challenge.decoded, authenticator).problem == .unauthorized)
                let forSignIn = try await Self.challenge(anna)
                #expect(try await tries(forSignIn.decoded, authenticator).problem == .unauthorized)
                #expect(try await tries([UInt8](repeating: 0, count: 32), authenticator).problem == .unauthorized)
                let own = try await anna.send(.post, "\(Self.path)/options").read(PasskeyCreation.self)
                var evil = authenticator
                evil.origin = "http://evil.example:\(server.port)"
                #expect(try await tries(own.challenge.decoded, evil).problem == .unauthorized)
                evil = authenticator
                evil.rp = "evil.example"
                #expect(try await tries(own.challenge.decoded, evil).problem == .unauthorized)
                // None of these used the challenge up.
                #expect(try await tries(own.challenge.decoded, authenticator).status == .created)
                let late = try await Self.challenge(anna)
                accounts.clock.advance(300)
                let assertion = try Self.assertion(authenticator, late)
                #expect(try await anna.send(.post, Self.signIn, assertion).problem == .unauthorized)
                #expect(try await anna.info().passkeys == 1)
            }
        }
    }

    @Test("a passkey that nobody knows gets the answer of one that signs wrongly", .timeLimit(.minutes(1)))
    func unknown() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let authenticator = Self.authenticator(server)
                #expect(try await Self.register(authenticator, anna).status == .created)
                // The same id and another key; and an id that nobody has.
                for impostor in [Self.authenticator(server), Self.authenticator(server, credential: 8)] {
                    let browser = TestPerson(server: server, number: 9)
                    let assertion = try Self.assertion(impostor, try await Self.challenge(browser))
                    let response = try await browser.send(.post, Self.signIn, assertion)
                    #expect(response.problem == .unauthorized)
                    #expect(response.headers[.setCookie] == nil)
                }
            }
        }
    }

    @Test(
        "a server that was told where it is reached has passkeys for that name, whatever a request calls it",
        .timeLimit(.minutes(1)))
    func site() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve(address: PublicAddress("https://meet.example.org")) { server in
                let anna = try await accounts.person(1, [.host], at: server)
                #expect(try await Self.register(Self.authenticator(server), anna).problem == .unauthorized)
                var authenticator = Self.authenticator(server)
                authenticator.rp = "meet.example.org"
                authenticator.origin = "https://meet.example.org"
                #expect(try await Self.register(authenticator, anna).status == .created)
            }
        }
    }

    @Test(
        "one that was not told has them for this machine at its own port, and for no other name",
        .timeLimit(.minutes(1)))
    func names() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                for (host, isHere) in [
                    ("localhost:\(server.port)", true), ("localhost", false), ("localhost:1", false),
                    ("meet.example.org", false), ("meet.example.org:\(server.port)", false),
                ] {
                    let answer = try await server.raw(
                        """
                        POST \(Self.signIn)/options HTTP/1.1\r
                        Host: \(host)\r
                        Content-Type: application/json\r
                        Content-Length: 2\r
                        Connection: close\r
                        \r
                        {}
                        """)
                    #expect(answer.hasPrefix("HTTP/1.1 \(isHere ? 200 : 403) "), "\(host)")
                }
            }
        }
    }

    @Test("whoever tries many passkeys from one network has to wait", .timeLimit(.minutes(1)))
    func pauses() async throws {
        try await TestAccounts.run { accounts in
            let authenticator = TestAuthenticator(.es256, credential: [7])
            let assertion = try Self.assertion(authenticator, PasskeyChallenge(bytes: [UInt8](repeating: 1, count: 32)))
            let site = PasskeySite(rp: "example.org", origins: ["https://example.org"])
            for number in 0..<41 {
                let expected = number < 40 ? AccountRefusal(.unauthorized) : AccountRefusal(.tooFast, retrySeconds: 30)
                await #expect(throws: expected) {
                    try await accounts.desk.signIn(assertion, at: site, from: Redacted([192, 0, 2, 1]))
                }
            }
        }
    }

    @Test("where a server is reached is https, a name and perhaps a port, and nothing else")
    func addresses() {
        #expect(PublicAddress("https://Meet.Example.org/")?.origin == "https://meet.example.org")
        #expect(PublicAddress("https://meet.example.org:443")?.origin == "https://meet.example.org")
        #expect(PublicAddress("https://meet.example.org:8443")?.origin == "https://meet.example.org:8443")
        for none in [
            "", "meet.example.org", "http://meet.example.org", "https://", "https://:443", "https://192.0.2.1",
            "https://[2001:db8::1]", "https://a b", "https://a..b", "https://-a", "https://a@b", "https://a/b",
            "https://a?b", "https://a:0", "https://a:65536", "https://a:+1", "https://a:1:2",
        ] { #expect(PublicAddress(none) == nil, "\(none)") }
    }
}
