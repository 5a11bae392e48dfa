import MediaCore
import Wire

/// Payload descriptors of VP8 and VP9; a rewritten VP8 descriptor reads back with the new numbers and nothing else new.
enum CodecFuzz {
    static func vp8(_ bytes: [UInt8]) {
        guard let descriptor = VP8Descriptor(bytes.rawSpan) else { return }
        precondition((1...bytes.count).contains(Int(descriptor.byteCount)))
        _ = descriptor.startsKeyFrame(bytes.rawSpan)
        var rewritten = bytes
        rewritten.withMutableRawSpan { descriptor.rewrite(pictureID: 0x5AA5, tl0PictureIndex: 0x3C, in: &$0) }
        var expected = descriptor
        if descriptor.pictureIDBits > 0 { expected.pictureID = descriptor.pictureIDBits == 7 ? 0x25 : 0x5AA5 }
        if descriptor.hasTL0PictureIndex { expected.tl0PictureIndex = 0x3C }
        precondition(VP8Descriptor(rewritten.rawSpan) == expected, "widths stay and nothing else changes")
        precondition(rewritten[Int(descriptor.byteCount)...] == bytes[Int(descriptor.byteCount)...])
    }

    /// A script of packets and time for the frames of one slot: what it keeps is bounded, what it gives out is in order.
    static func assembly(_ bytes: [UInt8]) {
        var script = Script(bytes)
        var assembler = FrameAssembler()
        var now = MediaTime.zero
        var sequence = UInt64(script.u16())
        while !script.isAtEnd {
            let step = script.u8()
            // Mostly forward by one; sometimes back, and sometimes far ahead.
            switch step >> 6 {
            case 0, 1: sequence &+= 1
            case 2: sequence = sequence &- UInt64(min(UInt64(script.u8() & 31), sequence))
            default: sequence = sequence &+ UInt64(script.u16())
            }
            now = now + .milliseconds(Int64(step & 7) * 20)
            assembler.insert(
                FrameAssembler.Packet(
                    sequence: sequence, isFirst: step & 8 != 0, isKeyStart: step & 24 == 24, isMarker: step & 32 != 0,
                    isRetransmission: false, payload: [UInt8(truncatingIfNeeded: sequence)]))
            precondition(assembler.held <= FrameAssembler.window, "what is kept is bounded")
            while let frame = assembler.take(now: now) {
                precondition(frame.bytes.count == frame.packets, "every packet is in its frame once")
                let steps = zip(frame.bytes, frame.bytes.dropFirst()).allSatisfy { $1 == $0 &+ 1 }
                precondition(steps, "a frame's packets follow each other")
            }
        }
    }

    static func vp9(_ bytes: [UInt8]) {
        guard let descriptor = VP9Descriptor(bytes.rawSpan) else { return }
        precondition((1...bytes.count).contains(Int(descriptor.byteCount)))
        _ = descriptor.startsKeyPicture
    }
}
