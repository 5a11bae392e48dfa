import MediaCrypto
import Testing

/// One datagram of somebody who shares no key with us, but may write any source address. Whatever it says, and whenever
/// it comes, the true client connects.
@Suite("Forged datagrams around a handshake")
struct ForgedDatagramTests {
    enum Forgery: CaseIterable {
        case closeNotify, fatalAlert, warning, strayFragment, forgedCertificate, brokenFragment, farRecord,
            applicationData
        case acknowledgement, hiddenAlert

        /// A record in the clear, with any number.
        private static func record(_ type: UInt8, _ body: [UInt8], number: UInt64 = 1) -> [UInt8] {
            let digits = [40, 32, 24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
            return [type, 0xFE, 0xFD, 0, 0] + digits + [UInt8(body.count >> 8), UInt8(body.count & 0xFF)] + body
        }

        private static func fragment(
            _ type: UInt8, _ sequence: UInt8, length: UInt8, offset: UInt8 = 0, _ body: [UInt8]
        )
            -> [UInt8]
        {
            [type, 0, 0, length, 0, sequence, 0, 0, offset, 0, 0, UInt8(body.count)] + body
        }

        var datagram: [UInt8] {
            switch self {
            case .closeNotify: Self.record(21, [1, 0])
            case .fatalAlert: Self.record(21, [2, 40])
            case .warning: (0..<8).flatMap { Self.record(21, [1, 90], number: 900 + UInt64($0)) }
            case .strayFragment: Self.record(22, Self.fragment(20, 1, length: 12, [1, 2, 3]))
            case .forgedCertificate:
                Self.record(22, Self.fragment(11, 1, length: 12, [0, 0, 9, 0, 0, 6, 1, 2, 3, 4, 5, 6]))
            case .brokenFragment: Self.record(22, Self.fragment(1, 0, length: 2, offset: 9, [1, 2, 3]))
            case .farRecord:
                Self.record(22, Self.fragment(16, 2, length: 40, [9]), number: 0xFFFF_FFFF_FFFE)
            case .applicationData: Self.record(23, [1, 2, 3])
            case .acknowledgement: Self.record(26, [0, 1, 0])
            // Behind a sealed record of nobody.
            case .hiddenAlert: [0x2E, 0, 1, 0, 20] + [UInt8](repeating: 7, count: 20) + Self.record(21, [2, 40])
            }
        }
    }

    private static let versions = [DTLSTerms.Version.dtls13, .dtls12]

    private static func terms(_ version: DTLSTerms.Version) -> DTLSTerms {
        var terms = DTLSTerms.house
        terms.newest = version
        return terms
    }

    @Test(
        "an alert, a fragment or a record out of its place, before the handshake or at any moment of it",
        arguments: Forgery.allCases, versions)
    func plaintext(_ forgery: Forgery, _ version: DTLSTerms.Version) throws {
        for moment in -1...6 {
            let pair = try DTLSPair(clientTerms: Self.terms(version))
            if moment < 0 { pair.inject(forgery.datagram, to: .server) }
            var count = 0
            pair.shake { _ in
                if count == moment { pair.inject(forgery.datagram, to: .server) }
                count += 1
                return [1]
            }
            #expect(pair.isConnected, "moment \(moment)")
            #expect(pair.server.restarts == 0)
            #expect(pair.now < 500 * DTLSPair.millisecond)
        }
    }

    /// The datagrams a stranger's client sends: its hello, and all that follows it.
    private static func stranger(_ version: DTLSTerms.Version) throws -> (hello: [[UInt8]], rest: [[UInt8]]) {
        let model = try DTLSPair(clientTerms: Self.terms(version))
        model.shake()
        let sent = model.sent.filter { $0.sender == .client }.map(\.payload)
        let hellos = sent.prefix { $0[0] == 22 && $0[13] == 1 }
        return (Array(hellos), Array(sent.dropFirst(hellos.count)))
    }

    @Test("a stranger's ClientHello from his own address", arguments: versions, versions)
    func helloElsewhere(_ version: DTLSTerms.Version, _ strangers: DTLSTerms.Version) throws {
        let stranger = try Self.stranger(strangers)
        for moment in -1...6 {
            let pair = try DTLSPair(clientTerms: Self.terms(version))
            func disturb() { for datagram in stranger.hello { pair.inject(datagram, to: .server, from: 7) } }
            if moment < 0 { disturb() }
            var count = 0
            pair.shake { _ in
                if count == moment { disturb() }
                count += 1
                return [1]
            }
            #expect(pair.isConnected, "moment \(moment)")
            #expect(pair.server.provenRoute == 0)
        }
    }

