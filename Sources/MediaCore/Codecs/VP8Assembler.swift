import Wire

/// Puts VP8 frames together again from RTP payloads, for a client that receives. Packets may come late or twice, because
/// retransmissions do; a frame is handed out once, when every packet from its S bit to its marker is there. It allocates,
/// and belongs to no server.
package struct VP8Assembler: Sendable {
    /// A whole frame.
    package struct Frame: Sendable, Equatable {
        /// RTP time.
        package var timestamp: UInt32
        /// What the sender's transform made.
        package var bytes: [UInt8]
        /// The shell says so.
        package var isKeyFrame: Bool
        /// Extended number of its last packet: frames in order have rising ones.
        package var lastSequence: UInt64
    }

    private struct Packet: Sendable {
        var timestamp: UInt32
        var marker: Bool
        var descriptor: VP8Descriptor
        var startsKeyFrame: Bool
        /// Without the descriptor.
        var bytes: [UInt8]
    }

    /// Packets kept for frames that are not whole: about two seconds of video.
    package static let packetsMax = 512

    private var packets: [UInt64: Packet] = [:]
    /// Came in before, and perhaps went out in a frame since.
    private var seen = SequenceWindow()

    /// Nothing received yet.
    package init() {}

    /// Takes a packet in; answers the frame it completes, if it does. `sequence` is the extended number.
    package mutating func receive(_ payload: RawSpan, sequence: UInt64, timestamp: UInt32, marker: Bool) -> Frame? {
        guard let descriptor = VP8Descriptor(payload), self.seen.insert(sequence) else { return nil }
        self.packets[sequence] = Packet(
            timestamp: timestamp, marker: marker, descriptor: descriptor,
            startsKeyFrame: descriptor.startsKeyFrame(payload),
            bytes: payload.array(Int(descriptor.byteCount)..<payload.byteCount))
        if self.packets.count > Self.packetsMax { self.forgetOldest() }
        return self.frame(around: sequence, timestamp)
    }

    private mutating func frame(around sequence: UInt64, _ timestamp: UInt32) -> Frame? {
        var first = sequence
        while let packet = self.packets[first], packet.timestamp == timestamp, !packet.descriptor.startsFrame {
            guard first > 0 else { return nil }
            first -= 1
        }
        var last = sequence
        while let packet = self.packets[last], packet.timestamp == timestamp, !packet.marker { last += 1 }
        guard let begin = self.packets[first], begin.timestamp == timestamp, begin.descriptor.startsFrame,
            let end = self.packets[last], end.timestamp == timestamp, end.marker
        else { return nil }
        var frame = Frame(timestamp: timestamp, bytes: [], isKeyFrame: begin.startsKeyFrame, lastSequence: last)
        for number in first...last { frame.bytes += self.packets.removeValue(forKey: number)?.bytes ?? [] }
        return frame
    }

    private mutating func forgetOldest() {
        guard let oldest = self.packets.keys.min() else { return }
        self.packets[oldest] = nil
    }
}
