import BeraadTesting
import Crypto
import Edge
import Foundation
import HTTPTypes
import NIOCore
import Testing

@Suite("What whoever installs the program gets at the root")
struct RootFileTests {
    /// What stands before the worker.
    private struct Release: Decodable {
        let name: String
        let page: String
        let pages: [String]
        let files: [String: String]
    }

    private static func hash(_ bytes: some Sequence<UInt8>) -> String {
        "sha384-" + Data(SHA384.hash(data: Data(bytes))).base64EncodedString()
    }

    /// The line before the worker, and the worker.
    private static func parts(_ worker: [UInt8]) throws -> (release: Release, script: [UInt8]) {
        let start = "self.release = "
        let line = worker.prefix { $0 != UInt8(ascii: "\n") }
        let text = String(decoding: line, as: UTF8.self)
        guard text.hasPrefix(start), text.hasSuffix(";") else { throw TestServer.Unexpected() }
        let json = Data(text.dropFirst(start.count).dropLast().utf8)
        return (try JSONDecoder().decode(Release.self, from: json), Array(worker.dropFirst(line.count + 1)))
    }

    @Test(
        "worker and manifest are asked for again each time, and carry the policy of every page",
        .timeLimit(.minutes(1)))
    func headers() async throws {
        let site = try TestServer.site()
        try await TestServer.run(site: site) { server in
            let page = try await server.get("/")
            for (path, type) in [
                ("/sw.js", "text/javascript; charset=utf-8"), ("/manifest.webmanifest", "application/manifest+json"),
            ] {
                let response = try await server.get(path)
                #expect(response.status == .ok)
                #expect(response.headers[.contentType] == type)
                #expect(response.headers[.cacheControl] == "no-cache")
                #expect(response.headers[.contentSecurityPolicy] == page.headers[.contentSecurityPolicy])
                #expect(response.headers[.xContentTypeOptions] == "nosniff")
                let tag = try #require(response.headers[.eTag])
                #expect(try await server.get(path, [.ifNoneMatch: tag]).status == .notModified)
            }
        }
    }

    @Test("nothing else stands there, and neither of them takes anything", .timeLimit(.minutes(1)))
    func allowed() async throws {
        try await TestServer.run { server in
            for path in ["/app.js", "/index.html", "/sw.js/", "/sw.js/x", "/manifest.json", "/icons/app.svg"] {
                #expect(try await server.get(path).status == .notFound, "\(path)")
            }
            for path in ["/sw.js", "/manifest.webmanifest"] {
                let response = try await server.client.executeRequest(uri: path, method: .post, headers: [:], body: nil)
                #expect(response.status == .methodNotAllowed, "\(path)")
            }
        }
        var files = TestBundle.small
        files["sw.js"] = nil
        try await TestServer.run(site: try TestBundle.site(files)) { server in
            let response = try await server.get("/sw.js")
            #expect(response.status == .notFound)
        }
    }

    @Test(
        "the worker comes with the hash of the page and of each file of the release, and of nothing else",
        .promise("P-089"), .timeLimit(.minutes(1)))
    func release() async throws {
        let site = try TestServer.site()
        try await TestServer.run(site: site) { server in
            let worker = try await server.get("/sw.js")
            let (release, script) = try Self.parts(Array(worker.body.readableBytesView))
            #expect(script == site.file("sw.js")?.bytes)
            #expect(release.name == site.release)
            #expect(release.pages == Route.pages.map(\.template))
            #expect(Set(release.files.keys) == Set(site.paths).subtracting(["sw.js", "manifest.webmanifest"]))
            #expect(release.files.keys.allSatisfy { !$0.hasPrefix("tests/") && !$0.hasPrefix("/") })
            let page = try await server.get("/")
            #expect(release.page == Self.hash(page.body.readableBytesView))
            for (path, hash) in release.files {
                let file = try await server.get("/a/\(release.name)/\(path)")
                #expect(file.status == .ok)
                #expect(Self.hash(file.body.readableBytesView) == hash, "\(path)")
            }
        }
    }

    @Test("another release is another worker, also when only a style sheet is another one")
    func another() throws {
        var files = TestBundle.small
        files["styles/base.css"]? += "b-tile { color: red; }\n"
        let workers = try [TestBundle.small, files].map { try TestBundle.site($0).file(atRoot: .serviceWorker) }
        #expect(workers[0] != nil && workers[1] != nil)
        #expect(workers[0]?.bytes != workers[1]?.bytes)
        #expect(workers[0]?.entityTag != workers[1]?.entityTag)
    }

    @Test("the manifest names icons of this release that are there", .timeLimit(.minutes(1)))
    func manifest() async throws {
        struct Manifest: Decodable {
            struct Icon: Decodable {
                let src: String
            }
            let icons: [Icon]
        }
        let site = try TestServer.site()
        try await TestServer.run(site: site) { server in
            let response = try await server.get("/manifest.webmanifest")
            let manifest = try JSONDecoder().decode(Manifest.self, from: Data(response.body.readableBytesView))
            #expect(manifest.icons.count == 2)
            for icon in manifest.icons {
                #expect(icon.src.hasPrefix("/a/\(site.release)/"))
                let answer = try await server.get(icon.src)
                #expect(answer.headers[.contentType] == "image/svg+xml")
            }
        }
    }
}
