import Wire

/// The sender's part of an SR (RFC 3550 §6.4.1).
package struct SenderReport: Sendable, Equatable, BitwiseCopyable {
    /// Whose report it is.
    package var ssrc: UInt32
    /// Wall clock, 1/2^32 s since 1900.
    package var ntp: UInt64
    /// The stream's RTP time at that moment.
    package var rtpTime: UInt32
    /// Packets sent.
    package var packetCount: UInt32
    /// Payload bytes sent.
    package var octetCount: UInt32

    /// A report of these values.
    package init(ssrc: UInt32, ntp: UInt64, rtpTime: UInt32, packetCount: UInt32, octetCount: UInt32) {
        self.ssrc = ssrc
        self.ntp = ntp
        self.rtpTime = rtpTime
        self.packetCount = packetCount
        self.octetCount = octetCount
    }
}

/// What a receiver says about one stream (RFC 3550 §6.4.1).
package struct ReportBlock: RTCPItem, Equatable, BitwiseCopyable {
    /// The stream.
    package var ssrc: UInt32 = 0
    /// Packets lost since the last report, in 1/256.
    package var fractionLost: UInt8 = 0
    /// Packets lost in all; 24 bits with a sign, duplicates make it negative.
    package var cumulativeLost: Int32 = 0
    /// Extended highest sequence number received.
    package var highestSequence: UInt32 = 0
    /// Interarrival jitter in timestamp units.
    package var jitter: UInt32 = 0
    /// Middle 32 bits of the NTP time of the last SR; 0 = none yet.
    package var lastSenderReport: UInt32 = 0
    /// Since then, in 1/65,536 s.
    package var delaySinceLastSenderReport: UInt32 = 0

    /// Bytes on the wire.
    package static var byteCount: Int { 24 }

    /// A block of zeros.
    package init() {}

    /// Reads a block.
    package init?(_ bytes: RawSpan, at offset: Int) {
        guard let ssrc = bytes.u32(offset), let loss = bytes.u32(offset + 4), let highest = bytes.u32(offset + 8),
            let jitter = bytes.u32(offset + 12), let last = bytes.u32(offset + 16), let delay = bytes.u32(offset + 20)
        else { return nil }
        self.ssrc = ssrc
        self.fractionLost = UInt8(loss >> 24)
        // Shifting left then right as a signed number carries the 24-bit sign along.
        self.cumulativeLost = Int32(bitPattern: loss << 8) >> 8
        self.highestSequence = highest
        self.jitter = jitter
        self.lastSenderReport = last
        self.delaySinceLastSenderReport = delay
    }

    /// Round-trip time as the sender of the SR sees it (RFC 3550 §6.4.1), when the block answers one. `ntp` is the wall
    /// clock at arrival. Nil for what cannot be true: negative, or over 10 s.
    package func roundTrip(ntp: UInt64) -> MediaSpan? {
        guard self.lastSenderReport != 0 else { return nil }
        let now = UInt32(truncatingIfNeeded: ntp >> 16)
        let units = now &- self.lastSenderReport &- self.delaySinceLastSenderReport
        guard units < 10 << 16 else { return nil }
        return MediaSpan(nanoseconds: (Int64(units) * 1_000_000_000) >> 16)
    }
}
