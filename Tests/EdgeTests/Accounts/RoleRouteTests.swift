import BeraadTesting
import Edge
import HTTPTypes
import Meeting
import Persistence
import Signalling
import Testing

@Suite("Every role at every route")
struct RoleRouteTests {
    /// A path of a route, with ids of nothing that exists.
    private static func path(_ route: Route) -> String {
        route.template.replacing("{id}", with: "AAAAAAAAAAAAAAAAAAAAAA").replacing("{release}", with: "none")
            .replacing("{path}", with: "none.js")
    }

    /// Whether an answer says that somebody may not: who they are, or what they are.
    private enum Door: Equatable {
        case open, signInFirst, forbidden
    }

    private static func door(_ person: TestPerson, _ route: Route) async throws -> Door {
        let response = try await person.send(route.method, Self.path(route))
        switch (response.status, response.problem) {
        case (.forbidden, .forbidden?): return .forbidden
        case (.unauthorized, _) where person.cookie == nil: return .signInFirst
        default: return .open
        }
    }

    /// What needs a token of its own, or a password, says so to everybody alike.
    private static func needsProof(_ route: Route) -> Bool {
        switch route {
        case .signIn, .registerInvite, .addTickets, .revokeTicket, .writeBlob, .readBlob: true
        default: false
        }
    }

    @Test(
        "the table of permissions is what the routes do, and whoever is not in it comes nowhere",
        .timeLimit(.minutes(3)))
    func walk() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve(creators: .accounts) { server in
                let nobody = TestPerson(server: server, number: 0)
                for (number, role) in AccountRole.allCases.enumerated() {
                    for route in Route.allCases where !Self.needsProof(route) {
                        // A new account each time, for some of these routes end it.
                        let person = try await accounts.person(number + 1, Roles(of: [role]), at: server)
                        let isAllowed = Permission.allows(route.action(.accounts), to: Roles(of: [role]))
                        #expect(
                            try await Self.door(person, route) == (isAllowed ? .open : .forbidden), "\(role) \(route)")
                        let id = try await accounts.store.accounts(after: nil, atMost: 1).first?.id
                        if let id { _ = try await accounts.store.erase(id) }
                    }
                }
                for route in Route.allCases where !Self.needsProof(route) {
                    let isAllowed = Permission.allows(route.action(.accounts), to: nil)
                    #expect(try await Self.door(nobody, route) == (isAllowed ? .open : .signInFirst), "\(route)")
                }
            }
        }
    }

    @Test("nobody signs in through somebody else", .promise("P-038"))
    func noProviders() {
        let others = ["oauth", "openid", "oidc", "saml", "sso", "google", "facebook", "apple", "microsoft", "github"]
        for route in Route.allCases {
            #expect(!others.contains { route.template.lowercased().contains($0) }, "\(route.template)")
        }
        #expect(SignInRoute.allCases.count == 7)
    }

    @Test(
        "where anyone may make a meeting no account is asked for on this machine, and a host's elsewhere; where accounts may, a host's",
        .timeLimit(.minutes(1)))
    func creators() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve(creators: .accounts) { server in
                let host = try await accounts.person(1, [.host], at: server)
                let admin = try await accounts.person(2, [.admin], at: server)
                let nobody = TestPerson(server: server, number: 3)
                let path = "/api/v1/meetings"
                #expect(try await nobody.send(.post, path).status == .unauthorized)
                #expect(try await admin.send(.post, path).status == .forbidden)
                #expect(try await host.send(.post, path).status == .created)
                let foreign: HTTPFields = [.origin: "https://example.com"]
                #expect(try await host.send(.post, path, headers: foreign).status == .forbidden)
                // Through a proxy, which is where hosts come from.
                let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
                #expect(try await host.send(.post, path, headers: [forwarded: "192.0.2.1"]).status == .created)
            }
            try await accounts.serve { server in
                let nobody = TestPerson(server: server, number: 3)
                let path = "/api/v1/meetings"
                #expect(try await nobody.send(.post, path).status == .created)
                let host = try await accounts.person(4, [.host], at: server)
                let others = try await accounts.person(5, [.admin, .privacyOfficer, .operator], at: server)
                let foreign: HTTPFields = [.origin: "https://example.com"]
                // Behind a proxy nobody is on this machine, whatever the proxy is called and whoever trusts it.
                for name in ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"] {
                    let through = [try #require(HTTPField.Name(name)): "192.0.2.1"] as HTTPFields
                    #expect(try await nobody.send(.post, path, headers: through).status == .unauthorized, "\(name)")
                    #expect(try await others.send(.post, path, headers: through).status == .forbidden, "\(name)")
                    #expect(try await host.send(.post, path, headers: through).status == .created, "\(name)")
                    let both = HTTPFields(Array(through) + Array(foreign))
                    #expect(try await host.send(.post, path, headers: both).status == .forbidden, "\(name)")
                }
                #expect(try await host.send(.post, path, headers: foreign).status == .forbidden)
                #expect(try await nobody.send(.post, path, headers: foreign).status == .forbidden)
            }
        }
    }

    @Test("a host makes thirty meetings an hour, and hears when the next may be made", .timeLimit(.minutes(1)))
    func rate() async throws {
        try await TestAccounts.run { accounts in
            for creators in Creators.allCases {
                try await accounts.serve(creators: creators) { server in
                    let number = creators == .anyone ? 1 : 2
                    let host = try await accounts.person(number, [.host], at: server)
                    let other = try await accounts.person(number + 2, [.host], at: server)
                    let forwarded = [try #require(HTTPField.Name("X-Forwarded-For")): "192.0.2.1"] as HTTPFields
                    func make(_ person: TestPerson) async throws -> TestResponse {
                        try await person.send(.post, "/api/v1/meetings", headers: forwarded)
                    }
                    for _ in 0..<30 { #expect(try await make(host).status == .created) }
                    let refused = try await make(host)
                    #expect(refused.problem == .tooFast)
                    #expect(refused.status == .tooManyRequests)
                    #expect(refused.headers[.retryAfter] == "3600")
                    #expect(try await make(other).status == .created)
                    accounts.clock.advance(3_600)
                    #expect(try await make(host).status == .created)
                }
            }
        }
    }
}