    @Test(
        "one from the client's own address, whose answer the client hears before its start or after the true one",
        arguments: versions, versions)
    func helloHere(_ version: DTLSTerms.Version, _ strangers: DTLSTerms.Version) throws {
        let stranger = try Self.stranger(strangers)
        for moment in [-1, 2, 3, 4, 5] {
            let pair = try DTLSPair(clientTerms: Self.terms(version))
            func disturb() { for datagram in stranger.hello { pair.inject(datagram, to: .server) } }
            if moment < 0 {
                disturb()
                // A browser that has not begun throws away what is no ClientHello.
                pair.run(seconds: 0) { _ in [] }
            }
            var count = 0
            pair.shake { _ in
                if count == moment { disturb() }
                count += 1
                return [1]
            }
            #expect(pair.isConnected, "moment \(moment)")
        }
    }

    @Test("a whole flight of DTLS 1.2 sent blind, with a certificate nobody named", arguments: versions)
    func blindCertificate(_ version: DTLSTerms.Version) throws {
        let stranger = try Self.stranger(.dtls12)
        #expect(!stranger.rest.isEmpty)
        for moment in -1...6 {
            let pair = try DTLSPair(clientTerms: Self.terms(version))
            func disturb() {
                for datagram in stranger.hello + stranger.rest { pair.inject(datagram, to: .server, from: 7) }
            }
            if moment < 0 { disturb() }
            var count = 0
            pair.shake { _ in
                if count == moment { disturb() }
                count += 1
                return [1]
            }
            #expect(pair.isConnected, "moment \(moment)")
            #expect(pair.server.mismatchRoute == nil)
        }
    }

    @Test("who finishes a handshake elsewhere with another certificate ends nothing", arguments: versions)
    func wrongPeerFirst(_ version: DTLSTerms.Version) throws {
        let pair = try DTLSPair(clientTerms: Self.terms(version))
        var mallory = try DTLSAssociation(
            role: .client, identity: Identity(), peerFingerprint: pair.serverFingerprint, now: 0)
        mallory.start(now: 0)
        var buffer = [UInt8](repeating: 0, count: 1_500)
        for _ in 0..<4 {
            while true {
                let count = unsafe buffer.withUnsafeMutableBytes { out in unsafe mallory.next(into: out, now: 0) }
                guard count > 0 else { break }
                pair.inject(Array(buffer[..<count]), to: .server, from: 7)
            }
            while true {
                let count = unsafe buffer.withUnsafeMutableBytes { out in unsafe pair.server.next(into: out, now: 0) }
                guard count > 0 else { break }
                let datagram = Array(buffer[..<count])
                unsafe mallory.receive(datagram.span.bytes, now: 0)
            }
        }
        #expect(pair.server.mismatchRoute == 7)
        #expect(pair.server.state == .handshaking)
        pair.shake()
        #expect(pair.isConnected)
    }

    @Test("a forged second half of a hello costs a repetition, not the handshake", arguments: versions)
    func forgedHalf(_ version: DTLSTerms.Version) throws {
        let pair = try DTLSPair()
        var hello: [[UInt8]] = []
        pair.shake { flight in
            if flight.sender == .client, flight.number < 2 { hello.append(flight.payload) }
            if hello.count == 2, flight.number == 1, flight.sender == .client {
                var forged = hello[1]
                for index in 30..<forged.count { forged[index] ^= 0x55 }
                pair.inject(forged, to: .server)
            }
            return [1]
        }
        #expect(hello.count == 2)
        #expect(pair.isConnected)
    }

    @Test("a handshake proves its route only where all of it went over that one")
    func route() throws {
        let whole = try DTLSPair()
        #expect(whole.server.provenRoute == nil)
        whole.shake()
        #expect(whole.server.provenRoute == 0)

        let split = try DTLSPair()
        split.shake { flight in
            guard flight.sender == .client, flight.number >= 2 else { return [1] }
            split.inject(flight.payload, to: .server, from: 7)
            return []
        }
        #expect(split.server.state == .connected)
        #expect(split.server.provenRoute == nil)
    }

    @Test("a peer without the share we want is asked again, in two hellos")
    func secondHello() throws {
        var terms = DTLSTerms.house
        terms.groups = [.p384, .x25519MLKEM768]
        for lost in [nil, 0, 1, 2, 3] as [Int?] {
            let pair = try DTLSPair(clientTerms: terms)
            pair.shake { $0.sender == .client && $0.number == lost ? [] : [1] }
            #expect(pair.isConnected, "lost \(String(describing: lost))")
            #expect(pair.server.group == 0x11EC)
            #expect(pair.server.restarts == 0)
        }
    }
}
