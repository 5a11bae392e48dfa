import Edge
import HTTPTypes
import Privacy
import Redaction
import Signalling
import Synchronization
import Testing

@Suite("What is kept of whoever has no account, over HTTP")
struct ReceiptRouteTests {
    private static let path = "/api/v1/mine"

    private static func query(_ tables: [String]) -> ReceiptQuery {
        let tag = ReceiptTag(bytes: [UInt8](repeating: 1, count: 16))
        return ReceiptQuery(tags: tables.map { TaggedTable(table: $0, tag: tag) })
    }

    @Test("anybody reads where the catalogue says that something is kept, and searches it all", .timeLimit(.minutes(1)))
    func search() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let guest = TestPerson(server: server, number: 0)
                let places = try await guest.send(.get, Self.path).read(ReceiptPlaces.self)
                #expect(places.guests == Catalogue.entries.receiptTables)
                #expect(places.accounts == Catalogue.entries.accountTables)
                #expect(places.accounts.contains("account"))
                let found = try await guest.send(.post, Self.path, ReceiptQuery(tags: []))
                #expect(found.status == .ok)
                #expect(try found.read(ReceiptFindings.self) == ReceiptFindings(searched: []))
            }
        }
    }

    @Test("a table without tags, and what is no question, are refused", .timeLimit(.minutes(1)))
    func refused() async throws {
        try await TestAccounts.run { accounts in
            try await accounts.serve { server in
                let guest = TestPerson(server: server, number: 0)
                let many = (0...ReceiptLimits.tables).map { "t\($0)" }
                for tables in [["account"], ["nothing"], ["a", "a"], many] {
                    let response = try await guest.send(.post, Self.path, Self.query(tables))
                    #expect(response.problem == .malformed, "\(tables)")
                }
                for text in [
                    "", "{}", "[]", #"{"tags":[{"table":"","tag":"AAAAAAAAAAAAAAAAAAAAAA"}]}"#,
                    #"{"tags":[{"table":"a","tag":"AAAA"}]}"#, #"{"tags":[],"code":"0"}"#,
                    #"{"tags":[{"table":"a b","tag":"AAAAAAAAAAAAAAAAAAAAAA"}]}"#,
                ] {
                    #expect(try await guest.send(.post, Self.path, text: text).problem == .malformed, "\(text)")
                }
                let foreign: HTTPFields = [.origin: "https://example.com"]
                #expect(try await guest.send(.post, Self.path, Self.query([]), headers: foreign).problem == .forbidden)
                let long = String(repeating: " ", count: JSONLimits.messageBytes + 1)
                #expect(try await guest.send(.post, Self.path, text: long).problem == .tooLarge)
            }
        }
    }

    @Test("whoever asks too often waits, others do not, and nothing is written", .timeLimit(.minutes(1)))
    func limit() async throws {
        let events = Events()
        try await TestAccounts.run { accounts in
            let log = EventLog { event in events.all.withLock { $0.append(event) } }
            try await TestServer.run(trusting: ["127.0.0.1"], accounts: accounts, log: log) { server in
                let guest = TestPerson(server: server, number: 0)
                let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
                func ask(_ address: String, from origin: String? = nil) async throws -> TestResponse {
                    var headers: HTTPFields = [forwarded: address]
                    if let origin { headers[.origin] = origin }
                    return try await guest.send(.post, Self.path, Self.query([]), headers: headers)
                }
                // Another site's page is refused, and counted against nobody.
                for _ in 0..<500 {
                    #expect(try await ask("192.0.2.1", from: "https://example.com").problem == .forbidden)
                }
                var answer = try await ask("192.0.2.1")
                // A hundred and twenty at once, and two a second while they are asked.
                for _ in 0..<1_000 where answer.status == .ok { answer = try await ask("192.0.2.1") }
                #expect(answer.problem == .tooFast)
                #expect(answer.headers[.retryAfter] != nil)
                #expect(try await ask("198.51.100.7").status == .ok)
            }
        }
        #expect(events.all.withLock { $0 } == [])
    }

    private final class Events: Sendable {
        let all = Mutex<[LogEvent]>([])
    }

    @Test("where nothing is kept of anybody there is nothing to ask", .timeLimit(.minutes(1)))
    func without() async throws {
        try await TestServer.run { server in
            let guest = TestPerson(server: server, number: 0)
            for method in [HTTPRequest.Method.get, .post] {
                let response = try await guest.send(method, Self.path)
                #expect(response.problem == .notFound)
            }
            let page = try await server.get("/mine")
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        }
    }
}
