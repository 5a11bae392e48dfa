import MediaCore
import MediaCrypto
import Testing

@Suite("Sealing SRTP")
struct SRTPSenderTests {
    @Test("no index of an SSRC is sealed twice, not even with the same bytes", arguments: SRTPSupport.profiles)
    func nonceRule(profile: SRTPProfile) throws {
        var pair = try SRTPPair(profile)
        let first = pair.seal(1, 10)
        #expect(first != nil)
        let same = pair.seal(1, 10)
        #expect(same == nil)
        let changed = pair.seal(1, 10, fill: 0xcd)
        #expect(changed == nil)
        let back = pair.seal(1, 9)
        #expect(back == nil)
        let next = pair.seal(1, 11)
        #expect(next != nil)
        let other = pair.seal(2, 10)
        #expect(other != nil)
    }

    @Test("an index that is not the packet's own number is refused", arguments: SRTPSupport.profiles)
    func wrongIndex(profile: SRTPProfile) throws {
        var pair = try SRTPPair(profile)
        let sealed = pair.sender.seal(SRTPSupport.packet(ssrc: 1, sequence: 10), index: 11)
        #expect(sealed == nil)
    }

    @Test("scattered and in place give the same bytes", arguments: SRTPSupport.profiles)
    func scatter(profile: SRTPProfile) throws {
        var inPlace = try SRTPPair(profile)
        var scattered = try SRTPPair(profile)
        let packet = SRTPSupport.packet(ssrc: 5, sequence: 77, length: 1_100)
        let expected = try #require(inPlace.sender.seal(packet, index: 77))
        let payload = Array(packet.dropFirst(12))
        var out = Array(packet.prefix(12)) + [UInt8](repeating: 0, count: 1_100 + SRTPOverhead.maximum)
        let count = unsafe out.withUnsafeMutableBytes { out in
            unsafe payload.withUnsafeBytes { payload in
                unsafe scattered.sender.sealScatter(payload: payload, headerLength: 12, index: 77, into: out)
            }
        }
        #expect(Array(out.prefix(count)) == expected)
    }

    @Test("an SSRC is refused beyond 2^47 packets, and the key is worn out", arguments: SRTPSupport.profiles)
    func endOfLife(profile: SRTPProfile) throws {
        var pair = try SRTPPair(profile)
        let last = pair.seal(1, (1 << 47) - 1)
        #expect(last != nil)
        let worn = pair.sender.isWornOut
        #expect(!worn)
        let beyond = pair.seal(1, 1 << 47)
        #expect(beyond == nil)
        let wornNow = pair.sender.isWornOut
        #expect(wornNow)
    }

    @Test("RTCP is refused beyond 2^30 packets, and the key is worn out", arguments: SRTPSupport.profiles)
    func endOfReports(profile: SRTPProfile) throws {
        var pair = try SRTPPair(profile, firstRTCPIndex: (1 << 30) - 1)
        let last = pair.sender.sealRTCP(SRTPSupport.report(ssrc: 1))
        #expect(last != nil)
        let beyond = pair.sender.sealRTCP(SRTPSupport.report(ssrc: 1))
        #expect(beyond == nil)
        let worn = pair.sender.isWornOut
        #expect(worn)
    }

    @Test("all SSRCs share one index of RTCP", arguments: SRTPSupport.profiles)
    func oneCounter(profile: SRTPProfile) throws {
        var pair = try SRTPPair(profile)
        for number in 0..<3 as Range<UInt8> {
            let report = try #require(pair.sender.sealRTCP(SRTPSupport.report(ssrc: UInt32(number))))
            let offset = profile == .aeadAES128GCM ? report.count - 4 : report.count - 14
            #expect(Array(report[offset..<offset + 4]) == [0x80, 0, 0, number])
        }
    }

    @Test("more SSRCs than announced are refused", arguments: SRTPSupport.profiles)
    func tableFull(profile: SRTPProfile) throws {
        var pair = try SRTPPair(profile, streams: 2)
        let sealed = [pair.seal(1, 1) != nil, pair.seal(2, 1) != nil, pair.seal(3, 1) != nil, pair.seal(2, 2) != nil]
        #expect(sealed == [true, true, false, true])
    }

    @Test("the two sides have different keys", arguments: SRTPSupport.profiles)
    func sides(profile: SRTPProfile) throws {
        let block = SRTPSupport.block(profile)
        var sender = try SRTPSender(block, side: .server, streams: 1)
        var receiver = try SRTPReceiver(block, side: .client, streams: 1, reporters: 1)
        let sealed = try #require(sender.seal(SRTPSupport.packet(ssrc: 1, sequence: 1), index: 1))
        let opened = receiver.open(sealed)
        #expect(opened == nil)
    }

    @Test("no length traps", arguments: SRTPSupport.profiles)
    func lengths(profile: SRTPProfile) throws {
        var pair = try SRTPPair(profile)
        var buffer = SRTPSupport.packet(ssrc: 1, sequence: 1, length: 8)
        let answers = unsafe buffer.withUnsafeMutableBytes { buffer in
            [Int.min, -1, 0, 11, 12, 20, 21, Int.max].flatMap { length in
                [Int.min, -1, 0, 11, 12, 21, Int.max].map { headerLength in
                    unsafe pair.sender.seal(buffer, headerLength: headerLength, length: length, index: 1)
                } + [unsafe pair.sender.sealRTCP(buffer, length: length)]
            }
        }
        #expect(answers.allSatisfy { $0 == 0 })
    }
}
