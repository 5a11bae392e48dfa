/// Lengths and places in the packets of SRTP; everything else about RTP is not its business.
enum SRTPHeader {
    /// The fixed header of RTP.
    static let rtpLength = 12
    /// The part of an RTCP packet that stays readable: first header and sender SSRC.
    static let rtcpLength = 8
    /// E bit and index behind an SRTCP packet.
    static let rtcpIndexLength = 4
    /// E bit: the packet is encrypted. Ours always are, and others are refused.
    static let encrypted: UInt32 = 1 << 31

    static let sequenceOffset = 2
    static let rtpSSRCOffset = 8
    static let rtcpSSRCOffset = 4
}

extension UnsafeRawBufferPointer {
    // SAFETY: the caller owns the bytes for the length of the call and has checked that the number lies inside.

    /// A big endian number. The caller has checked that it is inside.
    func bigEndian16(at offset: Int) -> UInt16 {
        unsafe UInt16(bigEndian: self.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }

    /// A big endian number. The caller has checked that it is inside.
    func bigEndian32(at offset: Int) -> UInt32 {
        unsafe UInt32(bigEndian: self.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// A part of the buffer, with indices from 0 again. Traps when it is not inside.
    func part(_ range: Range<Int>) -> UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(rebasing: self[range]) }
}
