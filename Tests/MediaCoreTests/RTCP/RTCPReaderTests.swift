import BeraadTesting
import MediaCore
import Testing
import Wire

@Suite("Reading RTCP")
struct RTCPReaderTests {
    static func packets(_ bytes: [UInt8]) -> (packets: [RTCPPacket], isMalformed: Bool) {
        var reader = RTCPReader()
        var packets: [RTCPPacket] = []
        while let packet = reader.next(bytes.rawSpan) { packets.append(packet) }
        return (packets, reader.isMalformed)
    }

    /// SR with one block, SDES, PLI: what a browser sends, put together by hand.
    private static let compound = hex(
        """
        81C8000C 11111111 E5A1B2C3D4E5F607 01020304 00000064 0000C350
          22222222 40FFFFFE 00010005 00000010 B2C3D4E5 00008000
        81CA0003 11111111 01046162 63640000
        81CE0002 11111111 22222222
        """)

    @Test("a compound reads packet by packet")
    func compoundPackets() throws {
        let (packets, isMalformed) = Self.packets(Self.compound)
        #expect(!isMalformed)
        #expect(packets.count == 3)
        guard case .senderReport(let report, let blocks) = packets[0] else {
            Issue.record("the first packet is the sender report")
            return
        }
        #expect(
            report
                == SenderReport(
                    ssrc: 0x1111_1111, ntp: 0xE5A1_B2C3_D4E5_F607, rtpTime: 0x0102_0304, packetCount: 100,
                    octetCount: 50_000))
        #expect(blocks.count == 1)
        let found = blocks.item(0, in: Self.compound.rawSpan)
        let block = try #require(found)
        #expect(block.ssrc == 0x2222_2222)
        #expect(block.fractionLost == 64)
        #expect(block.cumulativeLost == -2)
        #expect(block.highestSequence == 0x0001_0005)
        #expect(block.lastSenderReport == 0xB2C3_D4E5)
        #expect(packets[1] == .sourceDescription)
        #expect(packets[2] == .pictureLoss(sender: 0x1111_1111, media: 0x2222_2222))
    }

    @Test("feedback of all sorts reads, alone in its datagram")
    func feedback() {
        let nack = hex("81CD0004 11111111 22222222 00050003 FFFF8000")
        guard case .missing(_, let media, let items)? = Self.packets(nack).packets.first else {
            Issue.record("a NACK reads")
            return
        }
        #expect(media == 0x2222_2222)
        #expect((0..<3).map { items.item($0, in: nack.rawSpan)?.sequence } == [5, 0xFFFF, nil])
        #expect(items.item(0, in: nack.rawSpan)?.following == 3)

        let fir = hex("84CE0004 11111111 00000000 22222222 07000000")
        guard case .fullIntra(_, let requests)? = Self.packets(fir).packets.first else {
            Issue.record("a FIR reads")
            return
        }
        #expect(requests.item(0, in: fir.rawSpan)?.ssrc == 0x2222_2222)
        #expect(requests.item(0, in: fir.rawSpan)?.command == 7)

        let bye = hex("82CB0002 11111111 22222222")
        guard case .goodbye(let sources)? = Self.packets(bye).packets.first else {
            Issue.record("a BYE reads")
            return
        }
        #expect(sources.item(1, in: bye.rawSpan) == 0x2222_2222)

        let remb = hex("8FCE0005 11111111 00000000 52454D42 01030D40 22222222")
        #expect(Self.packets(remb).packets == [.estimatedBitrate])
    }

    @Test("XR tells the receiver's time and the delay since")
    func extendedReports() {
        let time = hex("80CF0004 11111111 04000002 E5A1B2C3D4E5F607")
        #expect(Self.packets(time).packets == [.receiverTime(ssrc: 0x1111_1111, ntp: 0xE5A1_B2C3_D4E5_F607)])
        let delay = hex("80CF0005 11111111 05000003 22222222 B2C3D4E5 00010000")
        guard case .delaySinceReceiverTime(_, let items)? = Self.packets(delay).packets.first else {
            Issue.record("a DLRR reads")
            return
        }
        #expect(items.item(0, in: delay.rawSpan)?.delay == 0x1_0000)
    }

    @Test("a packet nobody knows is skipped, not fatal")
    func unknown() {
        let (packets, isMalformed) = Self.packets(hex("80CC0002 11111111 6E616D65 81CE0002 11111111 22222222"))
        #expect(!isMalformed)
        #expect(packets == [.pictureLoss(sender: 0x1111_1111, media: 0x2222_2222)])
    }

    @Test("lists longer than their packet, bad padding and bad versions are malformed")
    func malformed() {
        for text in [
            "82C90007 11111111 22222222 00000000 00000000 00000000 00000000 00000000",
            "85CB0002 11111111 22222222", "81CD0002 11111111 22222222", "41CE0002 11111111 22222222",
            "A1CE0002 11111111 22222200", "A1CE0002 11111111 2222220C", "A1CE0002 11111111 22222203",
            "A1CE0003 11111111 22222222 00000004 81CE0002 11111111 22222222", "84CE0003 11111111 00000000 22222222",
            "80CF0002 11111111 04000002", "81CE0009 11111111",
        ] {
            #expect(Self.packets(hex(text)).isMalformed, "\(text)")
        }
    }

    @Test("a datagram cut anywhere hands out only whole packets")
    func truncation() {
        for count in 0..<Self.compound.count {
            let (packets, isMalformed) = Self.packets(Array(Self.compound.prefix(count)))
            #expect(isMalformed || [0, 52, 68].contains(count))
            #expect(packets.count == (count < 52 ? 0 : count < 68 ? 1 : 2))
        }
    }

    @Test("a compound without end is cut off")
    func bounded() {
        let many = (0...RTCPReader.packetsMax).flatMap { _ in hex("81CE0002 11111111 22222222") }
        let (packets, isMalformed) = Self.packets(many)
        #expect(packets.count == RTCPReader.packetsMax)
        #expect(isMalformed)
    }

    @Test("round-trip time comes from a block that answers a report, and nonsense is refused")
    func roundTrip() {
        var block = ReportBlock()
        let sent: UInt64 = 0xE5A1_B2C3_0000_0000
        #expect(block.roundTrip(ntp: sent) == nil)
        block.lastSenderReport = UInt32(truncatingIfNeeded: sent >> 16)
        block.delaySinceLastSenderReport = 0x8000
        // 0.75 s later, half a second of which the peer kept the report.
        #expect(block.roundTrip(ntp: sent + 0xC000_0000) == .milliseconds(250))
        #expect(block.roundTrip(ntp: sent) == nil)
    }
}

