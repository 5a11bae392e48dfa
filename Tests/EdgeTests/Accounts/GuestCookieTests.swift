import BeraadTesting
import Edge
import HTTPTypes
import Meeting
import Signalling
import Testing

@Suite("Guests", .promise("P-018"))
struct GuestCookieTests {
    private static let paths =
        [
            "/", "/m/AAAAAAAAAAAAAAAAAAAAAA", "/privacy", "/mine", "/nowhere", "/sw.js",
            "/manifest.webmanifest", "/healthz", "/metrics", "/api/v1/mine",
            "/api/v1/openapi.json", "/api/v1/meetings/AAAAAAAAAAAAAAAAAAAAAA/socket", "/a/none/app.js", "/api/v1/none",
            "/api/v1/blobs/AAAAAAAAAAAAAAAAAAAAAA",
        ] + AccountPage.allCases.map(\.rawValue)

    @Test("no page, file or answer that a guest gets sets a cookie, whatever they bring", .timeLimit(.minutes(1)))
    func never() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let host = try await accounts.person(1, [.host], at: server)
                var forger = TestPerson(server: server, number: 2)
                forger.cookie = SessionToken(bytes: [UInt8](repeating: 1, count: 32)).text
                for person in [TestPerson(server: server, number: 3), forger, host] {
                    for path in Self.paths {
                        for method in [HTTPRequest.Method.get, .head, .post, .put, .delete] {
                            let response = try await person.send(method, path)
                            #expect(response.headers[values: .setCookie] == [], "\(method) \(path)")
                        }
                    }
                }
                // Nobody got one for asking at the wrong door either.
                for route in Route.allCases {
                    let path = route.template.replacing(#/\{\w+\}/#, with: "AAAAAAAAAAAAAAAAAAAAAA")
                    let response = try await forger.send(route.method, path)
                    #expect(response.headers[values: .setCookie] == [], "\(route)")
                }
            }
        }
    }

    @Test("every route that needs no account is one of those, or leads to being signed in")
    func all() {
        for route in Route.allCases where Permission.allows(route.action(.accounts), to: nil) {
            if case .signIn = route { continue }
            let isWalked = Self.paths.contains { path in
                let pieces = route.template.split(separator: "/").map(String.init)
                let parts = path.split(separator: "/").map(String.init)
                return pieces.count == parts.count && zip(pieces, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
            }
            // Making a meeting joinable and changing its links needs its token, which only its creator has.
            #expect(isWalked || [.registerInvite, .addTickets, .revokeTicket].contains(route), "\(route)")
        }
    }
}
