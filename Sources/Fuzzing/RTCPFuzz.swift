import MediaCore
import Wire

/// One RTCP datagram: every packet, every item of every list.
enum RTCPFuzz {
    static func run(_ bytes: [UInt8]) {
        let span = bytes.rawSpan
        var reader = RTCPReader()
        var packets = 0
        while let packet = reader.next(span) {
            packets += 1
            self.visit(packet, span)
        }
        precondition(packets <= RTCPReader.packetsMax)
    }

    private static func visit(_ packet: RTCPPacket, _ span: RawSpan) {
        switch packet {
        case .senderReport(_, let blocks), .receiverReport(_, let blocks):
            self.items(blocks, span) { block in _ = block.roundTrip(ntp: 0xE000_0000_0000_0000) }
        case .goodbye(let sources): self.items(sources, span) { _ in }
        case .missing(_, _, let items): self.items(items, span) { _ in }
        case .fullIntra(_, let requests): self.items(requests, span) { _ in }
        case .delaySinceReceiverTime(_, let items): self.items(items, span) { _ in }
        case .transportFeedback(let feedback):
            var arrivals = feedback.arrivals()
            var count = 0
            while arrivals.next(span) != nil { count += 1 }
            precondition(count == feedback.packetCount, "a report that reads, reads to its end")
        case .sourceDescription, .pictureLoss, .estimatedBitrate, .receiverTime: break
        }
    }

    private static func items<Item>(_ items: RTCPItems<Item>, _ span: RawSpan, _ body: (Item) -> Void) {
        for index in 0..<items.count {
            guard let item = items.item(index, in: span) else { preconditionFailure("a list lies inside its packet") }
            body(item)
        }
        precondition(items.item(items.count, in: span) == nil)
    }
}
