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

        var assembler = VP8Assembler()
        for sequence in [UInt64(9), 10, 9] {
            _ = assembler.receive(bytes.rawSpan, sequence: sequence, timestamp: 1, marker: sequence == 10)
        }
    }

    static func vp9(_ bytes: [UInt8]) {
        guard let descriptor = VP9Descriptor(bytes.rawSpan) else { return }
        precondition((1...bytes.count).contains(Int(descriptor.byteCount)))
        _ = descriptor.startsKeyPicture
    }
}
