import MediaCore
import MediaCrypto
import Testing

@Suite("Opening SRTP")
struct SRTPReceiverTests {
    @Test("a packet that comes again is dropped, however late", arguments: SRTPSupport.profiles)
    func replay(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        var sent: [[UInt8]] = []
        for index in 100..<1_400 as Range<UInt64> {
            let packet = try #require(pair.seal(1, index))
            sent.append(packet)
            #expect(pair.receiver.open(packet)?.index == index)
        }
        for packet in sent {
            #expect(pair.receiver.open(packet) == nil)
        }
        #expect(pair.receiver.drops.replayed == 1_300)
        #expect(pair.receiver.drops.forged == 0)
    }

    @Test("packets inside the window may come in any order, older ones not", arguments: SRTPSupport.profiles)
    func window(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        let old = try #require(pair.seal(1, 1_000))
        let edge = try #require(pair.seal(1, 1_001))
        let newest = try #require(pair.seal(1, 2_024))
        let opened = [
            pair.receiver.open(newest)?.index, pair.receiver.open(edge)?.index, pair.receiver.open(old)?.index,
        ]
        #expect(opened == [2_024, 1_001, nil])
    }

    @Test("the rollover counter follows the sequence number", arguments: SRTPSupport.profiles)
    func rollover(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        var index: UInt64 = 30_000
        while index < 5 << 16 {
            let packet = try #require(pair.seal(1, index))
            #expect(pair.receiver.open(packet)?.index == index)
            index += 9_973
        }
    }

    @Test("packets around a wrap open in any order", arguments: SRTPSupport.profiles)
    func aroundWrap(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        var packets: [UInt64: [UInt8]] = [:]
        for index in 65_530...65_545 as ClosedRange<UInt64> { packets[index] = pair.seal(1, index) }
        let order: [UInt64] = [65_530, 65_536, 65_535, 65_540, 65_531, 65_545, 65_534, 65_537]
        for index in order {
            let opened = try pair.receiver.open(#require(packets[index]))
            #expect(opened?.index == index)
        }
    }

    @Test("a wrong guess of the rollover counter fails the proof and moves nothing", arguments: SRTPSupport.profiles)
    func wrongRound(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        let later = try #require(pair.seal(1, 3 << 16 | 5))
        #expect(pair.receiver.open(later) == nil)
        #expect(pair.receiver.streamCount == 0)
        #expect(pair.receiver.drops.forged == 1)
    }

    @Test("before the first round there is nothing", arguments: SRTPSupport.profiles)
    func beforeTheStart(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        let packet = try #require(pair.seal(1, 3))
        let late = try #require(pair.seal(1, 60_000))
        let opened = pair.receiver.open(packet)?.index
        #expect(opened == 3)
        #expect(pair.receiver.open(late) == nil)
    }

    @Test("forged packets of unknown SSRCs leave no trace", arguments: SRTPSupport.profiles)
    func forged(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        for ssrc in 0..<5_000 as Range<UInt32> {
            let packet = SRTPSupport.packet(ssrc: ssrc, sequence: UInt16(ssrc & 0xff), length: 60)
            #expect(pair.receiver.open(packet) == nil)
            let report = SRTPSupport.report(ssrc: ssrc, words: 8) + [0x80, 0, 0, 1]
            #expect(pair.receiver.openRTCP(report) == nil)
        }
        let counts = (pair.receiver.streamCount, pair.receiver.reporterCount)
        #expect(counts.0 == 0 && counts.1 == 0)
        let sealed = try #require(pair.seal(77, 1))
        #expect(pair.receiver.open(sealed) != nil)
    }

    @Test("a changed bit anywhere is noticed", arguments: SRTPSupport.profiles)
    func tampered(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        let packet = try #require(pair.seal(1, 500))
        let report = try #require(pair.sender.sealRTCP(SRTPSupport.report(ssrc: 1)))
        for bit in 0..<packet.count * 8 {
            var changed = packet
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let opened = pair.receiver.open(changed)
            #expect(opened == nil, "bit \(bit)")
        }
        for bit in 0..<report.count * 8 {
            var changed = report
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let opened = pair.receiver.openRTCP(changed)
            #expect(opened == nil, "bit \(bit)")
        }
        #expect(pair.receiver.open(packet)?.index == 500)
        #expect(pair.receiver.openRTCP(report) == SRTPSupport.report(ssrc: 1))
    }

    @Test("the table of SSRCs ends, and those inside it go on", arguments: SRTPSupport.profiles)
    func tableFull(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile, streams: 4, reporters: 4)
        let other = try SRTPPair(profile, streams: 64)
        for ssrc in 0..<6 as Range<UInt32> {
            let packet = try #require(other.seal(ssrc, 1))
            let opened = pair.receiver.open(packet)
            #expect((opened != nil) == (ssrc < 4))
            let report = try #require(other.sender.sealRTCP(SRTPSupport.report(ssrc: ssrc)))
            let openedReport = pair.receiver.openRTCP(report)
            #expect((openedReport != nil) == (ssrc < 4))
        }
        let again = try #require(other.seal(3, 2))
        #expect(pair.receiver.open(again) != nil)
        #expect(pair.receiver.drops.overflowed == 4)
    }

