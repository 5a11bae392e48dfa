import MediaCore
import Testing
import Wire

@Suite("RTP header extensions")
struct RTPExtensionTests {
    private func elements(_ text: String) throws -> [RTPExtensionElement] {
        let bytes = hex(text)
        var reader = RTPExtensionReader(try RTPHeader(bytes))
        var elements: [RTPExtensionElement] = []
        while let element = reader.next(bytes.rawSpan) { elements.append(element) }
        return elements
    }

    private var identifiers: ExtensionIdentifiers {
        var identifiers = ExtensionIdentifiers()
        (identifiers.mid, identifiers.transportCC, identifiers.rid, identifiers.repairedRID) = (4, 3, 10, 11)
        identifiers.dependencyDescriptor = 13
        return identifiers
    }

    @Test("one-byte elements read with padding between them")
    func oneByte() throws {
        // RFC 8285 §4.2, the shape of its example: lengths 1, 2 and 4, padding after the second.
        let elements = try self.elements("9060000100000002 00000003 BEDE0003 10AA 21BBBB 0000 33CCCCCCCC")
        #expect(elements.map(\.identifier) == [1, 2, 3])
        #expect(elements.map(\.data.count) == [1, 2, 4])
    }

    @Test("two-byte elements read, empty ones too")
    func twoByte() throws {
        // RFC 8285 §4.3: lengths 0, 1 and 4.
        let elements = try self.elements("9060000100000002 00000003 10000004 0100 0201AA 00 0304BBBBBBBB 00000000")
        #expect(elements.map(\.identifier) == [1, 2, 3])
        #expect(elements.map(\.data.count) == [0, 1, 4])
    }

    @Test("identifier 15 ends the list, and so does an element that runs over the end")
    func stops() throws {
        #expect(try self.elements("9060000100000002 00000003 BEDE0002 10AA F0BB 10CC 0000").count == 1)
        #expect(try self.elements("9060000100000002 00000003 BEDE0001 10AA 1FBB FFFFFFFF").count == 1)
        #expect(try self.elements("9060000100000002 00000003 10000001 01 03 AABB FFFFFFFF").count == 0)
        #expect(try self.elements("9060000100000002 00000003 ABCD0001 10AA10AA").count == 0)
    }

    @Test("the elements an endpoint negotiated are found in both forms")
    func lookup() throws {
        let texts = [
            "9060000100000002 00000003 BEDE0004 40 31 31 0102 A0 66 B0 67 D2 AABBCC 000000",
            "9060000100000002 00000003 10000006 0401 31 0302 0102 0A01 66 0B01 67 0D03 AABBCC 000000000000",
        ]
        for text in texts {
            let bytes = hex(text)
            let found = RTPExtensions(try RTPHeader(bytes), bytes.rawSpan, identifiers: self.identifiers)
            #expect(found.mid.map { Array(bytes[$0]) } == [0x31])
            #expect(found.rid.map { Array(bytes[$0]) } == [0x66])
            #expect(found.repairedRID.map { Array(bytes[$0]) } == [0x67])
            #expect(found.transportSequence == 0x0102)
            #expect(found.dependencyDescriptor.map { Array(bytes[$0]) } == [0xAA, 0xBB, 0xCC])
        }
    }

    @Test("an extension nobody negotiated is not looked at")
    func unknown() throws {
        let bytes = hex("9060000100000002 00000003 BEDE0002 40 31 31 0102 10 AA 00")
        let found = RTPExtensions(try RTPHeader(bytes), bytes.rawSpan, identifiers: ExtensionIdentifiers())
        #expect(found.mid == nil && found.transportSequence == nil && found.rid == nil)
    }
}

@Suite("The header every packet of a slot gets")
struct RTPHeaderTemplateTests {
    private let stamp = RTPHeaderTemplate.Stamp(
        marker: true, hasPadding: true, payloadType: 96, sequence: 0xABCD, timestamp: 0x0102_0304,
        transportSequence: 0x1122)

    @Test("it is 24 bytes in either form, and reads back", arguments: [(UInt8(4), UInt8(3)), (15, 3), (200, 201)])
    func roundTrip(identifiers: (mid: UInt8, transportCC: UInt8)) throws {
        var negotiated = ExtensionIdentifiers()
        (negotiated.mid, negotiated.transportCC) = identifiers
        for mid in ["7", "12"] {
            let template = try #require(
                RTPHeaderTemplate(ssrc: 0xCAFE_BABE, mid: Array(mid.utf8), identifiers: negotiated))
            let bytes = written { template.write(self.stamp, into: &$0) }
            #expect(bytes.count == RTPHeaderTemplate.byteCount)
            let header = try RTPHeader(bytes)
            #expect(header.byteCount == 24)
            #expect(header.marker && header.hasPadding)
            #expect(header.payloadType == 96)
            #expect(header.sequence == 0xABCD)
            #expect(header.timestamp == 0x0102_0304)
            #expect(header.ssrc == 0xCAFE_BABE)
            let found = RTPExtensions(header, bytes.rawSpan, identifiers: negotiated)
            #expect(found.mid.map { Array(bytes[$0]) } == Array(mid.utf8))
            #expect(found.transportSequence == 0x1122)
        }
    }

    @Test("without transport-cc the mid is still stamped, and the size stays")
    func withoutFeedback() throws {
        var negotiated = ExtensionIdentifiers()
        negotiated.mid = 3
        let template = try #require(RTPHeaderTemplate(ssrc: 1, mid: Array("a".utf8), identifiers: negotiated))
        let bytes = written { template.write(self.stamp, into: &$0) }
        let header = try RTPHeader(bytes)
        #expect(header.byteCount == 24)
        #expect(RTPExtensions(header, bytes.rawSpan, identifiers: negotiated).mid.map { bytes[$0].count } == 1)
    }

    @Test("a mid that does not fit makes no template, and a short buffer gets nothing")
    func refused() throws {
        var negotiated = ExtensionIdentifiers()
        (negotiated.mid, negotiated.transportCC) = (4, 3)
        for mid in ["", "abc"] {
            #expect(RTPHeaderTemplate(ssrc: 1, mid: Array(mid.utf8), identifiers: negotiated) == nil)
        }
        #expect(RTPHeaderTemplate(ssrc: 1, mid: [0x31], identifiers: ExtensionIdentifiers()) == nil)
        let template = try #require(RTPHeaderTemplate(ssrc: 1, mid: [0x31], identifiers: negotiated))
        #expect(written(23) { template.write(self.stamp, into: &$0) } == [])
    }
}
