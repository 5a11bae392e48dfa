import MediaCore
import Testing

@Suite("Sender reports of a new source")
struct OpeningReportTests {
    private func reports(_ pair: EndpointPair, section: UInt16) -> Int {
        pair.serverEvents.filter {
            if case .senderReport(section, _, _, _, _) = $0 { true } else { false }
        }.count
    }

    /// The client sends for `milliseconds`, a packet each 20.
    private func send(_ pair: EndpointPair, _ stream: UInt16, from sequence: UInt64, milliseconds: Int) {
        for step in 0..<milliseconds / 20 {
            let payload = stream == 0 ? [1, 2, 3] : EndpointTests.picture(UInt16(step))
            _ = pair.clientSends(payload, stream: stream, sequence: sequence + UInt64(step))
            pair.run(for: .milliseconds(20))
        }
    }

    @Test("one comes with the first packet, and one with the first after each change")
    func first() throws {
        let pair = try EndpointPair()
        pair.run(for: .milliseconds(1_500))
        self.send(pair, 1, from: 1, milliseconds: 100)
        #expect(self.reports(pair, section: 1) == 1)
        pair.run(for: .milliseconds(1_700))
        for round in 1...3 as ClosedRange<UInt64> {
            let before = self.reports(pair, section: 1)
            pair.run(for: .milliseconds(110))
            pair.client.perform(.sourceChanged(stream: 1, rtpTime: 5, at: pair.now), now: pair.now)
            pair.run(for: .milliseconds(20))
            #expect(self.reports(pair, section: 1) == before, "nothing was sent of it yet")
            self.send(pair, 1, from: 1_000 * round, milliseconds: 60)
            #expect(self.reports(pair, section: 1) == before + 1)
        }
    }

    @Test("it speaks of the new stream alone")
    func alone() throws {
        let pair = try EndpointPair()
        pair.run(for: .milliseconds(1_500))
        self.send(pair, 0, from: 1, milliseconds: 100)
        let before = self.reports(pair, section: 0)
        pair.run(for: .milliseconds(110))
        self.send(pair, 1, from: 1, milliseconds: 60)
        #expect(self.reports(pair, section: 1) == 1)
        #expect(self.reports(pair, section: 0) == before)
    }
}
