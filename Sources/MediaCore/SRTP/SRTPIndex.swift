/// The 48-bit packet index of SRTP: rollover counter and sequence number (RFC 3711 §3.3.1).
enum SRTPIndex {
    /// One more than the highest index there is.
    static let end: UInt64 = 1 << 48
    /// No SSRC seals beyond this (`media.md` 5.1); it is reached after 500 years of video.
    static let sealingEnd: UInt64 = 1 << 47
    /// No endpoint seals more RTCP packets than this.
    static let rtcpSealingEnd: UInt32 = 1 << 30

    /// The index nearest to the highest authenticated one that ends in `sequence`; for an SSRC not heard of, the first
    /// round. Nothing when the nearest would lie before the first packet or after the last.
    static func estimate(sequence: UInt16, highest: UInt64?) -> UInt64? {
        guard let highest else { return UInt64(sequence) }
        let round = highest >> 16
        let last = Int(highest & 0xFFFF)
        let now = Int(sequence)
        if last < 0x8000, now - last > 0x8000 {
            return round == 0 ? nil : (round - 1) << 16 | UInt64(sequence)
        }
        if last >= 0x8000, last - 0x8000 > now {
            let next = (round + 1) << 16 | UInt64(sequence)
            return next < Self.end ? next : nil
        }
        return round << 16 | UInt64(sequence)
    }
}
