import BeraadTesting
import Edge
import HTTPTypes
import Meeting
import Redaction
import Signalling
import Testing

@Suite("Requests that another site has somebody's browser make")
struct ForgeryTests {
    @Test("another origin, or a body that is not said to be JSON, changes nothing", .timeLimit(.minutes(1)))
    func origin() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host, .admin], at: server)
                let plan = MeetingPlan(starts: 1_900_000_000, minutes: 30, profile: .coaching)
                let origins = [
                    "https://example.com", "null", "http://localhost:1", "http://\(server.authority).example",
                ]
                for origin in origins {
                    for (method, path) in [
                        (HTTPRequest.Method.post, "/api/v1/account/meetings"), (.delete, "/api/v1/account"),
                        (.delete, "/api/v1/account/sessions"), (.post, "/api/v1/account/session"),
                    ] {
                        let body = method == .post ? plan : nil
                        let response = try await anna.send(method, path, body, headers: [.origin: origin])
                        #expect(response.status == .forbidden, "\(origin) \(path)")
                    }
                }
                for type in [
                    "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx",
                ] {
                    let response = try await anna.send(
                        .post, "/api/v1/account/meetings", plan, headers: [.contentType: type])
                    #expect(response.problem == .malformed, "\(type)")
                }
                let charset: HTTPFields = [.contentType: "application/json; charset=utf-8"]
                #expect(
                    try await anna.send(.post, "/api/v1/account/meetings", plan, headers: charset).status == .created)
                #expect(try await anna.info().roles == [.host, .admin])
            }
        }
    }

    @Test("two cookies of that name, or one that is no token, are none", .timeLimit(.minutes(1)))
    func cookies() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, [.host], at: server)
                let cookie = try #require(anna.cookie)
                let path = "/api/v1/account/session"
                let fine = ["__Host-beraad=\(cookie)", "a=b; __Host-beraad=\(cookie)", "__Host-beraad=\(cookie);c=d"]
                for text in fine { #expect(try await anna.send(.get, path, headers: [.cookie: text]).status == .ok) }
                let bad = [
                    "__Host-beraad=\(cookie); __Host-beraad=\(cookie)", "__host-beraad=\(cookie)", "beraad=\(cookie)",
                    "__Host-beraad=", "__Host-beraad=\(cookie)A", "__Host-beraad=\(cookie.dropLast())", "",
                    "x__Host-beraad=\(cookie)",
                ]
                for text in bad {
                    #expect(
                        try await anna.send(.get, path, headers: [.cookie: text]).status == .noContent, "\(text)")
                }
            }
        }
    }

    @Test("bodies that are none are refused by every route that takes one", .timeLimit(.minutes(1)))
    func bodies() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let anna = try await accounts.person(1, .all, at: server)
                for route in Route.allCases where route.method == .post || route.method == .put {
                    switch route {
                    case .signIn, .account:
                        let path = route.template.replacing("{id}", with: "AAAAAAAAAAAAAAAAAAAAAA")
                        for text in ["", "{", "[]", "null", #"{"more":1}"#, String(repeating: " ", count: 70_000)] {
                            let response = try await anna.send(route.method, path, text: text)
                            let expected: [Problem.Kind?] = [.malformed, .tooLarge]
                            #expect(expected.contains(response.problem), "\(route) \(text.prefix(20))")
                        }
                    default: break
                    }
                }
            }
        }
    }
}
