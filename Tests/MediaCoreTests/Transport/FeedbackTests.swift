import MediaCore
import Testing

@Suite("What a peer reports, and how much of it is listened to")
struct FeedbackTests {
    private func fullIntra(from sender: UInt32, _ command: UInt32) -> [UInt8] {
        RawPeer.packet(4, 206, [sender, 0, 12_000, command << 24])
    }

    private func senderReport(ntp: UInt32) -> [UInt8] { RawPeer.packet(0, 200, [1_111, ntp, 0, 3_000, 1, 1]) }

    private func packetsLost(_ items: Int) -> [UInt8] {
        RawPeer.packet(1, 205, [7, 12_000] + (0..<items).map { UInt32($0) << 16 })
    }

    @Test("a full intra request that comes again asks once; a new number, or another asker, asks again")
    func intra() throws {
        let peer = try RawPeer()
        #expect(peer.isConnected)
        #expect(peer.report([self.fullIntra(from: 7, 1)]) == [.keyFrameWanted(stream: 0)])
        #expect(peer.report([self.fullIntra(from: 7, 1)]).isEmpty)
        #expect(peer.report([self.fullIntra(from: 7, 2)]) == [.keyFrameWanted(stream: 0)])
        #expect(peer.report([self.fullIntra(from: 8, 2)]) == [.keyFrameWanted(stream: 0)])
    }

    @Test("64 sender reports in a datagram are told as one, and the next one 100 ms later")
    func senderReports() throws {
        let peer = try RawPeer()
        let flood = (1...64).map { self.senderReport(ntp: $0) }
        #expect(peer.report(flood).count == 1)
        peer.now = peer.now + .milliseconds(99)
        #expect(peer.report(flood).isEmpty)
        peer.now = peer.now + .milliseconds(1)
        #expect(peer.report(flood).count == 1)
    }

    @Test("of all NACKs in a datagram 16 items are looked at")
    func missing() throws {
        let peer = try RawPeer()
        let told = peer.report([self.packetsLost(10), self.packetsLost(10), self.packetsLost(10)])
        #expect(told.count == 16)
        #expect(peer.report([self.packetsLost(3)]).count == 3)
    }
}
