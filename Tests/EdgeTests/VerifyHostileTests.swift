import BeraadTesting
import Edge
import Foundation
import Server
import Signalling
import Testing

/// `beraad verify` against servers that serve this client and change something on the way.
@Suite("A server that hides what it changed", .promise("P-089"))
struct VerifyHostileTests {
    private let site: Site

    init() throws {
        self.site = try TestBundle.site()
    }

    /// Looks at a server that passes on what an honest one says, changed by `change`.
    private func look(
        patience: Duration = .seconds(20),
        _ change: @escaping @Sendable (_ path: String, inout FalseAnswer) -> FalseServer.Reply? = { _, _ in nil }
    ) async throws -> VerifyReport {
        try await TestServer.run(site: self.site) { honest in
            let reply = { @Sendable (path: String) async throws -> FalseServer.Reply in
                var answer = FalseAnswer(try await honest.get(path))
                return change(path, &answer) ?? .answer(answer)
            }
            return try await FalseServer.run(reply) { port in
                try await VerifyTests.look(at: "http://127.0.0.1:\(port)", against: self.site, patience: patience)
            }
        }
    }

    private func path(_ file: String) -> String { "/a/\(self.site.release)/\(file)" }

    private func names(_ report: VerifyReport) -> [String] { report.findings.map(VerifyTests.brief) }

    @Test("passing everything on is no difference, and what proxies add is none", .timeLimit(.minutes(1)))
    func proxy() async throws {
        let report = try await self.look { _, answer in
            answer.add("Via", "1.1 proxy")
            answer.add("Alt-Svc", "h3=\":443\"; ma=2592000")
            answer.add("Content-Security-Policy", "default-src 'none'")
            return nil
        }
        #expect(report.findings == [])
        #expect(report.verdict == .equal)
    }

    @Test(
        "a module changed under its old name is named, though page and hashes are the right ones",
        .timeLimit(.minutes(1)))
    func sameRelease() async throws {
        let module = self.path("media/peer.js")
        let report = try await self.look { path, answer in
            guard path == module else { return nil }
            answer.body = Array(String(decoding: answer.body, as: UTF8.self).replacing("true", with: "false").utf8)
            return nil
        }
        #expect(self.names(report) == ["\(module) changed from line 2"])
    }

    @Test("a worker changed at the root alone is named, before its first line too", .timeLimit(.minutes(1)))
    func worker() async throws {
        let end = try await self.look { path, answer in
            if path == "/sw.js" { answer.body += Array("fetch('/x');\n".utf8) }
            return nil
        }
        #expect(self.names(end) == ["/sw.js changed from line 3"])
        let start = try await self.look { path, answer in
            if path == "/sw.js" { answer.body = Array(answer.body.drop { $0 != UInt8(ascii: "\n") }) }
            return nil
        }
        #expect(self.names(start) == ["/sw.js changed from line 1"])
    }

    @Test(
        "a page for one sort of address only is seen, also with a policy that lets its script run",
        .timeLimit(.minutes(1)), arguments: VerifyTests.pages)
    func onePage(page: String) async throws {
        let report = try await self.look { path, answer in
            guard path == page else { return nil }
            answer.body = Array(
                String(decoding: answer.body, as: UTF8.self).replacing("</head>", with: "<script>x()</script></head>")
                    .utf8)
            let policy = answer.headers.first { $0.name.lowercased() == "content-security-policy" }?.value ?? ""
            answer.set("Content-Security-Policy", [policy.replacing("'self' '", with: "'self' 'unsafe-inline' '")])
            return nil
        }
        let names = self.names(report)
        #expect(names.count == 2)
        #expect(names[0].hasPrefix("\(page) changed from line "))
        #expect(names[1].hasPrefix("Content-Security-Policy"))
        #expect(names[1].hasSuffix("of 1"))
    }

    @Test(
        "a header that is missing, weaker, there twice or new is named once, with all its paths",
        .timeLimit(.minutes(1)),
        arguments: [
            ("Content-Security-Policy", []), ("Content-Security-Policy", ["default-src * 'unsafe-inline'"]),
            ("Integrity-Policy", []), ("Cross-Origin-Opener-Policy", ["unsafe-none"]),
            ("Cross-Origin-Embedder-Policy", ["require-corp", "unsafe-none"]),
            ("Cross-Origin-Resource-Policy", ["cross-origin"]), ("Referrer-Policy", ["no-referrer, unsafe-url"]),
            ("X-Content-Type-Options", []), ("Permissions-Policy", ["camera=*"]), ("Cache-Control", ["max-age=60"]),
            ("Content-Type", ["text/html; charset=utf-7"]), ("set-cookie", ["id=1"]),
            ("link", ["</x.css>; rel=stylesheet"]), ("refresh", ["0; url=https://other.example/"]),
            ("content-encoding", ["gzip"]),
        ] as [(String, [String])])
    func headers(name: String, values: [String]) async throws {
        let report = try await self.look { path, answer in
            if path.hasPrefix("/a/"), path.hasSuffix(".js") { answer.set(name, values) }
            return nil
        }
        #expect(self.names(report) == ["\(name) \(values) of 4"])
        #expect(report.verdict == .differs)
    }

