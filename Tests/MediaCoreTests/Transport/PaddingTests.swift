import MediaCore
import Testing

@Suite("Packets that carry nothing, or too much")
struct PaddingTests {
    @Test("padding uses its number up: nobody asks for it, and it is handed out without payload")
    func padding() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        for number in 0..<10 as Range<UInt16> {
            let isPadding = number == 4 || number == 9
            _ = pair.clientSends(
                isPadding ? [] : EndpointTests.picture(number), sequence: 900 + UInt64(number),
                padding: isPadding ? 16 : 0)
            pair.run(for: .milliseconds(20))
        }
        pair.run(for: .seconds(1))
        #expect(pair.serverMedia.map(\.sequence) == (900..<910).map { UInt64($0) })
        #expect(pair.serverMedia.filter { $0.payloadLength == 0 }.map(\.sequence) == [904, 909])
        #expect(pair.serverMedia.allSatisfy { $0.stream == 1 && $0.codec == .vp8 })
        #expect(pair.statistics.nacksSent == 0)
        #expect(pair.slabUsed == 0)
    }

    @Test("a probe on the retransmission stream is handed out to nobody")
    func probe() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        _ = pair.clientSends(EndpointTests.picture(1), sequence: 10)
        #expect(pair.clientSends([], sequence: 10, isRetransmission: true, padding: 16) > 0)
        pair.run(for: .seconds(1))
        #expect(pair.serverMedia.count == 1)
        #expect(pair.slabUsed == 0)
    }

    @Test("a payload over 1,300 bytes is dropped and counted, and not asked for again")
    func oversized() throws {
        let pair = try EndpointPair()
        pair.run(for: .seconds(1))
        func picture(_ number: UInt16, length: Int) -> [UInt8] {
            let start = EndpointTests.picture(number)
            return start + [UInt8](repeating: 1, count: length - start.count)
        }
        _ = pair.clientSends(picture(1, length: 1_300), sequence: 10)
        _ = pair.clientSends(picture(2, length: 1_301), sequence: 11)
        _ = pair.clientSends(picture(3, length: 500), sequence: 12)
        pair.run(for: .seconds(1))
        #expect(pair.serverMedia.map(\.sequence) == [10, 12])
        #expect(pair.statistics.oversized == 1)
        #expect(pair.statistics.nacksSent == 0)
        #expect(pair.slabUsed == 0)
    }
}
