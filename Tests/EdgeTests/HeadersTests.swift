import Crypto
import Edge
import Foundation
import HTTPTypes
import NIOCore
import Testing

@Suite("What every answer carries")
struct HeadersTests {
    private static func policy(_ hash: String) -> String {
        """
        default-src 'none'; script-src 'self' 'wasm-unsafe-eval' '\(hash)'; style-src 'self'; font-src 'self'; \
        img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
        trusted-types beraad
        """
    }

    private static let permissions = """
        camera=(self), microphone=(self), display-capture=(self), speaker-selection=(self), autoplay=(self), \
        fullscreen=(self), picture-in-picture=(self), screen-wake-lock=(self), clipboard-write=(self), \
        publickey-credentials-get=(self), publickey-credentials-create=(self), geolocation=(), payment=(), usb=(), \
        serial=(), hid=(), midi=(), browsing-topics=()
        """

    /// Every header of an answer but those that tell its length, kind and time.
    private static func headers(_ response: TestResponse) -> [String: String] {
        var headers: [String: String] = [:]
        for field in response.headers { headers[field.name.canonicalName] = field.value }
        for name in ["content-length", "content-type", "date", "connection"] { headers[name] = nil }
        return headers
    }

    private static func expected(_ site: Site, caching: String = "no-store") -> [String: String] {
        [
            "content-security-policy": Self.policy(site.importMapHash),
            "integrity-policy": "blocked-destinations=(script)", "cross-origin-opener-policy": "same-origin",
            "cross-origin-embedder-policy": "require-corp", "cross-origin-resource-policy": "same-origin",
            "permissions-policy": Self.permissions, "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff", "cache-control": caching,
        ]
    }

    @Test(
        "pages, API and errors carry exactly the headers of the specification, and no cookie", .timeLimit(.minutes(1)))
    func exact() async throws {
        let site = try TestServer.site()
        try await TestServer.run { server in
            let others = [
                "/", "/m/AAAAAAAAAAAAAAAAAAAAAA", "/privacy", "/mine", "/healthz", "/api/v1/openapi.json",
                "/api/v1/mine", "/nowhere",
            ]
            for path in others + AccountPage.allCases.map(\.rawValue) {
                let response = try await server.get(path)
                #expect(Self.headers(response) == Self.expected(site), "\(path)")
            }
        }
    }

    @Test("scripts carry them too, since a worker takes its policy from its own response", .timeLimit(.minutes(1)))
    func scripts() async throws {
        let site = try TestServer.site()
        try await TestServer.run { server in
            for path in ["app.js", "e2ee/media-worker.js", "styles/tokens.css"] {
                let response = try await server.get("/a/\(site.release)/\(path)")
                #expect(response.status == .ok)
                var expected = Self.expected(site, caching: "public, max-age=31536000, immutable")
                expected["etag"] = site.file(path)?.entityTag
                #expect(Self.headers(response) == expected, "\(path)")
            }
        }
    }

    @Test("over TLS a year of strict transport is added, over plain HTTP not")
    func transport() {
        let plain = SecurityHeaders(importMapHash: "sha256-x", transport: .plain).fields
        let secure = SecurityHeaders(importMapHash: "sha256-x", transport: .tls).fields
        #expect(plain[.strictTransportSecurity] == nil)
        #expect(secure[.strictTransportSecurity] == "max-age=31536000")
        #expect(secure.count == plain.count + 1)
    }

    @Test("the page's import map has the hash of the policy, and each module's own", .timeLimit(.minutes(1)))
    func importMap() async throws {
        let site = try TestServer.site()
        let map = try #require(site.page.firstMatch(of: #/<script type="importmap">(.*?)</script>/#)).1
        let hash = Data(SHA256.hash(data: Data(map.utf8))).base64EncodedString()
        #expect(site.importMapHash == "sha256-\(hash)")
        let parsed = try JSONDecoder().decode([String: [String: String]].self, from: Data(map.utf8))
        let modules = site.paths.filter { $0.hasSuffix(".js") }
        #expect(modules.count > 10)
        try await TestServer.run { server in
            for path in modules {
                let response = try await server.get("/a/\(site.release)/\(path)")
                let hash = Data(SHA384.hash(data: Data(response.body.readableBytesView))).base64EncodedString()
                #expect(parsed["integrity"]?["/a/\(site.release)/\(path)"] == "sha384-\(hash)", "\(path)")
            }
        }
    }

    @Test("the page names the release in every link, and nothing of tests or types is served")
    func release() throws {
        let site = try TestServer.site()
        #expect(!site.page.contains("/a/release/"))
        #expect(site.page.contains("/a/\(site.release)/app.js"))
        #expect(site.paths.allSatisfy { !$0.hasPrefix("tests/") && !$0.hasSuffix(".d.ts") && $0 != "deno.json" })
    }
}
