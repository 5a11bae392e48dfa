import BeraadTesting
import Edge
import Foundation
import Server
import Signalling
import Testing

/// Where `beraad verify` looks, and whom it believes to be there.
@Suite("The way to a server that is looked at")
struct VerifyConnectionTests {
    @Test("a server's address and a meeting's are taken, and nothing that would tell its secret")
    func addresses() throws {
        let meeting = VerifyTests.meeting.text
        for (text, origin) in [
            ("https://meet.example.org", "https://meet.example.org"),
            ("https://m.example:8443/", "https://m.example:8443"),
            ("http://localhost:8080", "http://localhost:8080"), ("http://[::1]:8080", "http://[::1]:8080"),
            ("HTTPS://meet.example.org:443/m/\(meeting)", "https://meet.example.org"),
        ] {
            #expect(try LiveServer(text).origin == origin, "\(text)")
        }
        #expect(try LiveServer("https://meet.example.org/m/\(meeting)").meeting == VerifyTests.meeting)
        for (text, mistake) in [
            ("meet.example.org", .address), ("ftp://meet.example.org", .address), ("https://", .address),
            ("https://a@meet.example.org", .address), ("https://meet.example.org/m/short", .address),
            ("https://meet.example.org/a/b", .address), ("https://meet.example.org?x", .address),
            ("https://meet.example.org:0", .address), ("https://meet.example.org:65536", .address),
            ("https://meet.example.org/m/\(meeting)#AQ", .secret), ("http://meet.example.org", .plain),
            ("http://10.77.0.1:8080", .plain),
        ] as [(String, LiveServer.Mistake)] {
            #expect(throws: mistake, "\(text)") { try LiveServer(text) }
        }
    }

    @Test("over TLS a server is equal only behind a certificate for its name that is trusted", .timeLimit(.minutes(2)))
    func certificates() async throws {
        let site = try TestBundle.site()
        let (own, trusted) = try Self.files(TestCertificate())
        let (other, alsoTrusted) = try Self.files(TestCertificate(name: "meet.example.org"))
        // A left-over file harms nobody.
        defer { for file in [trusted, alsoTrusted] { try? FileManager.default.removeItem(at: file) } }
        try await TestServer.run(site: site, tls: own) { server in
            let address = "https://127.0.0.1:\(server.port)"
            let known = try await VerifyTests.look(at: address, against: site, trusting: trusted.path)
            #expect(known.findings == [])
            #expect(known.verdict == .equal)
            let unknown = try await VerifyTests.look(at: address, against: site)
            #expect(unknown.interruption == .certificate)
            #expect(VerifyText(origin: address, report: unknown).outcome?.status == 2)
        }
        try await TestServer.run(site: site, tls: other) { server in
            let address = "https://127.0.0.1:\(server.port)"
            let report = try await VerifyTests.look(at: address, against: site, trusting: alsoTrusted.path)
            #expect(report.interruption == .certificate)
            #expect(report.compared == 0)
        }
    }

    private static func files(_ certificate: TestCertificate) throws -> (ServerCertificate, URL) {
        let file = FileManager.default.temporaryDirectory.appending(path: "beraad-\(UUID().uuidString).pem")
        try Data(certificate.certificate.utf8).write(to: file)
        return (try certificate.inFiles { server, _ in server }, file)
    }

    @Test("who does not speak TLS, and a port where nobody is, are told apart", .timeLimit(.minutes(1)))
    func nobody() async throws {
        let site = try TestBundle.site()
        let port = try await TestServer.run(site: site) { server in
            let report = try await VerifyTests.look(at: "https://127.0.0.1:\(server.port)", against: site)
            #expect(report.interruption == .notTLS)
            return server.port
        }
        let report = try await VerifyTests.look(at: "http://127.0.0.1:\(port)", against: site)
        #expect(report.interruption == .unreachable)
        #expect(report.verdict == .unknown)
    }

    @Test("longer strict transport is as good, shorter is not, and one more policy takes nothing away")
    func strength() {
        let transport = "Strict-Transport-Security"
        for (found, isKept) in [
            (["max-age=31536000"], true), (["max-age=63072000; includeSubDomains; preload"], true),
            (["includeSubDomains;Max-Age=31536000"], true), (["max-age=31535999"], false), (["max-age=0"], false),
            ([], false), (["max-age=31536000", "max-age=0"], false), (["max-age=0; max-age=31536000"], false),
            (["max-age=99999999999999999999999"], false), (["max-age=x"], false),
            (["max-age=31536000\u{37E} includeSubDomains"], false), (["max-age=31536000;\u{A0}"], false),
        ] as [([String], Bool)] {
            #expect(HeaderRules.isKept(transport, "max-age=31536000", found) == isKept, "\(found)")
        }
        let policy = "Content-Security-Policy"
        for (found, isKept) in [
            (["default-src 'none'"], true), (["default-src 'none', script-src 'self'"], true),
            (["default-src *", "default-src 'none'"], true), (["default-src 'none'; script-src *"], false), ([], false),
            (["\u{A0}default-src 'none'"], false), (["default-src 'none'\u{A0}"], false),
        ] as [([String], Bool)] {
            #expect(HeaderRules.isKept(policy, "default-src 'none'", found) == isKept, "\(found)")
        }
        // U+037E is a semicolon to Swift and to no browser.
        let two = "default-src 'none'; script-src 'self'"
        #expect(HeaderRules.isKept(policy, two, [two]))
        #expect(!HeaderRules.isKept(policy, two, ["default-src 'none'\u{37E} script-src 'self'"]))
        #expect(!HeaderRules.isKept("Referrer-Policy", "a;b", ["a\u{37E}b"]))
        for (found, staysHere) in [
            ([], true), (["h3=\":443\"; ma=2592000"], true), (["h3=\":443\", h2=\":443\""], true), (["clear"], true),
            (["h3=\"other.example:443\""], false), (["h3=\":443\", h2=\"other.example:443\""], false),
            (["h3=\""], false),
        ] as [([String], Bool)] {
            #expect(HeaderRules.staysHere(alternatives: found) == staysHere, "\(found)")
        }
    }

    @Test("a server's texts cannot write on a terminal, and JSON has them as they came", .timeLimit(.minutes(1)))
    func words() async throws {
        let site = try TestBundle.site()
        let report = try await FalseServer.run { _ in
            var answer = FalseAnswer(page: "")
            answer.status = 302
            answer.set("Location", ["https://other.example/\u{9B}31m" + String(repeating: "x", count: 5_000)])
            return .answer(answer)
        } _: { port in
            try await VerifyTests.look(at: "http://127.0.0.1:\(port)", against: site)
        }
        let text = VerifyText(origin: "https://meet.example.org", report: report)
        #expect(text.lines.contains("/ sends visitors on to https://other.example/\\u{009B}31mxx"))
        #expect(text.lines.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "…" || (0x20..<0x7F).contains($0.value) })
        #expect(text.lines.utf8.count < 1_500 * VerifyTests.pages.count)
        #expect(try text.json().utf8.allSatisfy { $0 == UInt8(ascii: "\n") || (0x20..<0x7F).contains($0) })
        let parsed = try JSONSerialization.jsonObject(with: Data(try text.json().utf8)) as? [String: Any]
        #expect(parsed?["verdict"] as? String == "differs")
        let findings = try #require(parsed?["findings"] as? [[String: Any]])
        #expect(findings.map { $0["kind"] as? String } == VerifyTests.pages.map { _ in "redirected" })
        #expect((findings[0]["to"] as? String)?.contains("\u{9B}") == true)
    }
}
