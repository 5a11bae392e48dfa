import Wire

/// Why bytes are no RTP packet.
package enum RTPError: Error, Equatable, Sendable {
    /// Version is not 2, or the packet ends inside its header.
    case notRTP
}

/// The clear part of an RTP packet (RFC 3550 §5.1): fixed header, CSRC list (skipped) and header extension (RFC 8285).
/// Under SRTP the padding is inside the ciphertext, so the header is read first, and `payloadLength` asked for after
/// the packet was opened.
package struct RTPHeader: Sendable, BitwiseCopyable, Equatable {
    /// P: the last byte of the opened payload counts padding.
    package var hasPadding: Bool
    /// M.
    package var marker: Bool
    /// PT, 0...127.
    package var payloadType: UInt8
    /// SEQ.
    package var sequence: UInt16
    /// TS.
    package var timestamp: UInt32
    /// SSRC.
    package var ssrc: UInt32
    /// Bytes before the payload: 12 + CSRCs + extension.
    package var byteCount: Int
    /// Where the header extension's elements begin; 0 when there is none.
    package var extensionOffset: Int
    /// Bytes of the elements, padding included.
    package var extensionLength: Int
    /// 0xBEDE (one-byte elements), 0x1000...0x100F (two-byte elements); others are skipped unread.
    package var extensionProfile: UInt16

    /// Reads the header of a datagram.
    package init(_ bytes: RawSpan) throws(RTPError) {
        guard let first = bytes.u8(0), first >> 6 == 2, let second = bytes.u8(1), let sequence = bytes.u16(2),
            let timestamp = bytes.u32(4), let ssrc = bytes.u32(8)
        else { throw .notRTP }
        self.hasPadding = first & 0x20 != 0
        self.marker = second & 0x80 != 0
        self.payloadType = second & 0x7F
        self.sequence = sequence
        self.timestamp = timestamp
        self.ssrc = ssrc
        self.byteCount = 12 + 4 * Int(first & 0x0F)
        self.extensionOffset = 0
        self.extensionLength = 0
        self.extensionProfile = 0
        if first & 0x10 != 0 {
            guard let profile = bytes.u16(self.byteCount), let words = bytes.u16(self.byteCount + 2) else {
                throw .notRTP
            }
            self.extensionProfile = profile
            self.extensionOffset = self.byteCount + 4
            self.extensionLength = 4 * Int(words)
            self.byteCount = self.extensionOffset + self.extensionLength
        }
        guard self.byteCount <= bytes.byteCount else { throw .notRTP }
    }

    /// Bytes of the opened payload without padding; nil when the padding count is 0 or larger than the payload.
    package func payloadLength(opened payload: RawSpan) -> Int? {
        guard self.hasPadding else { return payload.byteCount }
        guard let count = payload.u8(payload.byteCount - 1), count > 0, Int(count) <= payload.byteCount else {
            return nil
        }
        return payload.byteCount - Int(count)
    }

    /// Whether a datagram with these first two bytes is RTCP, given that it is RTP or RTCP at all (RFC 5761 §4).
    package static func isRTCP(secondByte: UInt8) -> Bool { (192...223).contains(secondByte) }
}
