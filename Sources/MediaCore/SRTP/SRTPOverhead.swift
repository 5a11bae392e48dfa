package import MediaCrypto

/// Bytes that a profile adds to a packet.
package enum SRTPOverhead {
    /// Behind an RTP packet.
    package static func rtp(_ profile: SRTPProfile) -> Int {
        switch profile {
        case .aeadAES128GCM: SealingKey.tagLength
        case .aes128CMSHA1: 10
        }
    }

    /// Behind an RTCP packet: tag, and the word with the index.
    package static func rtcp(_ profile: SRTPProfile) -> Int { Self.rtp(profile) + SRTPHeader.rtcpIndexLength }

    /// The most any profile adds to any packet: what a buffer needs to spare.
    package static let maximum = SealingKey.tagLength + SRTPHeader.rtcpIndexLength
}
