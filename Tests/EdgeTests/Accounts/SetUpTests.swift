import BeraadTesting
import Edge
import HTTPTypes
import Meeting
import Persistence
import Redaction
import Server
import Signalling
import Testing

@Suite("Making accounts", .promise("P-037"))
struct SetUpTests {
    @Test(
        "the link that the server prints makes the first account, with every role, and signs in",
        .timeLimit(.minutes(1)))
    func first() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let old = try #require(try await accounts.desk.setUpLink())
                let link = try #require(try await accounts.desk.setUpLink())
                var anna = TestPerson(server: server, number: 1)
                let late = try await anna.send(.post, "/api/v1/account", anna.creation(old))
                #expect(late.status == .unauthorized)
                let made = try await anna.send(.post, "/api/v1/account", anna.creation(link))
                #expect(made.status == .created)
                let info = try made.read(SessionInfo.self)
                #expect(info.roles == AccountRole.allCases)
                #expect(info.email.exposed == anna.email)
                #expect(info.name.exposed == "Person 1")
                #expect(info.recoveryCodes == nil)
                #expect(info.passkeys == 0)
                try anna.keep(made)
                #expect(try await anna.info() == info)
                // It is used up, and there is none for a second first account.
                let again = try await anna.send(.post, "/api/v1/account", anna.creation(link))
                #expect(again.status == .unauthorized)
                #expect(try await accounts.desk.setUpLink() == nil)
            }
        }
    }

    @Test(
        "the cookie is for this host, this browser and the server alone, until the browser closes",
        .timeLimit(.minutes(1)))
    func cookie() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let response = try await anna.send(.post, "/api/v1/account/session", anna.signIn)
                let token = try #require(TestPerson.cookie(response))
                #expect(token.utf8.count == 43)
                #expect(
                    response.headers[values: .setCookie] == [
                        "__Host-beraad=\(token); Path=/; Secure; HttpOnly; SameSite=Strict"
                    ])
                #expect(response.headers[.cacheControl] == "no-store")
            }
        }
    }

    @Test("an admin invites, and whoever is invited is what the admin said", .timeLimit(.minutes(1)))
    func invited() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.admin], at: server)
                let response = try await anna.send(
                    .post, "/api/v1/accounts/invitations", Invitation(roles: [.host, .privacyOfficer]))
                let link = try response.read(LinkMade.self)
                #expect(response.status == .created)
                #expect(link.expires == accounts.clock.wall.seconds + 7 * 86_400)
                let bram = TestPerson(server: server, number: 2)
                let made = try await bram.send(.post, "/api/v1/account", bram.creation(link.token))
                #expect(try made.read(SessionInfo.self).roles == [.host, .privacyOfficer])
                let nobody = try await anna.send(.post, "/api/v1/accounts/invitations", Invitation(roles: []))
                #expect(nobody.status == .badRequest)
            }
        }
    }

    @Test(
        "what is wrong with what was typed is said, to whoever has a link and to nobody else", .timeLimit(.minutes(1)))
    func typed() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                _ = try await accounts.person(1, [.host], at: server)
                let bram = TestPerson(server: server, number: 2)
                let link = LinkToken(bytes: [UInt8](repeating: 99, count: 32))
                let good = bram.creation(link)
                var taken = good
                taken.email = Redacted("PERSON-1@example.org")
                var noAddress = good
                noAddress.email = Redacted("person at example")
                var short = good
                short.password = Redacted("elevenchars")
                var address = good
                address.password = Redacted("Person-2@Example.org")
                var nameless = good
                nameless.name = Redacted("   ")
                let tries: [(AccountCreation, Problem.Kind)] = [
                    (taken, .conflict), (noAddress, .notAnAddress), (short, .passwordTooShort),
                    (address, .passwordIsAddress), (nameless, .malformed),
                ]
                for (creation, _) in tries {
                    let response = try await bram.send(.post, "/api/v1/account", creation)
                    #expect(response.problem == .unauthorized)
                }
                try await accounts.store.add(link, .invitation, roles: [.host], now: accounts.clock.wall)
                for (creation, problem) in tries {
                    let response = try await bram.send(.post, "/api/v1/account", creation)
                    #expect(response.problem == problem)
                }
                #expect(try await bram.send(.post, "/api/v1/account", good).status == .created)
            }
        }
    }

    @Test("a link that waited too long opens nothing", .timeLimit(.minutes(1)))
    func late() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let link = try #require(try await accounts.desk.setUpLink())
                accounts.clock.advance(86_400)
                let anna = TestPerson(server: server, number: 1)
                #expect(try await anna.send(.post, "/api/v1/account", anna.creation(link)).status == .unauthorized)
            }
        }
    }
}
