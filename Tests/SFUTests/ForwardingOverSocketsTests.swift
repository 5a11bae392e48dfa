import BeraadTesting
import Forwarding
import MediaCore
import SFU
import Testing

@Suite("A worker and its clients over real sockets", .serialized)
struct ForwardingOverSocketsTests {
    /// One who shows a camera and one who watches it, with the first picture already seen.
    private func watching() throws -> (Harness, speaker: MediaClient, viewer: MediaClient) {
        let harness = try Harness()
        let speaker = try harness.join(), viewer = try harness.join()
        harness.publish(speaker, 7)
        speaker.send(MediaClient.frame(0, key: true), sequence: 1_000)
        let isSeen = harness.pump { !viewer.received.isEmpty }
        #expect(isSeen)
        return (harness, speaker, viewer)
    }

    private func frames(_ count: UInt16) -> [[UInt8]] { (0..<count).map { MediaClient.frame($0, key: $0 == 0) } }

    @Test("ICE and DTLS finish, and what one sends the other receives unchanged, in order, in the right section")
    func forwards() throws {
        let (harness, speaker, viewer) = try self.watching()
        for number in 1..<200 {
            speaker.send(MediaClient.frame(UInt16(number)), sequence: 1_000 + UInt64(number))
            if number.isMultiple(of: 20) { _ = harness.pump { viewer.received.count > number - 10 } }
        }
        #expect(harness.pump { viewer.received.count == 200 })
        let isUnchanged = viewer.received.map(\.payload) == self.frames(200)
        #expect(isUnchanged)
        #expect(Set(viewer.received.map(\.stream)) == [2])
        let sequences = viewer.received.map(\.sequence)
        #expect(sequences == (0..<200).map { sequences[0] + $0 })
        #expect(speaker.received.isEmpty)
    }

    @Test("a microphone needs no asking, and its owner does not hear it")
    func hears() throws {
        let harness = try Harness()
        let speaker = try harness.join(), listener = try harness.join()
        harness.plane.submit(.announce(speaker.id, PublicationID(rawValue: 3), mid: "0"))
        let isAssigned = harness.wait { log in
            log.first { if case .assigned(listener.id, 1, let slots) = $0 { slots } else { nil } }
        }
        #expect(isAssigned?.first == SlotAssignment(mid: "a0", publication: PublicationID(rawValue: 3)))
        for number in 0..<50 { speaker.send([1, 2, 3], stream: 0, sequence: 500 + UInt64(number)) }
        #expect(harness.pump { listener.received.count == 50 })
        #expect(speaker.received.isEmpty)
        let flow = harness.log.first { if case .flow(listener.id, "a0", .flowing, nil) = $0 { true } else { nil } }
        #expect(flow == true)
    }

    @Test("packets lost on the way down come again over the RTX stream")
    func lossDown() throws {
        let (harness, speaker, viewer) = try self.watching()
        var random = SeededGenerator(seed: 5)
        // The first sending only, payload type 96: on a stalled machine all questions for one number may be answered by a
        // single repeat, and losing that one too would be the machine's doing. Lost repeats are the endpoint tests' matter.
        viewer.loses = { $0[0] == 0x90 && $0[1] & 0x7F == 96 && random.happens(0.1) }
        for number in 1..<300 {
            // Nobody can miss what nothing follows: the last ones arrive.
            if number == 290 { viewer.loses = { _ in false } }
            speaker.send(MediaClient.frame(UInt16(number)), sequence: 1_000 + UInt64(number))
            // A camera's pace: what was lost is asked for before the slot's history has gone round.
            _ = harness.pump(seconds: 1) { viewer.received.count + 8 > number }
        }
        #expect(harness.pump { Set(viewer.received.map(\.sequence)).count == 300 })
        #expect(viewer.received.contains { $0.isRetransmission })
        let isWhole = viewer.received.sorted { $0.sequence < $1.sequence }.map(\.payload) == self.frames(300)
        #expect(isWhole)
    }

    @Test("a viewer who cannot decode gets the publisher asked for a key frame")
    func keyFrame() throws {
        let (harness, speaker, viewer) = try self.watching()
        func asked() -> Int { speaker.events.count { if case .keyFrameWanted = $0 { true } else { false } } }
        let before = asked()
        speaker.send(MediaClient.frame(1), sequence: 1_001)
        #expect(harness.pump { viewer.received.count == 2 })
        viewer.perform(.requestKeyFrame(section: 2, encoding: 0))
        #expect(harness.pump { asked() > before })
    }

