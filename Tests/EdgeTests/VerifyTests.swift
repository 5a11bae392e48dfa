import BeraadTesting
import Edge
import Foundation
import Signalling
import Testing

/// `beraad verify` against servers of this version: what they serve is what their folder holds (`e2ee.md` 7.9).
@Suite("Does a server serve this client?", .promise("P-089"))
struct VerifyTests {
    static let meeting = MeetingID(bytes: [UInt8](repeating: 9, count: 16))
    static let meetingPath = "/m/\(meeting.text)"
    static let pages = Route.pages.map { $0.template.replacing("{id}", with: Self.meeting.text) }

    /// The page everywhere, where only other files are other ones.
    private static let derived = pages.map { "\($0) derived" }

    /// What comes of looking at a port of this machine.
    static func look(
        at address: String, against site: Site, trusting file: String? = nil, patience: Duration = .seconds(20)
    ) async throws -> VerifyReport {
        let server = try LiveServer(address)
        var limits = VerifyLimits()
        limits.patience = patience
        return await Verification(
            of: server, against: site, meeting: Self.meeting, trust: try LiveTrust(for: server, beside: file),
            limits: limits
        ).report()
    }

    private func look(serving served: Site, against site: Site) async throws -> VerifyReport {
        try await TestServer.run(site: served) { server in
            try await Self.look(at: "http://127.0.0.1:\(server.port)", against: site)
        }
    }

    /// A finding without its hashes.
    static func brief(_ finding: VerifyFinding) -> String {
        switch finding {
        case .changed(let path, let line, _, _): "\(path) changed" + (line.map { " from line \($0)" } ?? "")
        case .derived(let path): "\(path) derived"
        case .redirected(let path, let place): "\(path) to \(place)"
        case .missing(let path, let status): "\(path) answers \(status)"
        case .endless(let path, _): "\(path) endless"
        case .unexpected(let path): "\(path) unexpected"
        case .unknownFile(let name): "\(name) unknown"
        case .header(let name, _, let found, let paths): "\(name) \(found) of \(paths.count)"
        }
    }

    @Test("the client of this repository, served by a real server, is equal to itself", .timeLimit(.minutes(2)))
    func equal() async throws {
        let site = try TestServer.site()
        let report = try await self.look(serving: site, against: site)
        #expect(report.findings == [])
        #expect(report.interruption == nil)
        #expect(report.verdict == .equal)
        // The page wherever it stands, every file, and the two addresses at the root.
        #expect(Self.pages.contains(Self.meetingPath) && Self.pages.contains("/mine"))
        #expect(report.compared == Self.pages.count + site.paths.count + 2)
    }

    @Test("a client that no longer asks for encoded streams is named, with file and line", .timeLimit(.minutes(2)))
    func flagStrip() async throws {
        let site = try TestServer.site()
        let flag = "encodedInsertableStreams: true, "
        let changed = try TestBundle.client(changing: "media/peer.js") { text in
            let parts = text.components(separatedBy: flag)
            #expect(parts.count == 2)
            return parts.joined()
        }
        let report = try await self.look(serving: changed, against: site)
        let peer = String(decoding: try #require(site.file("media/peer.js")).bytes, as: UTF8.self)
        let line = 1 + (peer.components(separatedBy: flag)[0].filter { $0 == "\n" }.count)
        #expect(report.verdict == .differs)
        #expect(
            report.findings.map(Self.brief) == Self.derived + [
                "/a/\(changed.release)/media/peer.js changed from line \(line)", "/sw.js derived",
                "/manifest.webmanifest derived",
            ])
    }

    @Test(
        "one changed byte in any sort of file is named", .timeLimit(.minutes(2)),
        arguments: TestBundle.small.keys.sorted())
    func oneByte(path: String) async throws {
        let site = try TestBundle.site()
        var files = TestBundle.small
        files[path]?.append(path.hasSuffix("html") ? "\n" : " ")
        let changed = try TestBundle.site(files)
        let report = try await self.look(serving: changed, against: site)
        let names = report.findings.map(Self.brief)
        if path == "index.html" {
            // Another page has another release, and so other addresses in the import map, whose hash is in the policy.
            let pages = Self.pages.map { "\($0) changed from line 5" }
            #expect(names.dropLast() == pages + ["/sw.js changed from line 1"])
            #expect(names.last?.hasPrefix("Content-Security-Policy") ?? false)
        } else {
            #expect(Array(names.prefix(Self.pages.count)) == Self.derived)
            let file = "/a/\(changed.release)/\(path) changed"
            #expect(names.dropFirst(Self.pages.count).contains { $0.hasPrefix(file) })
        }
        #expect(report.verdict == .differs)
    }

    @Test("a page with one more script is another page, and so is one without a file's hash", .timeLimit(.minutes(1)))
    func pages() async throws {
        let site = try TestBundle.site()
        for extra in ["<script>fetch('/x')</script>", "<script src=\"/x.js\"></script>", "<!-- -->", "<base href=/x>"] {
            var files = TestBundle.small
            files["index.html"] = files["index.html"]?.replacingOccurrences(of: "  </head>", with: extra + "  </head>")
            let report = try await self.look(serving: try TestBundle.site(files), against: site)
            let names = report.findings.map(Self.brief)
            for page in Self.pages {
                #expect(names.contains { $0.hasPrefix("\(page) changed from line") }, "\(extra) at \(page)")
            }
        }
    }

    @Test("a file too few and a file too many are named", .timeLimit(.minutes(1)))
    func fileSets() async throws {
        let site = try TestBundle.site()
        var fewer = TestBundle.small
        fewer["e2ee/media-worker.js"] = nil
        let less = try TestBundle.site(fewer)
        var report = try await self.look(serving: less, against: site)
        #expect(
            report.findings.map(Self.brief) == Self.derived + [
                "/a/\(less.release)/e2ee/media-worker.js answers 404", "/sw.js derived",
            ])
        var without = TestBundle.small
        without["sw.js"] = nil
        report = try await self.look(serving: site, against: try TestBundle.site(without))
        let names = report.findings.map(Self.brief)
        #expect(names.contains("/sw.js unexpected"))
        #expect(names.contains("sw.js unknown"))
        #expect(names.contains { $0.hasPrefix("/ changed") })
    }
}