    @Test("a missing file is named, and who sends visitors elsewhere is not followed", .timeLimit(.minutes(1)))
    func missing() async throws {
        let (gone, moved) = (self.path("app.js"), self.path("media/peer.js"))
        let report = try await self.look { path, answer in
            if path == gone { answer.status = 404 }
            if path == moved {
                answer.status = 302
                answer.set("Location", ["https://other.example/peer.js"])
            }
            return nil
        }
        #expect(self.names(report) == ["\(gone) answers 404", "\(moved) to https://other.example/peer.js"])
    }

    @Test("where the page itself is elsewhere, nothing more is asked", .timeLimit(.minutes(1)))
    func pageElsewhere() async throws {
        let report = try await self.look { _, answer in
            answer.status = 301
            answer.set("Location", ["https://other.example/"])
            return nil
        }
        #expect(report.compared == VerifyTests.pages.count)
        #expect(self.names(report) == VerifyTests.pages.map { "\($0) to https://other.example/" })
        let outcome = VerifyText(origin: "https://meet.example.org", report: report).outcome
        #expect(outcome?.status == 1)
    }

    @Test("an answer without an end is cut off and named", .timeLimit(.minutes(1)))
    func endless() async throws {
        let module = self.path("app.js")
        let report = try await self.look { path, answer in path == module ? .endless(answer) : nil }
        #expect(self.names(report) == ["\(module) endless"])
    }

    @Test("hints before the answer count as the answer", .timeLimit(.minutes(1)))
    func hints() async throws {
        let report = try await self.look { path, answer in
            guard path == "/" else { return nil }
            answer.hints = "HTTP/1.1 103 Early Hints\r\nLink: <https://other.example>; rel=preconnect\r\n\r\n"
            return nil
        }
        #expect(self.names(report) == ["/ answers 103"])
    }

    @Test(
        "a server that falls silent is told apart from one that differs, and what differs is told first",
        .timeLimit(.minutes(1)))
    func silence() async throws {
        let (module, page) = (self.path("app.js"), VerifyTests.meetingPath)
        var report = try await self.look(patience: .seconds(3)) { path, _ in path == module ? .silence : nil }
        #expect(report.findings == [])
        #expect(report.interruption == .slow)
        #expect(VerifyText(origin: "https://meet.example.org", report: report).outcome?.status == 2)
        report = try await self.look(patience: .seconds(3)) { path, answer in
            if path == page { answer.body.append(UInt8(ascii: " ")) }
            return path == module ? .silence : nil
        }
        #expect(report.findings.count == 1)
        #expect(report.verdict == .differs)
    }

    @Test("out of order, too busy, no web server and another site each have their sentence", .timeLimit(.minutes(1)))
    func sentences() async throws {
        let origin = "https://meet.example.org"
        func outcome(_ reply: FalseServer.Reply) async throws -> (sentence: String, status: Int32)? {
            let report = try await FalseServer.run({ _ in reply }) { port in
                try await VerifyTests.look(at: "http://127.0.0.1:\(port)", against: self.site)
            }
            return VerifyText(origin: origin, report: report).outcome
        }
        var failing = FalseAnswer(page: "")
        failing.status = 502
        let broken = try #require(try await outcome(.answer(failing)))
        #expect(broken.sentence == "\(origin) answers with error 502; try again later.")
        #expect(broken.status == 2)
        let mail = try #require(try await outcome(.raw("220 mail.example.org ESMTP\r\n")))
        #expect(mail.sentence == "\(origin) does not answer as a web server does; check address and port.")
        #expect(mail.status == 2)
        let other = try #require(try await outcome(.answer(FalseAnswer(page: "<title>Welcome</title>"))))
        #expect(other.status == 1)
        #expect(other.sentence.hasSuffix("the page at \(origin) is not Beraad's; check the address."))
    }
}
