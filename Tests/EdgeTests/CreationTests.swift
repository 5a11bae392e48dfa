import Edge
import HTTPTypes
import NIOCore
import Signalling
import Testing

@Suite("Making a meeting")
struct CreationTests {
    private static func create(_ server: TestServer, _ headers: HTTPFields) async throws -> HTTPResponse.Status {
        try await server.client.executeRequest(uri: "/api/v1/meetings", method: .post, headers: headers, body: nil)
            .status
    }

    @Test("a program on this machine may", .timeLimit(.minutes(1)))
    func local() async throws {
        try await TestServer.run { server in
            let plain = try await Self.create(server, [:])
            #expect(plain == .created)
        }
    }

    @Test("a request through a proxy may not, whatever its forwarding header is called", .timeLimit(.minutes(1)))
    func forwarded() async throws {
        try await TestServer.run { server in
            for name in ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"] {
                let field = try #require(HTTPField.Name(name))
                #expect(try await Self.create(server, [field: "x"]) == .forbidden, "\(name)")
            }
        }
    }

    @Test("another site's page may not", .timeLimit(.minutes(1)))
    func foreign() async throws {
        try await TestServer.run { server in
            for origin in [
                "https://example.com", "null", "http://localhost:1", "http://localhost:\(server.port).example",
            ] {
                let foreign = try await Self.create(server, [.origin: origin])
                #expect(foreign == .forbidden, "\(origin)")
            }
        }
    }

    @Test(
        "the server's own page may, and a page of the same machine under another name may not", .timeLimit(.minutes(1)))
    func own() async throws {
        try await TestServer.run { server in
            // Each name of this machine is a site of its own to a browser. The request is written out, because clients put
            // in a Host of their own.
            for (host, origin, status) in [
                ("localhost", "http://localhost:\(server.port)", "201"),
                ("localhost", "https://localhost:\(server.port)", "201"),  // behind a proxy that adds TLS
                ("127.0.0.1", "http://127.0.0.1:\(server.port)", "201"),
                ("localhost", "http://127.0.0.1:\(server.port)", "403"),
                ("127.0.0.1", "http://localhost:\(server.port)", "403"),
            ] {
                let answer = try await server.raw(
                    """
                    POST /api/v1/meetings HTTP/1.1\r
                    Host: \(host):\(server.port)\r
                    Origin: \(origin)\r
                    Content-Length: 0\r
                    Connection: close\r
                    \r

                    """)
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(host) \(origin)")
            }
        }
    }

    @Test("an invite is registered once, with the meeting's own token", .timeLimit(.minutes(1)))
    func invite() async throws {
        try await TestServer.run { server in
            let created = try await server.created()
            let other = try await server.created()
            let body = try TestMeeting(created.id).registration.encoded
            #expect(try await server.register(body, created, token: other.token.text).status == .unauthorized)
            #expect(try await server.register(body, created, token: "x").status == .unauthorized)
            #expect(try await server.register("{}", created).status == .badRequest)
            #expect(
                try await server.register(String(repeating: " ", count: 66_000), created).status == .contentTooLarge)
            #expect(try await server.register(body, created).status == .noContent)
            #expect(try await server.register(body, created).status == .conflict)
            let unknown = MeetingCreated(id: MeetingID(bytes: [UInt8](repeating: 9, count: 16)), token: created.token)
            #expect(try await server.register(body, unknown).status == .unauthorized, "as with a wrong token")
        }
    }
}
