import MediaCore
import Testing

@Suite("A check that somebody recorded")
struct RecordedCheckTests {
    private let stranger = PathKey.v4(0x0A63_6363, port: 53)

    private func answers(_ pair: EndpointPair, to path: PathKey) -> Int {
        pair.sent(to: path).filter { $0.kind == .stun }.count
    }

    @Test("it does not keep an endpoint alive whose peer is gone")
    func alive() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(10))
        let check = pair.recorded.last { $0.end == EndpointPair.serverEnd && $0.kind == .stun }
        let bytes = try #require(check?.bytes)
        pair.isCut = true
        for _ in 0..<7 {
            pair.run(for: .seconds(6))
            pair.inject(bytes, to: EndpointPair.serverEnd)
        }
        #expect(pair.serverEvents.last == .ended(.timedOut))
    }

    @Test("from another address it gets no answer, and its path is not known")
    func elsewhere() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(2))
        let check = pair.recorded.last { $0.end == EndpointPair.serverEnd && $0.kind == .stun }
        pair.inject(try #require(check?.bytes), to: EndpointPair.serverEnd, from: self.stranger)
        pair.run(for: .seconds(1))
        #expect(self.answers(pair, to: self.stranger) == 0)
        #expect(pair.selectedPath == pair.clientPath)
        let dropped = pair.statistics.dropped
        pair.inject(
            [0x16, 0xFE, 0xFD] + [UInt8](repeating: 0, count: 30), to: EndpointPair.serverEnd, from: self.stranger)
        #expect(pair.statistics.dropped == dropped + 1)
    }

    @Test("who is faster with it from another address does not take the honest path its sign of life")
    func faster() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        pair.tamper = { [unowned pair] end, bytes in
            if end == EndpointPair.serverEnd { pair.inject(bytes, to: end, from: self.stranger) }
            return bytes
        }
        pair.run(for: .seconds(40))
        #expect(pair.areConnected)
        #expect(pair.selectedPath == pair.clientPath)
        #expect(!pair.serverEvents.contains(.silent))
    }

    @Test("a retransmission within seconds is answered like the first")
    func retransmission() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        let check = EndpointPair.check(nominates: false)
        let before = self.answers(pair, to: pair.clientPath)
        pair.inject(check, to: EndpointPair.serverEnd)
        #expect(self.answers(pair, to: pair.clientPath) == before + 1)
        pair.tamper = { _, _ in nil }
        pair.run(for: .seconds(4))
        pair.inject(check, to: EndpointPair.serverEnd)
        #expect(self.answers(pair, to: pair.clientPath) == before + 2)
        pair.run(for: .seconds(2))
        pair.inject(check, to: EndpointPair.serverEnd)
        #expect(self.answers(pair, to: pair.clientPath) == before + 2)
    }
}
