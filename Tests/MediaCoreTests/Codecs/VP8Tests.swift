import BeraadTesting
import MediaCore
import Testing
import Wire

@Suite("VP8 payload descriptors")
struct VP8DescriptorTests {
    private func read(_ text: String) -> VP8Descriptor? {
        let bytes = hex(text)
        return VP8Descriptor(bytes.rawSpan)
    }

    @Test("the shapes of RFC 7741 read field by field")
    func shapes() throws {
        let plain = try #require(self.read("10 AA"))
        #expect(plain.byteCount == 1 && plain.startsFrame && plain.pictureIDBits == 0)

        let narrow = try #require(self.read("90 80 11 AA"))
        #expect(narrow.byteCount == 3 && narrow.pictureIDBits == 7 && narrow.pictureID == 0x11)

        let wide = try #require(self.read("90 80 92 34 AA"))
        #expect(wide.byteCount == 4 && wide.pictureIDBits == 15 && wide.pictureID == 0x1234)

        let full = try #require(self.read("83 F0 92 34 56 A7 AA"))
        #expect(full.byteCount == 6 && full.hasTL0PictureIndex && full.tl0PictureIndex == 0x56)
        #expect(full.temporalID == 2 && full.layerSync && !full.startOfPartition && full.partitionID == 3)
        #expect(!full.startsFrame)

        let keyIndexOnly = try #require(self.read("90 10 DF AA"))
        #expect(keyIndexOnly.byteCount == 3 && keyIndexOnly.temporalID == 0 && !keyIndexOnly.layerSync)
    }

    @Test("a descriptor cut anywhere is refused")
    func truncation() {
        let bytes = hex("83F0923456A7")
        for count in 0..<bytes.count {
            let cut = Array(bytes.prefix(count))
            #expect(VP8Descriptor(cut.rawSpan) == nil)
        }
    }

    @Test("the first bit of the shell tells a key frame, in the first packet only")
    func keyFrames() throws {
        // Shells: key 10 00 00 9D 01 2A …, delta 11 00 00. PID 1 and a missing shell are no key frame.
        let cases = [
            ("908092 34 1000009D012A", true), ("90809234 110000", false), ("80809234 1000009D012A", false),
            ("91809234 1000009D012A", false), ("90809234", false),
        ]
        for (text, isKey) in cases {
            let bytes = hex(text)
            let descriptor = VP8Descriptor(bytes.rawSpan)
            #expect(descriptor?.startsKeyFrame(bytes.rawSpan) == isKey, "\(text)")
        }
    }

    @Test("rewriting keeps every width and touches nothing else")
    func rewrite() throws {
        let cases = [
            ("10 AABB", "10 AABB"), ("9080 11 AABB", "9080 67 AABB"), ("9080 9234 AABB", "9080 D567 AABB"),
            ("83F0 9234 56 A7 AABB", "83F0 D567 F1 A7 AABB"), ("90E0 11 56 A7 AABB", "90E0 67 F1 A7 AABB"),
            ("9040 56 AABB", "9040 F1 AABB"),
        ]
        for (before, after) in cases {
            var bytes = hex(before)
            let read = VP8Descriptor(bytes.rawSpan)
            let descriptor = try #require(read)
            bytes.withMutableRawSpan { descriptor.rewrite(pictureID: 0x5567, tl0PictureIndex: 0xF1, in: &$0) }
            #expect(bytes == hex(after))
        }
    }
}

@Suite("VP9 payload descriptors")
struct VP9DescriptorTests {
    private func read(_ text: String) -> VP9Descriptor? {
        let bytes = hex(text)
        return VP9Descriptor(bytes.rawSpan)
    }

    @Test("non-flexible mode with layers reads")
    func nonFlexible() throws {
        // I P L B E, 15-bit picture id, TID 2 U SID 1 D, TL0PICIDX.
        let read = try #require(self.read("EC 9234 53 77 AA"))
        #expect(read.byteCount == 5 && read.pictureIDBits == 15 && read.pictureID == 0x1234)
        #expect(read.temporalID == 2 && read.switchingUp && read.spatialID == 1 && read.isInterLayerPredicted)
        #expect(read.tl0PictureIndex == 0x77 && read.startsFrame && read.endsFrame && !read.startsKeyPicture)
    }

