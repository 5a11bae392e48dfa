import MediaCrypto
import Testing

@Suite("DTLS with a peer that means harm")
struct HostilePeerTests {
    @Test("a server refuses another certificate than signalling named")
    func wrongClient() throws {
        let pair = try DTLSPair(serverExpects: [UInt8](repeating: 7, count: 32))
        pair.shake()
        // Whose certificate that was, only the owner of the routes can tell.
        #expect(pair.server.mismatchRoute == 0)
        #expect(pair.server.hasSeenMismatch == true)
        #expect(pair.server.state == .handshaking)
        if pair.server.takeKeys() != nil { Issue.record("keys of a stranger were handed out") }
        #expect(pair.client.state == .failed || pair.client.state == .closed)
    }

    @Test("a client refuses another certificate than signalling named")
    func wrongServer() throws {
        let pair = try DTLSPair(clientExpects: [UInt8](repeating: 7, count: 32))
        pair.shake()
        #expect(pair.client.state == .fingerprintMismatch)
        #expect(pair.server.state != .connected)
    }

    @Test("a client that shows no certificate is refused", arguments: [DTLSTerms.Version.dtls13, .dtls12])
    func noCertificate(version: DTLSTerms.Version) throws {
        var terms = DTLSTerms.house
        terms.certificate = .withheld
        terms.newest = version
        let pair = try DTLSPair(clientTerms: terms)
        pair.shake()
        #expect(pair.server.state != .connected)
    }

    @Test("a malformed ClientHello costs a try, not the endpoint")
    func malformedHello() throws {
        let stranger = try DTLSPair()
        stranger.shake { _ in [] }
        let pair = try DTLSPair()
        for flight in stranger.sent.prefix(2) { pair.inject(Self.malformed(flight.payload), to: .server) }
        #expect(pair.server.restarts == 1)
        pair.shake()
        #expect(pair.isConnected)
        #expect(pair.server.restarts == 1)
        #expect(pair.sent.first?.sender == .client, "nothing was answered to the stranger")
    }

    @Test("the fifth malformed ClientHello is the last")
    func triesEnd() throws {
        let stranger = try DTLSPair()
        stranger.shake { _ in [] }
        let pair = try DTLSPair()
        for number in 0..<5 as Range<UInt8> {
            #expect(pair.server.state == .handshaking)
            // The same one again is no other try.
            for flight in stranger.sent.prefix(2) + stranger.sent.prefix(2) {
                pair.inject(Self.malformed(flight.payload, random: number), to: .server)
            }
            #expect(pair.server.restarts == Int(number) + 1)
        }
        #expect(pair.server.state == .failed)
    }

    @Test("noise before, during and after the handshake changes nothing", arguments: 1...10)
    func noise(seed: Int) throws {
        var state = UInt64(seed)
        func random() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        let pair = try DTLSPair()
        func disturb() {
            for receiver in [DTLSPair.Sender.client, .server] {
                // First bytes that no record of an unfinished handshake has: application data and records of no epoch.
                let first: UInt8 = random() % 2 == 0 ? 0x17 : 0x3f
                let tail = (0..<Int(random() % 1_500)).map { _ in UInt8(truncatingIfNeeded: random()) }
                pair.inject([first] + tail, to: receiver)
            }
        }
        disturb()
        pair.shake { _ in
            disturb()
            return [1]
        }
        #expect(pair.isConnected)
        for _ in 0..<50 { disturb() }
        #expect(pair.isConnected)
    }

    @Test("no mutation of a real datagram traps, and work stays bounded", arguments: 1...5)
    func mutations(seed: Int) throws {
        var state = UInt64(seed) &+ 99
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let model = try DTLSPair()
        model.shake()
        for _ in 0..<60 {
            let pair = try DTLSPair()
            for flight in model.sent {
                var payload = flight.payload
                for _ in 0...random(4) { payload[random(payload.count)] = UInt8(random(256)) }
                if random(4) == 0 { payload.removeLast(random(payload.count)) }
                pair.inject(payload, to: flight.sender == .client ? .server : .client)
            }
            pair.run(seconds: 1)
            // What is left may still connect; it must not run away.
            #expect(pair.sent.count < 100)
        }
    }

    @Test("an oversized or empty datagram is not looked at")
    func sizes() throws {
        let pair = try DTLSPair()
        pair.inject([], to: .server)
        pair.inject([UInt8](repeating: 0x16, count: DTLSAssociation.maximumDatagram + 1), to: .server)
        #expect(pair.server.restarts == 0)
        #expect(pair.server.state == .handshaking)
    }

    @Test("a client that nobody answers gives up its datagrams slower and slower")
    func silence() throws {
        let pair = try DTLSPair()
        pair.shake(seconds: 10) { _ in [] }
        // 100 ms doubling: at 0, 0.1, 0.3, 0.7, 1.5, 3.1 and 6.3 s, two datagrams each.
        #expect(pair.sent.count == 14)
    }

    @Test("close_notify ends both sides", arguments: [DTLSTerms.Version.dtls13, .dtls12])
    func close(version: DTLSTerms.Version) throws {
        var terms = DTLSTerms.house
        terms.newest = version
        for closer in [DTLSPair.Sender.client, .server] {
            let pair = try DTLSPair(clientTerms: terms)
            pair.shake()
            switch closer {
            case .client: pair.client.close(now: pair.now)
            case .server: pair.server.close(now: pair.now)
            }
            pair.run()
            #expect(pair.client.state == .closed)
            #expect(pair.server.state == .closed)
            #expect(pair.client.deadline == nil)
            #expect(pair.server.deadline == nil)
        }
    }

    @Test("closing before the handshake is done says nothing")
    func closeEarly() throws {
        let pair = try DTLSPair()
        pair.client.start(now: 0)
        pair.client.close(now: 0)
        pair.run()
        #expect(pair.client.state == .closed)
        #expect(pair.sent.isEmpty)
    }

    /// Breaks the length of the cipher suites, which stands behind 13 bytes of record, 12 of handshake, 2 of version, 32
    /// of random, and two empty vectors; a later fragment has nothing there and stays as it is.
    private static func malformed(_ payload: [UInt8], random: UInt8 = 0) -> [UInt8] {
        var payload = payload
        let fragmentOffset = payload[19..<22].reduce(0) { $0 << 8 | Int($1) }
        if fragmentOffset == 0 {
            payload[13 + 12 + 2] = random
            payload[13 + 12 + 2 + 32 + 2] = 0xff
        }
        return payload
    }
}
