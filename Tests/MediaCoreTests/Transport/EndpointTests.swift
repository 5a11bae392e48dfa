import BeraadTesting
import MediaCore
import MediaCrypto
import Testing
import Wire

@Suite("Two endpoints in virtual time")
struct EndpointTests {
    /// A whole VP8 packet: descriptor with a 15-bit picture id, then a delta shell and some bytes.
    static func picture(_ number: UInt16, isKey: Bool = false) -> [UInt8] {
        [0x90, 0x80, 0x80 | UInt8(number >> 8), UInt8(number & 0xFF)] + [isKey ? 0x10 : 0x11, 0, 0]
            + [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 200)
    }

    @Test("they connect with DTLS 1.3 and AES-128-GCM")
    func connect() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(2))
        #expect(pair.areConnected)
        #expect(pair.serverEvents.contains(.connected(dtlsVersion: 0xFEFC, srtpProfile: 7)))
        #expect(pair.clientEvents.contains(.connected(dtlsVersion: 0xFEFC, srtpProfile: 7)))
        #expect(pair.selectedPath == pair.clientPath)
    }

    @Test("whichever datagram of the start is lost, they connect", arguments: 0..<14)
    func loseOne(_ ordinal: UInt64) throws {
        let pair = try EndpointPair(seed: 100 + ordinal)
        pair.network.losing = [ordinal]
        pair.run(for: .seconds(4))
        #expect(pair.areConnected)
    }

    @Test("they connect through loss, reordering and duplication", arguments: 1...20)
    func badNetwork(_ seed: UInt64) throws {
        let pair = try EndpointPair(
            seed: seed,
            conditions: NetemConditions(
                loss: 0.1, delay: .milliseconds(20), jitter: .milliseconds(30), reorder: 0.1,
                reorderDelay: .milliseconds(40), duplication: 0.1))
        pair.run(for: .seconds(9))
        #expect(pair.areConnected)
    }

    @Test("a certificate that signalling did not name ends the endpoint")
    func wrongFingerprint() throws {
        let pair = try EndpointPair(clientFingerprint: [UInt8](repeating: 7, count: 32))
        pair.run(for: .seconds(3))
        #expect(!pair.areConnected)
        #expect(pair.serverEvents.contains(.ended(.fingerprintMismatch)))
    }

    @Test("media arrives bound to its section, by mid and by named SSRC")
    func media() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        for number in 0..<10 as Range<UInt16> {
            #expect(pair.clientSends([1, 2, 3], stream: 0, sequence: 500 + UInt64(number)) > 0)
            #expect(pair.clientSends(Self.picture(number, isKey: number == 0), sequence: 700 + UInt64(number)) > 0)
            pair.run(for: .milliseconds(20))
        }
        pair.run(for: .seconds(1))
        #expect(pair.serverMedia.count == 20)
        #expect(pair.serverMedia.filter { $0.stream == 0 && $0.codec == .opus }.count == 10)
        let video = pair.serverMedia.filter { $0.stream == 1 }
        #expect(video.map(\.sequence) == (700..<710).map { UInt64($0) })
        #expect(video.map(\.startsKeyFrame) == [true] + [Bool](repeating: false, count: 9))
        #expect(video.last?.vp8.pictureID == 9)
        #expect(pair.serverPayloads.contains([1, 2, 3]))
        #expect(pair.slabUsed == 0)
    }

    @Test("a lost packet is asked for, comes back by RTX and counts as the original")
    func retransmission() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        for number in 0..<20 as Range<UInt16> {
            _ = pair.clientSends(Self.picture(number), sequence: 900 + UInt64(number), isDelivered: number != 7)
            pair.run(for: .milliseconds(10))
        }
        pair.run(for: .milliseconds(100))
        #expect(pair.clientEvents.contains(.missing(stream: 1, sequence: 907, following: 0)))
        _ = pair.clientSends(Self.picture(7), sequence: 907, isRetransmission: true)
        pair.run(for: .milliseconds(200))
        #expect(pair.serverMedia.count == 20)
        let recovered = pair.serverMedia.first { $0.isRetransmission }
        #expect(recovered?.sequence == 907)
        #expect(recovered?.vp8.pictureID == 7)
        #expect(recovered?.payloadLength == UInt16(Self.picture(7).count))
        #expect(pair.statistics.recovered == 1)
    }

    @Test("a key frame request reaches the sender of the picture")
    func keyFrame() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        _ = pair.clientSends(Self.picture(1), sequence: 10)
        pair.run(for: .milliseconds(50))
        pair.server.perform(.requestKeyFrame(section: 1, encoding: 0), now: pair.now)
        pair.run(for: .milliseconds(100))
        #expect(pair.clientEvents.filter { $0 == .keyFrameWanted(stream: 1) }.count == 1)
    }

    @Test("a recorded packet that comes again is dropped, and so is a forged one; nothing grows")
    func replay() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        for number in 0..<50 as Range<UInt16> {
            _ = pair.clientSends(Self.picture(number), sequence: 1 + UInt64(number))
        }
        pair.run(for: .milliseconds(100))
        #expect(pair.serverMedia.count == 50)
        var random = SeededGenerator(seed: 3)
        for recorded in pair.recorded where recorded.end == EndpointPair.serverEnd && recorded.kind == .rtp {
            pair.inject(recorded.bytes, to: recorded.end)
            var forged = recorded.bytes
            forged[8] = UInt8.random(in: 0...255, using: &random)  // another SSRC
            forged[30] ^= 1
            pair.inject(forged, to: recorded.end)
        }
        pair.run(for: .milliseconds(100))
        #expect(pair.serverMedia.count == 50)
        #expect(pair.slabUsed == 0)
        #expect(pair.statistics.unauthenticated > 0)
    }

    @Test("random datagrams on the path of a running call change nothing")
    func noise() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        var random = SeededGenerator(seed: 9)
        for round in 0..<10_000 {
            var bytes = random.bytes(Int.random(in: 0...1_500, using: &random))
            if !bytes.isEmpty {
                bytes[0] = [0, 1, 20, 22, 40, 64, 128, 144, 191, 255][round % 10]
                if bytes.count > 1, round % 3 == 0 { bytes[1] = 200 }
            }
            pair.inject(bytes, to: EndpointPair.serverEnd)
        }
        _ = pair.clientSends(Self.picture(1), sequence: 10)
        pair.run(for: .seconds(3))
        #expect(pair.serverMedia.count == 1)
        #expect(pair.areConnected)
        #expect(pair.slabUsed == 0)
    }

    @Test("a request with a wrong password gets no answer and leaves no path")
    func unauthenticatedCheck() throws {
        let pair = try EndpointPair()
        let stranger = try EndpointPair(seed: 77)
        stranger.run(for: .milliseconds(1))
        let check = stranger.recorded.first { $0.end == EndpointPair.serverEnd }
        var bytes = try #require(check?.bytes)
        bytes[bytes.count - 12] ^= 1  // inside MESSAGE-INTEGRITY; the fingerprint is wrong as well
        pair.isCut = false
        pair.inject(bytes, to: EndpointPair.serverEnd, from: .v4(0x0A00_0009, port: 9))
        #expect(pair.recorded.allSatisfy { $0.end == EndpointPair.serverEnd })
        #expect(pair.selectedPath == nil)
    }

    @Test("a client that moved is followed after it proved that it receives there")
    func moved() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        pair.clientPath = .v4(0x0A00_0003, port: 51_000)
        pair.run(for: .seconds(4))
        #expect(pair.selectedPath == pair.clientPath)
        #expect(pair.areConnected)
    }

    @Test("a spoofed source cannot aim the media at a stranger")
    func spoofed() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        let honest = pair.clientPath
        let stranger = PathKey.v4(0x0A63_6363, port: 53)
        // An authentic check of the participant, but from the stranger's address; nobody answers there.
        pair.inject(EndpointPair.check(nominates: true), to: EndpointPair.serverEnd, from: stranger)
        pair.run(for: .seconds(1))
        #expect(pair.selectedPath == honest)
        // The answer, and as many challenges as three times his bytes allow.
        #expect(pair.sent(to: stranger).count == 3)
        #expect(pair.sent(to: stranger).allSatisfy { $0.kind == .stun })
    }

    @Test("an ICE restart keeps DTLS and SRTP; media goes on")
    func restart() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        let server = ICECredentials(userFragment: "srv2", password: "serverpassword22chars2")
        let client = ICECredentials(userFragment: "cln2", password: "clientpassword22chars2")
        pair.server.perform(.restart(local: server, remote: client, remoteCandidates: []), now: pair.now)
        pair.client.perform(
            .restart(local: client, remote: server, remoteCandidates: [EndpointPair.serverPath]), now: pair.now)
        pair.clientPath = .v4(0x0A00_0004, port: 52_000)
        pair.run(for: .seconds(2))
        #expect(pair.selectedPath == pair.clientPath)
        _ = pair.clientSends(Self.picture(1), sequence: 10)
        pair.run(for: .milliseconds(100))
        #expect(pair.serverMedia.count == 1)
        #expect(pair.serverEvents.filter { if case .connected = $0 { true } else { false } }.count == 1)
    }

    @Test("a cut of 5 s heals by itself; one of 31 s ends both")
    func cut() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        pair.isCut = true
        pair.run(for: .seconds(5))
        pair.isCut = false
        pair.run(for: .seconds(3))
        _ = pair.clientSends(Self.picture(1), sequence: 10)
        pair.run(for: .milliseconds(100))
        #expect(pair.serverMedia.count == 1)
        pair.isCut = true
        pair.run(for: .seconds(20))
        #expect(pair.serverEvents.contains(.silent))
        #expect(pair.areConnected)
        pair.run(for: .seconds(14))
        #expect(pair.serverEvents.last == .ended(.timedOut))
        #expect(pair.clientEvents.last == .ended(.timedOut))
    }

    @Test("an endpoint that nobody comes to ends after 15 s")
    func nobody() throws {
        let pair = try EndpointPair()
        pair.isCut = true
        pair.run(for: .seconds(16))
        #expect(pair.serverEvents == [.ended(.timedOut)])
    }

    @Test("no number of a stream is sealed twice")
    func nonce() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        #expect(pair.clientSends(Self.picture(1), sequence: 10) > 0)
        #expect(pair.clientSends(Self.picture(2), sequence: 10) == 0)
        #expect(pair.clientSends(Self.picture(2), sequence: 9) > 0)
        #expect(pair.clientSends(Self.picture(2), sequence: 9) == 0)
    }

    @Test("closing tells the other side")
    func close() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        pair.client.perform(.close, now: pair.now)
        pair.run(for: .seconds(1))
        #expect(pair.serverEvents.last == .ended(.closedByPeer))
        #expect(pair.clientEvents.last == .ended(.closed))
    }

    @Test("sender reports carry the wall clock and the stream's own time")
    func senderReports() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        for number in 0..<30 as Range<UInt16> {
            _ = pair.clientSends(Self.picture(number), sequence: 1 + UInt64(number), timestamp: UInt32(number) * 3_000)
            pair.run(for: .milliseconds(100))
        }
        let reports = pair.serverEvents.compactMap { event -> (UInt64, UInt32)? in
            guard case .senderReport(section: 1, encoding: 0, let ntp, let rtpTime, _) = event else { return nil }
            return (ntp, rtpTime)
        }
        #expect(reports.count >= 3)
        let first = try #require(reports.first)
        let last = try #require(reports.last)
        let seconds = Double(last.0 - first.0) / 4_294_967_296
        // 30 pictures of 3,000 ticks in 3 s: a third of real time, but the reports follow the packets' own stamps.
        #expect(seconds > 1.5)
        #expect(last.1 > first.1)
    }
}