    @Test("flexible mode skips its references")
    func flexible() throws {
        let read = try #require(self.read("F0 11 00 0302 AA"))
        #expect(read.byteCount == 5 && read.isFlexible && read.pictureIDBits == 7)
        #expect(self.read("F0 11 00 030303 AA") == nil)
    }

    @Test("a key picture with a scalability structure reads to its payload")
    func structure() throws {
        // I L B V; one-layer structure with sizes and a group of two pictures with 1 and 2 references.
        let read = try #require(self.read("AA 11 00 00 18 02800168 02 0401 280102 AA"))
        #expect(read.hasStructure && read.startsKeyPicture)
        #expect(read.byteCount == 15)
    }

    @Test("a descriptor cut anywhere is refused")
    func truncation() {
        let bytes = hex("AA11000018028001680204012801 02")
        for count in 0..<bytes.count {
            let cut = Array(bytes.prefix(count))
            #expect(VP9Descriptor(cut.rawSpan) == nil)
        }
    }

    @Test("random bytes never trap either parser")
    func noise() {
        var generator = SeededGenerator(seed: 9_628)
        for _ in 0..<5_000 {
            let bytes = generator.bytes(Int(generator.next() % 40))
            if let read = VP9Descriptor(bytes.rawSpan) { #expect(read.byteCount <= bytes.count) }
            if let read = VP8Descriptor(bytes.rawSpan) { #expect(read.byteCount <= bytes.count) }
        }
    }
}

@Suite("VP8 frames on the way")
struct VP8FrameTests {
    private func payloads(_ frame: [UInt8], max: Int, _ layers: VP8Packetizer.Layers, id: UInt16) -> [[UInt8]] {
        let packetizer = VP8Packetizer(payloadMax: max, layers: layers)
        return (0..<packetizer.count(frameLength: frame.count)).map { index in
            written { out in
                packetizer.write(index, of: frame.rawSpan, VP8Packetizer.Frame(pictureID: id), into: &out)
            }
        }
    }

    private struct NoDescriptor: Error {}

    /// A packet as the endpoint would describe it.
    private func packet(_ payload: [UInt8], _ sequence: UInt64, marker: Bool) throws -> FrameAssembler.Packet {
        guard let descriptor = VP8Descriptor(payload.rawSpan) else { throw NoDescriptor() }
        return FrameAssembler.Packet(
            sequence: sequence, isFirst: descriptor.startsFrame,
            isKeyStart: descriptor.startsKeyFrame(payload.rawSpan), isMarker: marker, isRetransmission: false,
            payload: Array(payload[Int(descriptor.byteCount)...]))
    }

    @Test("a frame is cut into nearly equal packets and comes together again, in any order")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 7_741)
        for layers in [VP8Packetizer.Layers.absent, .present] {
            var assembler = FrameAssembler()
            var sequence: UInt64 = 70_000
            for number in 0..<60 {
                var frame = generator.bytes(Int(generator.next() % 6_000) + 1)
                frame[0] = number == 0 ? 0x10 : 0x11
                let packets = self.payloads(frame, max: 1_100, layers, id: UInt16(0x7FF0 + number))
                let sizes = packets.map(\.count)
                #expect(sizes.max() ?? 0 <= 1_100 && (sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
                // Whoever joins starts at the first packet it sees.
                let first = number == 0 ? 1 : 0
                if first == 1 { assembler.insert(try self.packet(packets[0], sequence, marker: packets.count == 1)) }
                for index in packets.indices.dropFirst(first).shuffled(using: &generator) {
                    for _ in 0...Int(generator.next() % 2) {
                        assembler.insert(
                            try self.packet(
                                packets[index], sequence + UInt64(index), marker: index == packets.count - 1))
                    }
                }
                sequence += UInt64(packets.count)
                let whole = assembler.take(now: .zero)
                #expect(whole?.bytes == frame && whole?.packets == packets.count)
                #expect(assembler.take(now: .zero) == nil)
            }
        }
    }
}
