import MediaCore
import MediaCrypto
import Testing

@Suite("Sealing SRTP")
struct SRTPSenderTests {
    @Test("no index of an SSRC is sealed twice, not even with the same bytes", arguments: SRTPSupport.profiles)
    func nonceRule(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        #expect(pair.seal(1, 10) != nil)
        #expect(pair.seal(1, 10) == nil)
        #expect(pair.seal(1, 10, fill: 0xcd) == nil)
        #expect(pair.seal(1, 11) != nil)
        #expect(pair.seal(1, 10) == nil)
        #expect(pair.seal(2, 10) != nil)
    }

    @Test("a late packet is sealed into its hole, once, while the hole can be told", arguments: SRTPSupport.profiles)
    func hole(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        #expect(pair.seal(1, 2_000) != nil)
        #expect(pair.seal(1, 1_990) != nil)
        #expect(pair.seal(1, 1_990, fill: 0xcd) == nil)
        #expect(pair.seal(1, 2_000 - 1_023) != nil)
        #expect(pair.seal(1, 2_000 - 1_024) == nil)
    }

    @Test("an index that is not the packet's own number is refused", arguments: SRTPSupport.profiles)
    func wrongIndex(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        #expect(pair.sender.seal(SRTPSupport.packet(ssrc: 1, sequence: 10), index: 11) == nil)
    }

    @Test("scattered and in place give the same bytes", arguments: SRTPSupport.profiles)
    func scatter(profile: SRTPProfile) throws {
        let inPlace = try SRTPPair(profile)
        let scattered = try SRTPPair(profile)
        let packet = SRTPSupport.packet(ssrc: 5, sequence: 77, length: 1_100)
        let expected = try #require(inPlace.sender.seal(packet, index: 77))
        #expect(scattered.sender.sealScatter(packet, index: 77) == expected)
    }

    @Test("an SSRC is refused beyond 2^47 packets, and the key is worn out", arguments: SRTPSupport.profiles)
    func endOfLife(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        #expect(pair.seal(1, (1 << 47) - 1) != nil)
        #expect(!pair.sender.isWornOut)
        #expect(pair.seal(1, 1 << 47) == nil)
        #expect(pair.sender.isWornOut)
    }

    @Test("RTCP is refused beyond 2^30 packets, and the key is worn out", arguments: SRTPSupport.profiles)
    func endOfReports(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile, firstRTCPIndex: (1 << 30) - 1)
        #expect(pair.sender.sealRTCP(SRTPSupport.report(ssrc: 1)) != nil)
        #expect(pair.sender.sealRTCP(SRTPSupport.report(ssrc: 1)) == nil)
        #expect(pair.sender.isWornOut)
    }

    @Test("all SSRCs share one index of RTCP", arguments: SRTPSupport.profiles)
    func oneCounter(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        for number in 0..<3 as Range<UInt8> {
            let report = try #require(pair.sender.sealRTCP(SRTPSupport.report(ssrc: UInt32(number))))
            let offset = profile == .aeadAES128GCM ? report.count - 4 : report.count - 14
            #expect(Array(report[offset..<offset + 4]) == [0x80, 0, 0, number])
        }
    }

    @Test("more SSRCs than announced are refused", arguments: SRTPSupport.profiles)
    func tableFull(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile, streams: 2)
        let sealed = [pair.seal(1, 1) != nil, pair.seal(2, 1) != nil, pair.seal(3, 1) != nil, pair.seal(2, 2) != nil]
        #expect(sealed == [true, true, false, true])
    }

    @Test("the two sides have different keys", arguments: SRTPSupport.profiles)
    func sides(profile: SRTPProfile) throws {
        let block = SRTPSupport.block(profile)
        let sender = SRTPSealer(try SRTPSender(block, side: .server, streams: 1))
        let receiver = SRTPOpener(try SRTPReceiver(block, side: .client, streams: 1, reporters: 1))
        let sealed = try #require(sender.seal(SRTPSupport.packet(ssrc: 1, sequence: 1), index: 1))
        #expect(receiver.open(sealed) == nil)
    }

    @Test("no length traps", arguments: SRTPSupport.profiles)
    func lengths(profile: SRTPProfile) throws {
        let pair = try SRTPPair(profile)
        let packet = SRTPSupport.packet(ssrc: 1, sequence: 1, length: 8)
        for length in [Int.min, -1, 0, 11, 12, 20, 21, Int.max] {
            for headerLength in [Int.min, -1, 0, 11, 12, 21, Int.max] {
                let answers = pair.sender.claim(packet, headerLength: headerLength, length: length, index: 1)
                #expect(answers.rtp == 0)
                #expect(answers.rtcp == 0)
            }
        }
    }
}