    @Test("RTCP that comes again is dropped", arguments: SRTPSupport.profiles)
    func replayedReports(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        var reports: [[UInt8]] = []
        for number in 0..<40 as Range<UInt32> {
            reports.append(try #require(pair.sender.sealRTCP(SRTPSupport.report(ssrc: number % 3))))
        }
        for report in reports.shuffled(seed: 3) {
            #expect(pair.receiver.openRTCP(report) != nil)
        }
        for report in reports {
            #expect(pair.receiver.openRTCP(report) == nil)
        }
        #expect(pair.receiver.drops.replayed == 40)
    }

    @Test("RTCP that is not encrypted is refused", arguments: SRTPSupport.profiles)
    func unencrypted(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        var report = try #require(pair.sender.sealRTCP(SRTPSupport.report(ssrc: 9)))
        let offset = profile == .aeadAES128GCM ? report.count - 4 : report.count - 14
        report[offset] &= 0x7f
        #expect(pair.receiver.openRTCP(report) == nil)
        #expect(pair.receiver.drops.malformed == 1)
    }

    @Test("no length and no header length traps", arguments: SRTPSupport.profiles)
    func lengths(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        let packet = try #require(pair.seal(1, 5))
        for count in 0..<packet.count {
            for headerLength in [-1, 0, 11, 12, 20, 1_000, Int.max, Int.min] {
                #expect(pair.receiver.open(Array(packet.prefix(count)), headerLength: headerLength) == nil)
            }
            #expect(pair.receiver.openRTCP(Array(packet.prefix(count))) == nil)
        }
        #expect(pair.receiver.open(packet, room: 8) == nil)
    }

    @Test("a header with extensions and a packet without payload open", arguments: SRTPSupport.profiles)
    func shapes(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        let long = SRTPSupport.packet(ssrc: 1, sequence: 7, length: 100)
        let sealed = try #require(pair.sender.seal(long, headerLength: 32, index: 7))
        #expect(Array(sealed.prefix(32)) == Array(long.prefix(32)))
        #expect(pair.receiver.open(sealed, headerLength: 32)?.packet == long)
        let empty = SRTPSupport.packet(ssrc: 1, sequence: 8, length: 0)
        let sealedEmpty = try #require(pair.sender.seal(empty, index: 8))
        #expect(pair.receiver.open(sealedEmpty)?.packet == empty)
    }
}

extension Array {
    /// A fixed other order.
    fileprivate func shuffled(seed: UInt64) -> [Element] {
        var copy = self
        var state = seed
        for index in copy.indices.reversed() {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            copy.swapAt(index, Int(state >> 33) % (index + 1))
        }
        return copy
    }
}
