import Wire

/// Walks over the packets of one RTCP datagram, compound or reduced-size (RFC 3550 §6.1, RFC 5506). It hands out values
/// with offsets into the datagram and allocates nothing. Packets before a malformed one count; `isMalformed` tells.
package struct RTCPReader: Sendable {
    /// A compound of more packets than this is cut off: browsers send at most a handful.
    package static let packetsMax = 64

    private var offset = 0
    private var count = 0
    /// The datagram is no sound RTCP; what was handed out before stays right.
    package private(set) var isMalformed = false

    /// Starts at the first packet.
    package init() {}

    /// The next packet that we know; unknown ones are skipped.
    package mutating func next(_ bytes: RawSpan) -> RTCPPacket? {
        while !self.isMalformed, self.offset < bytes.byteCount {
            guard self.count < Self.packetsMax, let header = RTCPHeader(bytes, at: self.offset),
                // RFC 3550 §6.4.1: only the last packet of a compound may be padded.
                !header.isPadded || header.end == bytes.byteCount
            else {
                self.isMalformed = true
                return nil
            }
            self.count += 1
            self.offset = header.end
            switch RTCPPacket.read(header, bytes) {
            case .packet(let packet): return packet
            case .unknown: continue
            case .malformed: self.isMalformed = true
            }
        }
        return nil
    }
}

/// The four bytes all RTCP packets begin with.
struct RTCPHeader {
    /// Report count, source count or feedback type: five bits.
    var count: UInt8
    var type: UInt8
    /// Where the packet's body begins.
    var body: Int
    /// Where the body ends: padding is taken off.
    var bodyEnd: Int
    /// Where the next packet begins.
    var end: Int
    var isPadded: Bool

    /// Bytes after the header, without padding.
    var bodyLength: Int { self.bodyEnd - self.body }

    init?(_ bytes: RawSpan, at offset: Int) {
        guard let first = bytes.u8(offset), first >> 6 == 2, let type = bytes.u8(offset + 1),
            let words = bytes.u16(offset + 2)
        else { return nil }
        self.count = first & 0x1F
        self.type = type
        self.body = offset + 4
        self.end = offset + 4 + 4 * Int(words)
        self.bodyEnd = self.end
        self.isPadded = first & 0x20 != 0
        guard self.end <= bytes.byteCount else { return nil }
        if self.isPadded {
            guard let padding = bytes.u8(self.end - 1), padding > 0, padding & 3 == 0,
                Int(padding) <= self.end - self.body
            else { return nil }
            self.bodyEnd = self.end - Int(padding)
        }
    }
}
