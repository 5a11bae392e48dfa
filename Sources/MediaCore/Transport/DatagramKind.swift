internal import Wire

/// What a datagram is by its first two bytes (RFC 7983, RFC 5761, RFC 9443).
package enum DatagramKind: Sendable, BitwiseCopyable {
    /// STUN.
    case stun
    /// DTLS; 32...63 is the unified header of DTLS 1.3.
    case dtls
    /// TURN channel data, which a worker never takes.
    case turnChannel
    /// RTP.
    case rtp
    /// RTCP, told from RTP by its packet type.
    case rtcp
    /// Everything else.
    case unknown

    /// Looks at the first two bytes of `datagram`.
    package init(of datagram: RawSpan) {
        guard let first = datagram.u8(0), let second = datagram.u8(1) else {
            self = .unknown
            return
        }
        switch first {
        case 0...3: self = .stun
        case 20...63: self = .dtls
        case 64...79: self = .turnChannel
        case 128...191: self = (192...223).contains(second) ? .rtcp : .rtp
        default: self = .unknown
        }
    }
}