    @Test("after withdraw, forbid or leave not a packet more is forwarded")
    func stops() throws {
        let (harness, speaker, viewer) = try self.watching()
        harness.plane.submit(.withdraw(PublicationID(rawValue: 7)))
        _ = harness.statistics()
        for number in 1..<50 { speaker.send(MediaClient.frame(UInt16(number)), sequence: 1_000 + UInt64(number)) }
        _ = harness.pump { harness.statistics().forwarding.unannounced >= 49 }
        #expect(viewer.received.count == 1)

        harness.publish(speaker, 8)
        speaker.send(MediaClient.frame(60, key: true), sequence: 1_060)
        #expect(harness.pump { viewer.received.count == 2 })
        harness.plane.submit(.forbidAll(speaker.id))
        harness.plane.submit(.announce(speaker.id, PublicationID(rawValue: 9), mid: "1"))
        _ = harness.statistics()
        speaker.send(MediaClient.frame(61, key: true), sequence: 1_061)
        _ = harness.pump { harness.statistics().forwarding.unannounced >= 50 }
        #expect(viewer.received.count == 2)
    }

    @Test(
        "who asks again for what was lost gets nothing of it once it was withdrawn, while its sender goes on",
        .promise("P-029"))
    func stopsRepeats() throws {
        let (harness, speaker, viewer) = try self.watching()
        // Of nineteen packets the last one arrives, and no repeat: the viewer asks and asks.
        var sent = 0
        viewer.loses = { datagram in
            guard datagram[0] == 0x90 else { return false }
            if datagram[1] & 0x7F == 97 { return true }
            guard datagram[1] & 0x7F == 96 else { return false }
            sent += 1
            return sent < 19
        }
        let before = harness.statistics().forwarding
        for number in 1..<20 { speaker.send(MediaClient.frame(UInt16(number)), sequence: 1_000 + UInt64(number)) }
        #expect(harness.pump { viewer.received.count == 2 })
        let commanded = MediaClient.now
        harness.plane.submit(.withdraw(PublicationID(rawValue: 7)))
        _ = harness.statistics()
        let span = (MediaClient.now - commanded).milliseconds
        let counted = harness.statistics().forwarding
        // What was sent before the withdrawal lies in the socket by now, and is lost like everything so far.
        viewer.turn()
        viewer.forget()
        viewer.loses = { _ in false }
        var sequence: UInt64 = 1_020
        let end = MediaClient.now + .milliseconds(600)
        _ = harness.pump {
            speaker.send(MediaClient.frame(UInt16(truncatingIfNeeded: sequence)), sequence: sequence)
            sequence += 1
            return MediaClient.now >= end
        }
        let after = harness.statistics().forwarding
        let counts = "\(sequence - 1_020) packets were sent, \(viewer.received.count) received"
        print("withdrawn within \(span) ms; then \(counts)")
        #expect(viewer.received.isEmpty)
        #expect(after.resent == counted.resent && after.forwarded == counted.forwarded)
        #expect(after.unannounced > counted.unannounced, "its sender went on")
        #expect(after.resendRefused > before.resendRefused, "the viewer went on asking")
    }

    @Test("a wrong certificate ends the endpoint with its reason")
    func wrongCertificate() throws {
        let harness = try Harness()
        let client = try MediaClient(id: EndpointID(rawValue: 900))
        var request = Harness.request(client.id, room: harness.room, client: client)
        request.remoteFingerprint = Array(repeating: 7, count: 32)
        harness.plane.submit(.open(request))
        let answer = harness.wait { log in
            log.first { if case .opened(client.id, let answer) = $0 { answer } else { nil } }
        }
        try client.begin(#require(answer))
        let end = MediaClient.now + .seconds(10)
        var reason: EndpointEnd?
        while reason == nil, MediaClient.now < end {
            MediaClient.poll([client])
            client.turn()
            reason = harness.log.first { if case .ended(client.id, let reason) = $0 { reason } else { nil } }
        }
        #expect(reason == .fingerprintMismatch)
        #expect(harness.statistics().endpoints == 0)
    }

    @Test("an ICE restart gives new credentials, and media goes on through it")
    func restart() throws {
        let (harness, speaker, viewer) = try self.watching()
        let fresh = ICECredentials(userFragment: "restarted", password: "anotherpasswordofthisclient")
        harness.plane.submit(.restart(viewer.id, remote: fresh))
        let local = harness.wait { log in
            log.first { if case .restarted(viewer.id, let local) = $0 { local } else { nil } }
        }
        let remote = try #require(local)
        viewer.perform(
            .restart(local: fresh, remote: remote, remoteCandidates: [.v4(0x7F00_0001, port: viewer.serverAddress)]))
        for number in 1..<100 {
            speaker.send(MediaClient.frame(UInt16(number)), sequence: 1_000 + UInt64(number))
            _ = harness.pump(seconds: 1) { viewer.received.count > number - 5 }
        }
        #expect(harness.pump { viewer.received.count == 100 })
    }

    @Test("the same bytes over IPv6")
    func versionSix() throws {
        let harness = try Harness(bind: "::1")
        let client = try MediaClient(id: EndpointID(rawValue: 1))
        harness.plane.submit(.open(Harness.request(client.id, room: harness.room, client: client)))
        let answer = harness.wait { log in
            log.first { if case .opened(client.id, let answer) = $0 { answer } else { nil } }
        }
        #expect(answer?.candidates.first?.address == "::1")
        #expect(answer?.candidates.first?.port != 0)
    }
}
