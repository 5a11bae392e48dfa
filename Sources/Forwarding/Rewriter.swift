internal import MediaCore

/// The running numbers of one slot: whatever publication fills it, the receiver sees one unbroken stream (`media.md`
/// 3.4, 6.4). Filling it anew sets new deltas for sequence, timestamp, picture id and TL0PICIDX, and nothing else.
struct Rewriter: BitwiseCopyable {
    enum Phase: UInt8, BitwiseCopyable {
        /// Nothing fills the slot.
        case empty
        /// Filled; a picture starts at a key frame only.
        case waiting
        case flowing
    }

    /// Where one packet goes in the outgoing stream.
    struct Placed: BitwiseCopyable {
        var sequence: UInt64
        var timestamp: UInt32
        var marker: Bool
        var patch: DescriptorPatch
    }

    private(set) var phase = Phase.empty
    /// Highest number given out; before the first packet one less than the start.
    private(set) var highest: UInt64
    /// Lowest number of the present filling: below it belongs to what the slot showed before.
    private(set) var lowest: UInt64
    private var hasSent = false
    private var firstSource: UInt64 = 0
    private var sequenceDelta: UInt64 = 0
    private(set) var timestampDelta: UInt32 = 0
    private var pictureDelta: UInt16 = 0
    private var tl0Delta: UInt8 = 0
    private var lastTimestamp: UInt32 = 0
    private var lastArrival = MediaTime.zero
    private var lastMarker = true
    private var lastPicture: UInt16 = 0
    private var lastTL0: UInt8 = 0
    private let kind: MediaKind

    /// Starts at 1...32,767: a start near 65,535 loses the stream when the first packets around the wrap are lost.
    init(kind: MediaKind, start: UInt16) {
        self.kind = kind
        self.highest = UInt64(max(1, start & 0x7FFF)) - 1
        self.lowest = self.highest + 1
    }

    mutating func fill() { self.phase = .waiting }
    mutating func empty() { self.phase = .empty }

    /// Places a packet with the publication's own number `source`; nil = it is not forwarded to this slot.
    mutating func place(_ packet: MediaPacket, source: UInt64) -> Placed? {
        var isFirst = false
        switch self.phase {
        case .empty: return nil
        case .waiting:
            guard self.kind == .audio || packet.startsKeyFrame else { return nil }
            self.begin(with: packet, source: source)
            isFirst = true
        case .flowing:
            guard source >= self.firstSource else { return nil }
        }
        var placed = self.placement(of: packet, sequence: source &+ self.sequenceDelta)
        if placed.sequence > self.highest { self.remember(placed, packet) }
        // A sound that begins is a talk spurt (RFC 3551 §4.1): the marker lets the receiver settle its delay there.
        if isFirst, self.kind == .audio { placed.marker = true }
        return placed
    }

    /// How a packet of the present filling looks under its number, first time or again.
    func placement(of packet: MediaPacket, sequence: UInt64) -> Placed {
        var patch = DescriptorPatch()
        if packet.codec == .vp8 {
            patch.applies = self.pictureDelta != 0 || self.tl0Delta != 0
            patch.pictureID = packet.vp8.pictureID &+ self.pictureDelta
            patch.tl0PictureIndex = packet.vp8.tl0PictureIndex &+ self.tl0Delta
        }
        return Placed(
            sequence: sequence, timestamp: packet.timestamp &+ self.timestampDelta, marker: packet.marker, patch: patch)
    }

    /// The full number behind 16 bits of a NACK: the nearest one not above the highest sent, of this filling.
    func sent(_ number: UInt16) -> UInt64? {
        let behind = UInt64(UInt16(truncatingIfNeeded: self.highest) &- number)
        guard self.phase == .flowing, self.highest >= behind, self.highest - behind >= self.lowest else { return nil }
        return self.highest - behind
    }

    private mutating func begin(with packet: MediaPacket, source: UInt64) {
        self.phase = .flowing
        self.firstSource = source
        // A picture cut off before its marker must look incomplete, not joined to the next one: leave one number out.
        let step: UInt64 = self.kind == .video && self.hasSent && !self.lastMarker ? 2 : 1
        self.lowest = self.highest &+ step
        self.sequenceDelta = self.lowest &- source
        guard self.hasSent else { return }
        self.timestampDelta = self.lastTimestamp &+ self.ticks(until: packet) &- packet.timestamp
        self.pictureDelta = self.lastPicture &+ 1 &- packet.vp8.pictureID
        self.tl0Delta = self.lastTL0 &+ 1 &- packet.vp8.tl0PictureIndex
    }

    /// Clock ticks since the last packet sent; at least one, and at most a day's worth, so that nothing overflows.
    private func ticks(until packet: MediaPacket) -> UInt32 {
        let milliseconds = min(max(0, (packet.arrival - self.lastArrival).milliseconds), 86_400_000)
        let ticks = milliseconds &* Int64(packet.codec.clockRate / 1_000)
        return UInt32(truncatingIfNeeded: max(1, ticks))
    }

    private mutating func remember(_ placed: Placed, _ packet: MediaPacket) {
        self.hasSent = true
        self.highest = placed.sequence
        self.lastTimestamp = placed.timestamp
        self.lastArrival = packet.arrival
        self.lastMarker = placed.marker
        if packet.codec == .vp8 {
            self.lastPicture = packet.vp8.pictureID &+ self.pictureDelta
            self.lastTL0 = packet.vp8.tl0PictureIndex &+ self.tl0Delta
        }
    }
}
