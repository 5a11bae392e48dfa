import BeraadTesting
import MediaCore
import Testing

@Suite("Putting pictures together")
struct FrameAssemblerTests {
    private func packet(
        _ sequence: UInt64, first: Bool = false, key: Bool = false, marker: Bool = false, again: Bool = false
    ) -> FrameAssembler.Packet {
        FrameAssembler.Packet(
            sequence: sequence, isFirst: first, isKeyStart: key, isMarker: marker, isRetransmission: again,
            payload: [UInt8(truncatingIfNeeded: sequence)])
    }

    private func take(_ assembler: inout FrameAssembler, at milliseconds: Int64 = 0) -> [[UInt8]] {
        var frames: [[UInt8]] = []
        while let frame = assembler.take(now: .zero + .milliseconds(milliseconds)) { frames.append(frame.bytes) }
        return frames
    }

    @Test("packets in any order become frames in the right one")
    func disorder() {
        var assembler = FrameAssembler()
        assembler.insert(self.packet(10, first: true, key: true))
        for sequence in [13, 12, 11] as [UInt64] {
            assembler.insert(self.packet(sequence, first: sequence == 12, marker: sequence != 12))
        }
        let frames = self.take(&assembler)
        #expect(frames == [[10, 11], [12, 13]])
    }

    @Test("nothing is shown before a key frame, and one is asked for")
    func needsKeyFrame() {
        var assembler = FrameAssembler()
        let wantsBefore = assembler.wantsKeyFrame
        assembler.insert(self.packet(5, first: true, marker: true))
        let nothing = self.take(&assembler)
        let wants = assembler.wantsKeyFrame
        #expect(!wantsBefore && nothing.isEmpty && wants)
        assembler.insert(self.packet(6, first: true, key: true, marker: true))
        let frames = self.take(&assembler)
        #expect(frames == [[6]] && !assembler.wantsKeyFrame)
    }

    @Test("a gap is waited for, then given up; what comes back in time is counted as recovered")
    func gap() {
        var assembler = FrameAssembler()
        assembler.insert(self.packet(1, first: true, key: true, marker: true))
        assembler.insert(self.packet(2, first: true))
        assembler.insert(self.packet(4, first: true, marker: true))
        let early = self.take(&assembler, at: 0)
        #expect(early == [[1]])
        assembler.insert(self.packet(3, marker: true, again: true))
        let frame = assembler.take(now: .zero + .milliseconds(50))
        #expect(frame?.bytes == [2, 3] && frame?.recovered == 1)
        _ = self.take(&assembler, at: 50)

        assembler.insert(self.packet(6, first: true, marker: true))
        let waiting = self.take(&assembler, at: 100)
        let deadline = assembler.deadline
        let late = self.take(&assembler, at: 900)
        #expect(waiting.isEmpty && late.isEmpty && assembler.lost == 1 && assembler.wantsKeyFrame)
        #expect(deadline == .zero + .milliseconds(100) + FrameAssembler.patience)
    }

    @Test("a whole key frame behind a gap is shown at once")
    func keyFrameEndsWaiting() {
        var assembler = FrameAssembler()
        assembler.insert(self.packet(1, first: true, key: true, marker: true))
        assembler.insert(self.packet(3, first: true, key: true, marker: true))
        let frames = self.take(&assembler)
        #expect(frames == [[1], [3]] && assembler.lost == 1)
    }

    @Test("whatever a server makes up, memory stays bounded and nothing stops")
    func nonsense() {
        var generator = SeededGenerator(seed: 12)
        var assembler = FrameAssembler()
        for round in 0..<20_000 {
            let base = UInt64(round / 100) * 300
            let sequence = round.isMultiple(of: 97) ? generator.next() >> 1 : base + generator.next() % 700
            assembler.insert(
                self.packet(
                    sequence, first: generator.happens(0.4), key: generator.happens(0.2),
                    marker: generator.happens(0.3)))
            _ = self.take(&assembler, at: Int64(round))
        }
    }
}
