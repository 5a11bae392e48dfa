import BeraadTesting
import MediaCore
import Testing
import Wire

@Suite("RTP headers")
struct RTPHeaderTests {
    @Test("a plain header reads field by field")
    func plain() throws {
        let bytes = hex("80E0 1234 DEADBEEF CAFEBABE 0102030405")
        let header = try RTPHeader(bytes)
        #expect(header.marker)
        #expect(!header.hasPadding)
        #expect(header.payloadType == 96)
        #expect(header.sequence == 0x1234)
        #expect(header.timestamp == 0xDEAD_BEEF)
        #expect(header.ssrc == 0xCAFE_BABE)
        #expect(header.byteCount == 12)
        #expect(header.payloadLength(opened: Array(bytes[12...])) == 5)
    }

    @Test("the CSRC list and the extension are skipped to the payload")
    func skips() throws {
        let bytes = hex("9260 0001 00000002 00000003 11111111 22222222 BEDE0001 10AA0000 FF")
        let header = try RTPHeader(bytes)
        #expect(header.byteCount == 28)
        #expect(header.extensionOffset == 24)
        #expect(header.extensionLength == 4)
    }

    @Test("padding counts itself; a count of nothing or of too much is refused")
    func padding() throws {
        let header = try RTPHeader(hex("A060 0001 00000002 00000003"))
        #expect(header.payloadLength(opened: hex("AABB 0002")) == 2)
        #expect(header.payloadLength(opened: hex("00000004")) == 0)
        #expect(header.payloadLength(opened: hex("00000005")) == nil)
        #expect(header.payloadLength(opened: hex("00000000")) == nil)
        #expect(header.payloadLength(opened: []) == nil)
    }

    @Test("a header cut anywhere, or of another version, is refused")
    func refused() {
        let bytes = hex("9260 0001 00000002 00000003 11111111 22222222 BEDE0001 10AA0000")
        for count in 0..<bytes.count {
            #expect(throws: RTPError.notRTP) { try RTPHeader(Array(bytes.prefix(count))) }
        }
        #expect(throws: RTPError.notRTP) { try RTPHeader(hex("4060 0001 00000002 00000003")) }
    }

    @Test("random bytes never trap")
    func noise() {
        var generator = SeededGenerator(seed: 3_550)
        var identifiers = ExtensionIdentifiers()
        (identifiers.mid, identifiers.transportCC, identifiers.rid) = (4, 3, 10)
        for _ in 0..<5_000 {
            var bytes = generator.bytes(Int(generator.next() % 80))
            if !bytes.isEmpty { bytes[0] = 0x80 | bytes[0] & 0x3F }
            guard let header = try? RTPHeader(bytes) else { continue }
            let extensions = RTPExtensions(header, bytes.rawSpan, identifiers: identifiers)
            if let mid = extensions.mid { #expect(bytes.indices.contains(mid.upperBound - 1)) }
            _ = header.payloadLength(opened: bytes)
        }
    }

    @Test("the second byte tells RTCP from RTP")
    func demux() {
        #expect(RTPHeader.isRTCP(secondByte: 200))
        #expect(RTPHeader.isRTCP(secondByte: 207))
        #expect(!RTPHeader.isRTCP(secondByte: 96))
        #expect(!RTPHeader.isRTCP(secondByte: 96 | 0x80))
    }
}

@Suite("Numbers that wrap")
struct SequenceNumberTests {
    @Test("a 16-bit number finds the nearest 64-bit one")
    func nearest() {
        #expect(SequenceNumber.extend(5, near: 0x1_FFFE) == 0x2_0005)
        #expect(SequenceNumber.extend(0xFFFE, near: 0x2_0005) == 0x1_FFFE)
        #expect(SequenceNumber.extend(7, near: 0x3_0007) == 0x3_0007)
        #expect(SequenceNumber.extend(0xFFFF, near: 3) == 0xFFFF)
    }

    @Test("the original number of a retransmission is its first two bytes; a probe has none")
    func retransmission() {
        let payloads = ["1234 AA", "1234", ""].map { hex($0) }
        #expect(payloads.map { RTX.originalSequence($0.rawSpan) } == [0x1234, nil, nil])
    }
}
