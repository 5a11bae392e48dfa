import Edge
import Foundation
import HTTPTypes
import Meeting
import NIOCore
import Signalling
import Testing

@Suite("What the server answers over HTTP")
struct RoutesTests {
    private static func problem(_ response: TestResponse) -> Problem.Kind? {
        try? Problem(decoding: Array(response.body.readableBytesView)).error
    }

    @Test("unknown paths are JSON for programs and the page for people", .timeLimit(.minutes(1)))
    func notFound() async throws {
        try await TestServer.run { server in
            let program = try await server.get("/nowhere")
            #expect(program.status == .notFound)
            #expect(Self.problem(program) == .notFound)
            let person = try await server.get("/nowhere", [.accept: "text/html,application/xhtml+xml"])
            #expect(person.status == .notFound)
            #expect(person.headers[.contentType] == "text/html; charset=utf-8")
            for path in ["/a/release/app.js", "/a/0/../index.html", "/m/", "/m/a/b", "/api/v1/meetings/x/y"] {
                #expect(try await server.get(path).status == .notFound, "\(path)")
            }
        }
    }

    @Test(
        "the page stands wherever an installed program and `beraad verify` take it to be, and nowhere else",
        .timeLimit(.minutes(1)))
    func pages() async throws {
        let site = try TestServer.site()
        try await TestServer.run(site: site) { server in
            var found: [Route] = []
            for route in Route.allCases where route.method == .get {
                let path = route.template.replacing(#/{\w+}/#, with: String(repeating: "A", count: 22))
                let answer = try await server.get(path)
                if answer.status == .ok, String(buffer: answer.body) == site.page { found.append(route) }
            }
            #expect(Set(found) == Set(Route.pages) && found.count == Route.pages.count)
        }
    }

    @Test("every one-time link leads to the page", .timeLimit(.minutes(1)))
    func oneTimeLinks() async throws {
        try await TestServer.run { server in
            for kind in LinkKind.allCases {
                let response = try await server.get(kind.page)
                #expect(response.status == .ok, "\(kind)")
                #expect(response.headers[.contentType] == "text/html; charset=utf-8")
            }
        }
    }

    @Test("a wrong method is told which one is right", .timeLimit(.minutes(1)))
    func method() async throws {
        try await TestServer.run { server in
            let response = try await server.get("/api/v1/meetings")
            #expect(response.status == .methodNotAllowed)
            #expect(response.headers[.allow] == "POST")
            #expect(Self.problem(response) == .methodNotAllowed)
        }
    }

    @Test("a file that is known is not sent again, and HEAD sends none", .timeLimit(.minutes(1)))
    func caching() async throws {
        let site = try TestServer.site()
        try await TestServer.run { server in
            let file = try #require(site.file("app.js"))
            let path = "/a/\(site.release)/app.js"
            let again = try await server.get(path, [.ifNoneMatch: file.entityTag])
            #expect(again.status == .notModified)
            #expect(again.body.readableBytes == 0)
            let head = try await server.client.executeRequest(uri: path, method: .head, headers: [:], body: nil)
            #expect(head.status == .ok)
            #expect(head.headers[.contentLength] == String(file.bytes.count))
        }
    }

    @Test("the OpenAPI document has every route with its method", .timeLimit(.minutes(1)))
    func openAPI() async throws {
        try await TestServer.run { server in
            let response = try await server.get("/api/v1/openapi.json")
            let parsed = try JSONSerialization.jsonObject(with: Data(response.body.readableBytesView))
            let paths = try #require((parsed as? [String: Any])?["paths"] as? [String: [String: Any]])
            #expect(Set(paths.keys) == Set(Route.allCases.map(\.template)))
            #expect(paths.values.map(\.count).reduce(0, +) == Route.allCases.count)
            for route in Route.allCases {
                #expect(paths[route.template]?[route.method.rawValue.lowercased()] != nil, "\(route.template)")
            }
        }
    }

    @Test("metrics are for this machine and never for a proxy", .timeLimit(.minutes(1)))
    func metrics() async throws {
        try await TestServer.run { server in
            let local = try await server.get("/metrics")
            #expect(String(buffer: local.body).contains("beraad_meetings 0"))
            let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
            #expect(try await server.get("/metrics", [forwarded: "192.0.2.1"]).status == .forbidden)
        }
    }

    @Test("health is a word", .timeLimit(.minutes(1)))
    func health() async throws {
        try await TestServer.run { server in
            let answer = try await server.get("/healthz")
            #expect(String(buffer: answer.body) == "ok")
        }
    }
}
