import Foundation
import HTTPTypes
import NIOCore
import Redaction
import Signalling
import Testing

/// Somebody with a browser: what they know, and the cookie they have.
struct TestPerson: Sendable {
    let server: TestServer
    let number: Int
    /// The value of the cookie, once there is one.
    var cookie: String?

    init(server: TestServer, number: Int) {
        self.server = server
        self.number = number
    }

    var email: String { "person-\(self.number)@example.org" }
    var password: String { "the password of person \(self.number)" }

    func creation(_ token: LinkToken) -> AccountCreation {
        AccountCreation(
            token: token, email: Redacted(self.email), name: Redacted("Person \(self.number)"),
            password: Redacted(self.password))
    }

    var signIn: SignIn { SignIn(email: Redacted(self.email), password: Redacted(self.password)) }

    /// Asks as the server's own page does: with the cookie, and with its origin where something changes.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: (any HTTPBody)? = nil, text: String? = nil,
        headers more: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.contentType: "application/json"]
        if method != .get { headers[.origin] = "http://\(self.server.authority)" }
        if let cookie = self.cookie { headers[.cookie] = "__Host-beraad=\(cookie)" }
        for field in more { headers[field.name] = field.value }
        let bytes = body?.encoded ?? text ?? (method == .post || method == .put ? "{}" : nil)
        return try await self.server.client.executeRequest(
            uri: path, method: method, headers: headers, body: bytes.map { ByteBuffer(string: $0) })
    }

    /// Who is signed in, by this browser.
    func info() async throws -> SessionInfo {
        let response = try await self.send(.get, "/api/v1/account/session")
        try #require(response.status == .ok)
        return try response.read(SessionInfo.self)
    }

    /// The same person in another browser, after the password.
    func again() async throws -> TestPerson {
        var other = self
        other.cookie = nil
        let response = try await other.send(.post, "/api/v1/account/session", self.signIn)
        try #require(response.status == .ok)
        try other.keep(response)
        return other
    }

    /// Takes the cookie of an answer, as a browser does.
    mutating func keep(_ response: TestResponse) throws {
        let cookie = try #require(Self.cookie(response))
        self.cookie = cookie
    }

    /// The value of the cookie that an answer sets.
    static func cookie(_ response: TestResponse) -> String? {
        response.headers[.setCookie].flatMap { $0.firstMatch(of: #/^__Host-beraad=([\w-]+);/#).map { String($0.1) } }
    }
}

extension TestResponse {
    func read<Body: HTTPBody>(_: Body.Type) throws -> Body {
        try Body(decoding: Array(self.body.readableBytesView))
    }

    /// The one word of an error.
    var problem: Problem.Kind? { try? self.read(Problem.self).error }
}
