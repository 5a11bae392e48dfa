import Edge
import HTTPTypes
import NIOHTTP1
import Redaction
import Synchronization
import Testing

/// Where a request comes from (`privacy.md` 4.5): the socket's address, or what a proxy of ours says.
@Suite("Behind a proxy")
struct TrustedProxyTests {
    private func prefix(
        of peer: String, _ headers: HTTPHeaders, trusting proxies: [String] = ["127.0.0.1", "10.1.0.0/16"]
    ) throws -> [UInt8]? {
        Caller(peer: peer, headers, try #require(TrustedProxies(proxies))).prefix?.exposed
    }

    @Test("a socket's own address counts, and nothing a stranger says of itself")
    func direct() throws {
        #expect(try self.prefix(of: "192.0.2.1", ["X-Forwarded-For": "198.51.100.1"]) == [192, 0, 2, 1])
        #expect(try self.prefix(of: "127.0.0.1", [:]) == nil)
        #expect(
            try self.prefix(of: "2001:db8:1:2ff:1::1", [:]) == [0x20, 1, 0x0D, 0xB8, 0, 1, 2])
    }

    @Test("a proxy on this machine that nobody named is not this machine, whichever header it writes")
    func unnamed() throws {
        for name in ["X-Forwarded-For", "forwarded", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"] {
            let headers = HTTPHeaders([(name, "198.51.100.1")])
            #expect(try self.prefix(of: "127.0.0.1", headers, trusting: []) == [], "\(name)")
            #expect(try self.prefix(of: "::1", headers, trusting: ["10.1.0.0/16"]) == [], "\(name)")
        }
    }

    @Test("that a proxy was not named is said once", .timeLimit(.minutes(1)))
    func notice() async throws {
        let events = Events()
        let log = EventLog { event in events.all.withLock { $0.append(event) } }
        for (proxies, expected) in [(["127.0.0.1"], 0), ([], 1)] as [([String], Int)] {
            try await TestServer.run(trusting: proxies, log: log) { server in
                let forwarded = try #require(HTTPField.Name("X-Forwarded-For"))
                for _ in 0..<3 {
                    _ = try await server.get("/healthz", [:])
                    _ = try await server.get("/healthz", [forwarded: "192.0.2.1"])
                }
            }
            let said = events.all.withLock { $0.count { $0 == .proxyNotNamed } }
            #expect(said == expected)
        }
    }

    private final class Events: Sendable {
        let all = Mutex<[LogEvent]>([])
    }

    @Test("a proxy of ours, on this machine as well, is believed: its last entry that is no proxy of ours")
    func forwarded() throws {
        for (value, expected) in [
            ("198.51.100.7", [198, 51, 100, 7]), ("203.0.113.9, 198.51.100.7", [198, 51, 100, 7]),
            ("203.0.113.9, 198.51.100.7, 10.1.2.3", [198, 51, 100, 7]), ("198.51.100.7:4711", [198, 51, 100, 7]),
            ("2001:db8:1:2ff:1::1", [0x20, 1, 0x0D, 0xB8, 0, 1, 2]),
            ("[2001:db8:1:2ff:1::1]:4711", [0x20, 1, 0x0D, 0xB8, 0, 1, 2]), ("10.1.9.9, 10.1.2.3", [10, 1, 9, 9]),
        ] as [(String, [UInt8])] {
            #expect(try self.prefix(of: "127.0.0.1", ["X-Forwarded-For": value]) == expected, "\(value)")
            #expect(try self.prefix(of: "10.1.0.1", ["X-Forwarded-For": value]) == expected, "\(value)")
            #expect(try self.prefix(of: "10.2.0.1", ["X-Forwarded-For": value]) == [10, 2, 0, 1], "\(value)")
        }
        // Each proxy may add a header of its own, or write into the one that is there.
        let twice: HTTPHeaders = ["X-Forwarded-For": "203.0.113.9", "x-forwarded-for": "198.51.100.7"]
        #expect(try self.prefix(of: "127.0.0.1", twice) == [198, 51, 100, 7])
    }

    @Test("the standard's own header is read as well")
    func standard() throws {
        for value in [
            "for=198.51.100.7", "for=203.0.113.9;by=10.1.0.1, For=\"198.51.100.7:80\";proto=https",
            "proto=https; for=198.51.100.7, for=10.1.0.5",
        ] {
            #expect(try self.prefix(of: "127.0.0.1", ["Forwarded": value]) == [198, 51, 100, 7], "\(value)")
        }
        let six = ["Forwarded": "for=\"[2001:db8:1:2ff:1::1]:4711\""]
        #expect(
            try self.prefix(of: "127.0.0.1", HTTPHeaders(six.map { ($0.key, $0.value) })) == [
                0x20, 1, 0x0D, 0xB8, 0, 1, 2,
            ])
    }

    @Test("what cannot be read, or is said in two ways, has one limit with everything of that kind")
    func unknown() throws {
        for headers in [
            ["X-Forwarded-For": "unknown"], ["X-Forwarded-For": "198.51.100.7, _hidden"], ["Forwarded": "by=10.1.0.1"],
            ["X-Forwarded-For": "198.51.100.7", "Forwarded": "for=203.0.113.9"], ["X-Forwarded-For": "1.2.3"],
        ] as [HTTPHeaders] {
            #expect(try self.prefix(of: "127.0.0.1", headers) == [])
        }
        let both: HTTPHeaders = ["X-Forwarded-For": "198.51.100.7", "Forwarded": "for=198.51.100.7"]
        #expect(try self.prefix(of: "127.0.0.1", both) == [198, 51, 100, 7])
    }

    @Test("proxies are named by address or network, and nothing else is one")
    func names() {
        for text in ["127.0.0.1", "::1", "10.0.0.0/8", "2001:db8::/32", "0.0.0.0/0"] {
            #expect(TrustedProxies([text]) != nil, "\(text)")
        }
        for text in ["", "proxy", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "::1/129", "fe80::1%eth0", "10.0.0.0/"]
        {
            #expect(TrustedProxies([text]) == nil, "\(text)")
        }
    }
}
