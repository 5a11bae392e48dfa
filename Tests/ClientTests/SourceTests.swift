import BeraadTesting
import Client
import Testing

@Suite("Files to send")
struct SourceTests {
    private var ivf: [UInt8] {
        var writer = IVFWriter(width: 64, height: 48)
        for index in 0..<5 {
            let isKey = index == 0 || index == 3
            let head: [UInt8] = isKey ? [0x10, 0, 0, 0x9D, 1, 0x2A, 64, 0, 48, 0] : [0x11, 0, 0]
            writer.append(head + [UInt8](repeating: UInt8(index), count: 40), time: UInt64(index) * 3_750)
        }
        return writer.bytes
    }

    private var ogg: [UInt8] {
        func page(_ flags: UInt8, _ packets: [[UInt8]]) -> [UInt8] {
            var lacing: [UInt8] = []
            for packet in packets {
                lacing += [UInt8](repeating: 255, count: packet.count / 255) + [UInt8(packet.count % 255)]
            }
            let head = Array("OggS".utf8) + [0, flags] + [UInt8](repeating: 0, count: 8) + [1, 2, 3, 4]
            return head + [UInt8](repeating: 0, count: 8) + [UInt8(lacing.count)] + lacing + packets.flatMap { $0 }
        }
        let long: [UInt8] = [0xF8] + [UInt8](repeating: 7, count: 599)
        return page(2, [Array("OpusHead".utf8) + [1, 1]]) + page(0, [Array("OpusTags".utf8)])
            + page(0, [[0xF8, 1, 2], long, [0xF8, 9]])
    }

    @Test("an IVF file comes back as its frames, with the time each is shown")
    func readsIVF() throws {
        let frames = try IVFReader.frames(of: self.ivf)
        #expect(frames.map(\.isKeyFrame) == [true, false, false, true, false])
        #expect(frames.allSatisfy { $0.duration == 3_750 && $0.width == 64 && $0.height == 48 })
    }

    @Test("an Ogg file comes back as its packets, long ones whole")
    func readsOgg() throws {
        let packets = try OggOpusReader.packets(of: self.ogg)
        #expect(packets.map(\.bytes.count) == [3, 600, 2])
        #expect(packets.allSatisfy { $0.duration == 960 })
    }

    @Test(
        "cut at any byte, or with any byte changed, a file gives fewer frames or an error, and never stops the program")
    func damagedFiles() {
        var generator = SeededGenerator(seed: 11)
        for length in 0..<self.ivf.count { _ = try? IVFReader.frames(of: Array(self.ivf.prefix(length))) }
        for length in 0..<self.ogg.count { _ = try? OggOpusReader.packets(of: Array(self.ogg.prefix(length))) }
        for _ in 0..<3_000 {
            var ivf = self.ivf
            ivf[Int(generator.next() % UInt64(ivf.count))] = UInt8(truncatingIfNeeded: generator.next())
            _ = try? IVFReader.frames(of: ivf)
            var ogg = self.ogg
            ogg[Int(generator.next() % UInt64(ogg.count))] = UInt8(truncatingIfNeeded: generator.next())
            _ = try? OggOpusReader.packets(of: ogg)
        }
    }

    @Test("a file of something else is refused by what it is not")
    func otherFiles() {
        #expect(throws: IVFReader.Failure.notIVF) { try IVFReader.frames(of: self.ogg) }
        #expect(throws: OggOpusReader.Failure.notOgg) { try OggOpusReader.packets(of: self.ivf) }
        #expect(throws: IVFReader.Failure.noKeyFrame) { try IVFReader.frames(of: Array(self.ivf.prefix(40))) }
    }

    @Test("a receiver that needs a key frame gets the file's next one")
    func jumpsToKeyFrame() throws {
        var source = VideoSource(try IVFReader.frames(of: self.ivf))
        let first = source.next(keyFrameWanted: false)
        let second = source.next(keyFrameWanted: false)
        let third = source.next(keyFrameWanted: true)
        #expect(first.isKeyFrame && !second.isKeyFrame && third.isKeyFrame)
        #expect(third.bytes.last == 3)
    }

    @Test("the built-in picture has one colour a name, moves, and starts like every VP8 key frame")
    func pattern() {
        var alice = PatternSource(name: "Alice")
        var again = PatternSource(name: "Alice")
        let first = alice.next()
        let same = again.next()
        let second = alice.next()
        #expect(first == same && first.bytes != second.bytes)
        #expect(Array(first.bytes[3..<10]) == [0x9D, 0x01, 0x2A, 0x80, 0x02, 0x68, 0x01])
    }

    @Test("the built-in chord fits the smallest bucket and lasts 20 ms a packet")
    func chord() {
        var source = AudioSource()
        for _ in 0..<120 {
            let packet = source.next()
            #expect(packet.bytes.count == 60 && OpusPacket(packet.bytes)?.duration == 960)
        }
    }
}
