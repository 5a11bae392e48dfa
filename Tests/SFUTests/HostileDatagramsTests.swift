import BeraadTesting
import Forwarding
import MediaCore
import SFU
import Testing

@Suite("Hostile datagrams change nothing", .serialized)
struct HostileDatagramsTests {
    /// Every kind of first byte, with sizes from nothing to more than a cell.
    private func malformed(_ random: inout SeededGenerator) -> [UInt8] {
        let firsts: [UInt8] = [0, 1, 3, 19, 20, 22, 32, 63, 64, 79, 127, 128, 144, 191, 192, 255]
        let length = [0, 1, 2, 11, 12, 20, 28, 60, 200, 1_200, 1_500, 3_000][Int(random.next() % 12)]
        var bytes = random.bytes(length)
        if length > 0 { bytes[0] = firsts[Int(random.next() % UInt64(firsts.count))] }
        if length >= 20, bytes[0] < 4 {
            bytes.replaceSubrange(
                2..<8, with: [UInt8((length - 20) >> 8), UInt8((length - 20) & 0xFF), 0x21, 0x12, 0xA4, 0x42])
        }
        return bytes
    }

    @Test("10,000 malformed datagrams during forwarding, from a stranger and from a member, change nothing")
    func tenThousand() throws {
        let harness = try Harness()
        let speaker = try harness.join(), viewer = try harness.join()
        let stranger = try MediaClient(id: EndpointID(rawValue: 666))
        harness.publish(speaker, 1)
        speaker.send(MediaClient.frame(0, key: true), sequence: 1_000)
        #expect(harness.pump { viewer.received.count == 1 })
        let aimed = try harness.join()
        try stranger.begin(
            OpenAnswer(
                local: aimed.credentials, fingerprint: Array(repeating: 0, count: 32), cname: "",
                candidates: [Candidate(address: "127.0.0.1", port: aimed.serverAddress, transport: .udp)], slots: []))
        var random = SeededGenerator(seed: 11)
        let before = harness.statistics()
        for number in 1...500 {
            for _ in 0..<10 {
                stranger.inject(self.malformed(&random))
                speaker.inject(self.malformed(&random))
            }
            speaker.send(MediaClient.frame(UInt16(number)), sequence: 1_000 + UInt64(number))
            // Wait for each, so that no kernel buffer overflows and every loss would be ours.
            #expect(harness.pump { viewer.received.count == number + 1 })
        }
        let after = harness.statistics()
        let isUnchanged = viewer.received.map(\.payload) == (0...500).map { MediaClient.frame($0, key: $0 == 0) }
        #expect(isUnchanged)
        #expect(after.received + after.truncated - before.received >= 10_000)
        #expect(after.truncated > 0 && after.unknownPath > before.unknownPath)
        #expect(after.paths == before.paths && after.endpoints == before.endpoints)
        #expect(after.cellsUsed <= 501)
    }

    @Test("memory is flat: what is kept is bounded by time, not by how much was sent")
    func flat() throws {
        let harness = try Harness()
        let speaker = try harness.join(), viewer = try harness.join()
        harness.publish(speaker, 1)
        for number in 0..<3_000 {
            speaker.send(
                MediaClient.frame(UInt16(number), key: number == 0, size: 50), sequence: UInt64(1_000 + number))
            if number.isMultiple(of: 50) { _ = harness.pump { viewer.received.count > number - 40 } }
        }
        #expect(harness.pump { viewer.received.count == 3_000 })
        #expect(harness.statistics().cellsUsed <= 1_024)
        #expect(harness.pump { harness.statistics().cellsUsed == 0 })
    }

    @Test("a flood of checks that name nobody keeps nobody out")
    func namelessFlood() throws {
        let harness = try Harness()
        let member = try harness.join()
        let stranger = try MediaClient(id: EndpointID(rawValue: 666))
        try stranger.begin(
            OpenAnswer(
                local: member.credentials, fingerprint: Array(repeating: 0, count: 32), cname: "",
                candidates: [Candidate(address: "127.0.0.1", port: member.serverAddress, transport: .udp)], slots: []))
        let nameless: [UInt8] = [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42] + Array(repeating: 7, count: 12)
        for _ in 0..<50 {
            for _ in 0..<100 { stranger.inject(nameless) }
            _ = harness.statistics()
        }
        let newcomer = try harness.join()
        #expect(newcomer.isConnected)
        #expect(harness.statistics().unknownPath >= 4_000)
    }

    @Test("a check sent with somebody else's address takes no path away from who talks over it")
    func takenPath() throws {
        let harness = try Harness()
        let speaker = try harness.join(), viewer = try harness.join()
        harness.publish(speaker, 1)
        speaker.send(MediaClient.frame(0, key: true), sequence: 1_000)
        #expect(harness.pump { viewer.received.count == 1 })
        let thief = try harness.open()
        var checks: [[UInt8]] = []
        thief.watch = { if $0.first == 0 { checks.append($0) } }
        #expect(harness.pump { checks.count >= 1 && thief.isConnected })
        for number in 1...50 {
            // The speaker's own socket: from here the thief's check bears the speaker's address.
            if let check = checks.last { speaker.inject(check) }
            speaker.send(MediaClient.frame(UInt16(number)), sequence: 1_000 + UInt64(number))
            #expect(harness.pump(seconds: 2) { viewer.received.count == number + 1 })
        }
    }

    @Test("a participant who sends far too much is cut, and a meeting beside it goes on")
    func tooMuch() throws {
        let harness = try Harness(rates: .standard)
        let speaker = try harness.join(), viewer = try harness.join()
        harness.publish(speaker, 1, mid: "0")
        for number in 0..<1_000 {
            speaker.send([1, 2, 3], stream: 0, sequence: 1_000 + UInt64(number))
            if number.isMultiple(of: 50) { _ = harness.statistics() }
        }
        let counted = harness.statistics()
        #expect(counted.forwarding.rateLimited > 0)
        #expect(viewer.received.count < 1_000)
    }

    @Test("STUN beyond its rate is not even looked at")
    func stunRates() throws {
        let harness = try Harness()
        let client = try harness.join()
        let request: [UInt8] = [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42] + Array(repeating: 7, count: 12)
        let before = harness.statistics()
        for _ in 0..<20 {
            for _ in 0..<10 { client.inject(request) }
            _ = harness.statistics()
        }
        let after = harness.statistics()
        #expect(after.rateLimited - before.rateLimited >= 100)
    }
}
