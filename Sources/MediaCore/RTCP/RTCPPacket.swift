import Wire

/// One RTCP packet, as values and offsets into the datagram it was read from.
package enum RTCPPacket: Sendable, Equatable {
    /// SR with its report blocks.
    case senderReport(SenderReport, RTCPItems<ReportBlock>)
    /// RR with its report blocks.
    case receiverReport(ssrc: UInt32, RTCPItems<ReportBlock>)
    /// SDES; its items are not read: names of endpoints are of no use to us.
    case sourceDescription
    /// BYE, as a list of SSRCs.
    case goodbye(RTCPItems<UInt32>)
    /// Generic NACK (RFC 4585 §6.2.1).
    case missing(sender: UInt32, media: UInt32, RTCPItems<MissingPackets>)
    /// Picture loss indication (RFC 4585 §6.3.1).
    case pictureLoss(sender: UInt32, media: UInt32)
    /// Full intra request (RFC 5104 §4.3.1), as a list of the media SSRCs asked.
    case fullIntra(sender: UInt32, RTCPItems<FullIntraRequest>)
    /// Transport-wide congestion control feedback.
    case transportFeedback(TransportFeedback)
    /// REMB: known, and ignored.
    case estimatedBitrate
    /// XR receiver reference time (RFC 3611 §4.4).
    case receiverTime(ssrc: UInt32, ntp: UInt64)
    /// XR DLRR (RFC 3611 §4.5).
    case delaySinceReceiverTime(ssrc: UInt32, RTCPItems<ReceiverTimeBlock>)

    enum Reading {
        case packet(RTCPPacket)
        case unknown
        case malformed
    }

    static func read(_ header: RTCPHeader, _ bytes: RawSpan) -> Reading {
        let packet: RTCPPacket?
        switch (header.type, header.count) {
        case (200, _): packet = self.senderReport(header, bytes)
        case (201, _): packet = self.receiverReport(header, bytes)
        case (202, _): packet = header.bodyLength >= 4 * Int(header.count) ? .sourceDescription : nil
        case (203, let count):
            packet = RTCPItems(at: header.body, count: Int(count), end: header.bodyEnd).map { .goodbye($0) }
        case (205, 1): packet = self.missing(header, bytes)
        case (205, 15): packet = TransportFeedback(header, bytes).map { .transportFeedback($0) }
        case (206, 1):
            packet = self.parties(header, bytes).map { .pictureLoss(sender: $0.sender, media: $0.media) }
        case (206, 4): packet = self.fullIntra(header, bytes)
        case (206, 15): packet = self.parties(header, bytes).map { _ in .estimatedBitrate }
        case (207, _): return self.extendedReport(header, bytes)
        default: return .unknown
        }
        return packet.map { .packet($0) } ?? .malformed
    }

    private static func senderReport(_ header: RTCPHeader, _ bytes: RawSpan) -> RTCPPacket? {
        let at = header.body
        guard header.bodyLength >= 24, let ssrc = bytes.u32(at), let ntp = bytes.u64(at + 4),
            let rtpTime = bytes.u32(at + 12), let packets = bytes.u32(at + 16), let octets = bytes.u32(at + 20),
            let blocks = RTCPItems<ReportBlock>(at: at + 24, count: Int(header.count), end: header.bodyEnd)
        else { return nil }
        let report = SenderReport(ssrc: ssrc, ntp: ntp, rtpTime: rtpTime, packetCount: packets, octetCount: octets)
        return .senderReport(report, blocks)
    }

    private static func receiverReport(_ header: RTCPHeader, _ bytes: RawSpan) -> RTCPPacket? {
        guard header.bodyLength >= 4, let ssrc = bytes.u32(header.body),
            let blocks = RTCPItems<ReportBlock>(at: header.body + 4, count: Int(header.count), end: header.bodyEnd)
        else { return nil }
        return .receiverReport(ssrc: ssrc, blocks)
    }

    private static func parties(_ header: RTCPHeader, _ bytes: RawSpan) -> (sender: UInt32, media: UInt32)? {
        guard header.bodyLength >= 8, let sender = bytes.u32(header.body), let media = bytes.u32(header.body + 4)
        else { return nil }
        return (sender, media)
    }

    private static func missing(_ header: RTCPHeader, _ bytes: RawSpan) -> RTCPPacket? {
        guard let parties = self.parties(header, bytes), header.bodyLength >= 12,
            let items = RTCPItems<MissingPackets>(filling: header.body + 8, end: header.bodyEnd)
        else { return nil }
        return .missing(sender: parties.sender, media: parties.media, items)
    }

    private static func fullIntra(_ header: RTCPHeader, _ bytes: RawSpan) -> RTCPPacket? {
        guard let parties = self.parties(header, bytes),
            let items = RTCPItems<FullIntraRequest>(filling: header.body + 8, end: header.bodyEnd)
        else { return nil }
        return .fullIntra(sender: parties.sender, items)
    }

    /// The first block of an XR that we know counts; browsers send one block each (RFC 3611 §3).
    private static func extendedReport(_ header: RTCPHeader, _ bytes: RawSpan) -> Reading {
        guard header.bodyLength >= 4, let ssrc = bytes.u32(header.body) else { return .malformed }
        var at = header.body + 4
        while at < header.bodyEnd {
            guard let type = bytes.u8(at), let words = bytes.u16(at + 2), at + 4 + 4 * Int(words) <= header.bodyEnd
            else { return .malformed }
            let end = at + 4 + 4 * Int(words)
            switch type {
            case 4:
                guard words == 2, let ntp = bytes.u64(at + 4) else { return .malformed }
                return .packet(.receiverTime(ssrc: ssrc, ntp: ntp))
            case 5:
                guard let items = RTCPItems<ReceiverTimeBlock>(filling: at + 4, end: end) else { return .malformed }
                return .packet(.delaySinceReceiverTime(ssrc: ssrc, items))
            default: at = end
            }
        }
        return .unknown
    }
}
