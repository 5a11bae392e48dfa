import Wire

/// One item of a generic NACK: a number and the 16 that follow it as bits (RFC 4585 §6.2.1).
package struct MissingPackets: RTCPItem, Equatable, BitwiseCopyable {
    /// PID, the first missing number.
    package var sequence: UInt16
    /// BLP: bit i (0...15) set = `sequence` + i + 1 is missing too.
    package var following: UInt16

    /// Bytes on the wire.
    package static var byteCount: Int { 4 }

    /// An item of these numbers.
    package init(sequence: UInt16, following: UInt16) {
        self.sequence = sequence
        self.following = following
    }

    /// Reads an item.
    package init?(_ bytes: RawSpan, at offset: Int) {
        guard let sequence = bytes.u16(offset), let following = bytes.u16(offset + 2) else { return nil }
        self.init(sequence: sequence, following: following)
    }
}

/// One entry of a FIR (RFC 5104 §4.3.1.1).
package struct FullIntraRequest: RTCPItem, Equatable, BitwiseCopyable {
    /// The stream a key frame is asked of.
    package var ssrc: UInt32
    /// Same number = the same request again.
    package var command: UInt8

    /// Bytes on the wire.
    package static var byteCount: Int { 8 }

    /// Reads an entry.
    package init?(_ bytes: RawSpan, at offset: Int) {
        guard let ssrc = bytes.u32(offset), let command = bytes.u8(offset + 4) else { return nil }
        self.ssrc = ssrc
        self.command = command
    }
}

/// One entry of a DLRR block (RFC 3611 §4.5).
package struct ReceiverTimeBlock: RTCPItem, Equatable, BitwiseCopyable {
    /// Whose RRTR it answers.
    package var ssrc: UInt32
    /// Middle 32 bits of that RRTR's NTP time.
    package var lastReceiverTime: UInt32
    /// Since then, in 1/65,536 s.
    package var delay: UInt32

    /// Bytes on the wire.
    package static var byteCount: Int { 12 }

    /// Reads an entry.
    package init?(_ bytes: RawSpan, at offset: Int) {
        guard let ssrc = bytes.u32(offset), let last = bytes.u32(offset + 4), let delay = bytes.u32(offset + 8) else {
            return nil
        }
        self.ssrc = ssrc
        self.lastReceiverTime = last
        self.delay = delay
    }
}
