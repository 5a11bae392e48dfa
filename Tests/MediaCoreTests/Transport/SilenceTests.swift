import MediaCore
import Testing

@Suite("A peer that is not heard for a while")
struct SilenceTests {
    /// RTCP the server sent so far.
    private func reports(_ pair: EndpointPair) -> Int {
        pair.sent(to: pair.clientPath).filter { $0.kind == .rtcp }.count
    }

    @Test("after a cut of 20 s media and reports go on with the first check, though no timer fires then")
    func heal() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        pair.isCut = true
        pair.run(for: .seconds(20))
        #expect(pair.serverEvents.last == .silent)
        #expect(pair.serverSends([1], stream: 0, sequence: 1) == 0)
        pair.isCut = false
        pair.run(for: .seconds(1))
        let before = self.reports(pair)
        #expect(pair.serverSends([1], stream: 0, sequence: 2) > 0)
        pair.run(for: .seconds(3))
        #expect(self.reports(pair) >= before + 3)
        #expect(pair.areConnected)
    }

    @Test("silence comes again, and is told again, when the peer is cut off a second time")
    func again() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        for round in 1...2 {
            pair.isCut = true
            pair.run(for: .seconds(20))
            #expect(pair.serverEvents.filter { $0 == .silent }.count == round)
            pair.isCut = false
            pair.run(for: .seconds(3))
        }
        #expect(pair.areConnected)
    }

    @Test("a peer that finished DTLS but nominates nothing lives by its checks, and ends 30 s after the last")
    func unnominated() throws {
        let pair = try EndpointPair()
        pair.tamper = { end, bytes in
            end == EndpointPair.serverEnd ? EndpointPair.withoutNomination(bytes) : bytes
        }
        pair.run(for: .seconds(40))
        #expect(pair.areConnected)
        #expect(pair.selectedPath == nil)
        pair.isCut = true
        pair.run(for: .seconds(27))
        #expect(!pair.serverEvents.contains(.ended(.timedOut)))
        pair.run(for: .seconds(4))
        #expect(pair.serverEvents.last == .ended(.timedOut))
    }
}
