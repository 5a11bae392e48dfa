import Wire

/// Cuts a VP8 frame into RTP payloads (RFC 7741 §4), for a client that sends. What the frame holds is not looked at: under
/// the frame transform it is a shell and ciphertext. Every packet of a frame has the same picture id.
package struct VP8Packetizer: Sendable {
    /// Whether TL0PICIDX and TID are written: one layer does not need them, and tests of forwarding do.
    package enum Layers: Sendable, Equatable {
        case absent
        case present
    }

    /// What the descriptors of one frame say.
    package struct Frame: Sendable, Equatable {
        /// 15 bits, one more with every frame.
        package var pictureID: UInt16
        /// TL0PICIDX, one more with every frame of temporal layer 0.
        package var tl0PictureIndex: UInt8 = 0
        /// Temporal layer.
        package var temporalID: UInt8 = 0
        /// Y: depends on temporal layer 0 only.
        package var layerSync = false

        /// A frame of the lowest temporal layer.
        package init(pictureID: UInt16) { self.pictureID = pictureID }
    }

    private let payloadMax: Int
    private let layers: Layers

    /// Payloads of at most `payloadMax` bytes with their descriptor; at least 32, or nothing useful fits.
    package init(payloadMax: Int, layers: Layers = .absent) {
        self.payloadMax = max(32, payloadMax)
        self.layers = layers
    }

    private var descriptorLength: Int { self.layers == .absent ? 4 : 6 }

    /// Packets that a frame of `length` bytes takes; an empty frame takes none.
    package func count(frameLength length: Int) -> Int {
        let room = self.payloadMax - self.descriptorLength
        return (max(0, length) + room - 1) / room
    }

    /// Writes the `index`th payload of `bytes` to the start of `out`; answers its length, 0 when there is no such packet
    /// or no room. Sizes differ by one byte at most, so that runs of equal packets can be sent at once.
    @_lifetime(out: copy out)
    package func write(_ index: Int, of bytes: RawSpan, _ frame: Frame, into out: inout MutableRawSpan) -> Int {
        let count = self.count(frameLength: bytes.byteCount)
        guard index >= 0, index < count else { return 0 }
        let start = bytes.byteCount * index / count
        let end = bytes.byteCount * (index + 1) / count
        var writer = SpanWriter()
        // X, and S in the first packet; PID 0, for partitions are hidden inside the ciphertext.
        writer.u8(index == 0 ? 0x90 : 0x80, into: &out)
        writer.u8(self.layers == .absent ? 0x80 : 0xE0, into: &out)
        writer.u16(0x8000 | frame.pictureID & 0x7FFF, into: &out)
        if self.layers == .present {
            writer.u8(frame.tl0PictureIndex, into: &out)
            writer.u8(frame.temporalID << 6 | (frame.layerSync ? 0x20 : 0), into: &out)
        }
        writer.copy(bytes.extracting(start..<end), into: &out)
        return writer.count
    }
}
