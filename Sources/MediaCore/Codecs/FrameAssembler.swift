/// Puts the packets of one video slot in order and together into frames. What does not come in time is given up, and
/// nothing is handed out after a gap until a key frame. It knows no clock and trusts nothing: the memory it takes is
/// bounded by the window.
package struct FrameAssembler {
    /// An RTP packet without its descriptor.
    package struct Packet {
        var sequence: UInt64
        var isFirst: Bool
        var isKeyStart: Bool
        var isMarker: Bool
        var isRetransmission: Bool
        var payload: [UInt8]

        /// A packet as the endpoint described it.
        package init(
            sequence: UInt64, isFirst: Bool, isKeyStart: Bool, isMarker: Bool, isRetransmission: Bool, payload: [UInt8]
        ) {
            self.sequence = sequence
            self.isFirst = isFirst
            self.isKeyStart = isKeyStart
            self.isMarker = isMarker
            self.isRetransmission = isRetransmission
            self.payload = payload
        }
    }

    /// A whole sealed frame.
    package struct Frame: Equatable {
        /// Shell and ciphertext.
        package var bytes: [UInt8]
        /// Packets it came in.
        package var packets: Int
        /// Of those, retransmissions.
        package var recovered: Int
    }

    /// How far ahead of the next wanted packet one may be: a second of a large stream.
    package static let window = 512
    /// A gap is waited for this long: an RTX round trip on a bad line, twice.
    package static let patience = MediaSpan.milliseconds(600)

    private var packets: [UInt64: Packet] = [:]
    /// The number the next frame starts with.
    private var next: UInt64?
    private var needsKeyFrame = true
    private var waitingSince: MediaTime?
    /// Numbers that were given up.
    package private(set) var lost: UInt64 = 0

    /// No packet yet.
    package init() {}

    /// Frames cannot be shown until a key frame comes: ask for one.
    package var wantsKeyFrame: Bool { self.needsKeyFrame && self.next != nil }

    /// When `take` should be called again, though nothing came.
    package var deadline: MediaTime { self.waitingSince.map { $0 + Self.patience } ?? .never }

    /// Packets kept for frames that are not whole.
    package var held: Int { self.packets.count }

    /// Takes a packet.
    package mutating func insert(_ packet: Packet) {
        guard let next = self.next else {
            // A slot may be joined in the middle of a frame: the first packet seen need not start one.
            self.next = packet.sequence
            self.packets[packet.sequence] = packet
            return
        }
        guard packet.sequence >= next else { return }
        if packet.sequence - next >= UInt64(Self.window) { self.restart(at: packet.sequence) }
        self.packets[packet.sequence] = packet
    }

    /// The next whole frame; call until it answers nothing.
    package mutating func take(now: MediaTime) -> Frame? {
        while let next = self.next {
            if let frame = self.frameAtHead() {
                self.waitingSince = nil
                return frame
            }
            let next = self.next ?? next
            guard self.hasGap(at: next) else {
                self.waitingSince = nil
                return nil
            }
            let since = self.waitingSince ?? now
            self.waitingSince = since
            guard now >= since + Self.patience || self.hasWholeKeyFrame() else { return nil }
            self.skip(from: next)
        }
        return nil
    }

    /// The frame at the head, if all of it is there and it may be shown. Pieces that can never be shown go.
    private mutating func frameAtHead() -> Frame? {
        while let start = self.next, let first = self.packets[start] {
            guard first.isFirst, first.isKeyStart || !self.needsKeyFrame else {
                self.packets[start] = nil
                self.next = start + 1
                self.needsKeyFrame = true
                continue
            }
            var end = start
            while let packet = self.packets[end], end == start || !packet.isFirst {
                if packet.isMarker { return self.collect(start...end) }
                end += 1
            }
            // A new frame before the marker of this one: the marker was a lie of the network, or of the server.
            guard self.packets[end] != nil else { return nil }
            for sequence in start..<end { self.packets[sequence] = nil }
            self.next = end
            self.needsKeyFrame = true
        }
        return nil
    }

    private mutating func collect(_ range: ClosedRange<UInt64>) -> Frame {
        var frame = Frame(bytes: [], packets: range.count, recovered: 0)
        for sequence in range {
            guard let packet = self.packets.removeValue(forKey: sequence) else { continue }
            frame.bytes += packet.payload
            frame.recovered += packet.isRetransmission ? 1 : 0
        }
        self.next = range.upperBound + 1
        self.needsKeyFrame = false
        return frame
    }

    /// Something later came, so what is missing at or after `start` is late and not just to come.
    private func hasGap(at start: UInt64) -> Bool {
        guard !self.packets.isEmpty else { return false }
        var end = start
        while self.packets[end] != nil { end += 1 }
        return self.packets.keys.contains { $0 > end }
    }

    /// A whole key frame behind the gap makes waiting pointless.
    private func hasWholeKeyFrame() -> Bool {
        self.packets.values.contains { $0.isKeyStart && $0.isFirst && self.isWhole(from: $0.sequence) }
    }

    private func isWhole(from start: UInt64) -> Bool {
        var sequence = start
        while let packet = self.packets[sequence] {
            if packet.isMarker { return true }
            sequence += 1
        }
        return false
    }

    /// Gives up everything before the next start of a frame, preferably a whole key frame.
    private mutating func skip(from start: UInt64) {
        let starts = self.packets.values.filter { $0.isFirst && $0.sequence > start }
        let whole = starts.filter { $0.isKeyStart && self.isWhole(from: $0.sequence) }.map(\.sequence).min()
        let highest = self.packets.keys.max() ?? start
        let target = whole ?? starts.map(\.sequence).min() ?? highest + 1
        let present = self.packets.keys.count { $0 >= start && $0 < target }
        self.lost += target - start - UInt64(present)
        self.packets = self.packets.filter { $0.key >= target }
        self.next = target
        self.needsKeyFrame = true
        self.waitingSince = nil
    }

    /// A jump out of the window: the slot shows something new, or the line was gone for long.
    private mutating func restart(at sequence: UInt64) {
        self.packets = [:]
        self.next = sequence
        self.needsKeyFrame = true
        self.waitingSince = nil
    }
}