@Suite("Writing RTCP")
struct RTCPWriterTests {
    @Test("a compound that was written reads back")
    func roundTrip() throws {
        var block = ReportBlock()
        block.ssrc = 7
        block.fractionLost = 12
        block.cumulativeLost = -3
        block.highestSequence = 0x2_0001
        block.jitter = 99
        block.lastSenderReport = 0x1234_5678
        block.delaySinceLastSenderReport = 0x9ABC
        let report = SenderReport(ssrc: 1, ntp: 2, rtpTime: 3, packetCount: 4, octetCount: 5)
        let bytes = written { out in
            var writer = RTCPWriter()
            writer.senderReport(report, into: &out)
            writer.addBlock(block, into: &out)
            writer.receiverReport(sender: 9, into: &out)
            writer.addBlock(block, into: &out)
            writer.addBlock(block, into: &out)
            writer.sourceDescription(ssrc: 1, cname: Array("c7f3a1".utf8).rawSpan, into: &out)
            writer.pictureLoss(sender: 1, media: 7, into: &out)
            writer.missing(sender: 1, media: 7, first: MissingPackets(sequence: 3, following: 5), into: &out)
            writer.addMissing(MissingPackets(sequence: 40, following: 0), into: &out)
            writer.goodbye(ssrc: 1, into: &out)
            return writer.count
        }
        #expect(bytes.count % 4 == 0)
        let (packets, isMalformed) = RTCPReaderTests.packets(bytes)
        #expect(!isMalformed)
        #expect(packets.count == 6)
        guard case .senderReport(let readReport, let blocks) = packets[0],
            case .receiverReport(let sender, let more) = packets[1],
            case .missing(_, _, let items) = packets[4]
        else {
            Issue.record("the packets stand in the order they were written")
            return
        }
        #expect(readReport == report)
        #expect(sender == 9)
        #expect(blocks.count == 1 && more.count == 2)
        #expect(blocks.item(0, in: bytes.rawSpan) == block)
        #expect(more.item(1, in: bytes.rawSpan) == block)
        #expect(items.item(1, in: bytes.rawSpan) == MissingPackets(sequence: 40, following: 0))
    }

    @Test("names of every length are padded to whole words with at least one zero")
    func names() {
        for length in 0...40 {
            let name = [UInt8](repeating: 0x61, count: length)
            let bytes = written { out in
                var writer = RTCPWriter()
                writer.sourceDescription(ssrc: 1, cname: name.rawSpan, into: &out)
                return writer.count
            }
            #expect(bytes.count % 4 == 0)
            #expect(bytes.last == 0)
            #expect(RTCPReaderTests.packets(bytes).packets == [.sourceDescription])
        }
    }

    @Test("what does not fit is left out whole, and the datagram stays sound")
    func room() {
        for capacity in 0..<120 {
            let bytes = written(capacity) { out in
                var writer = RTCPWriter()
                writer.receiverReport(sender: 9, into: &out)
                while writer.addBlock(ReportBlock(), into: &out) {}
                writer.pictureLoss(sender: 1, media: 7, into: &out)
                writer.missing(sender: 1, media: 7, first: MissingPackets(sequence: 3, following: 5), into: &out)
                return writer.count
            }
            #expect(bytes.count <= capacity)
            #expect(!RTCPReaderTests.packets(bytes).isMalformed)
        }
    }

    @Test("a report holds 31 blocks at most")
    func blocks() {
        let bytes = written { out in
            var writer = RTCPWriter()
            writer.receiverReport(sender: 9, into: &out)
            while writer.addBlock(ReportBlock(), into: &out) {}
            return writer.count
        }
        #expect(bytes.count == 8 + 31 * 24)
        #expect(!RTCPReaderTests.packets(bytes).isMalformed)
    }
}
