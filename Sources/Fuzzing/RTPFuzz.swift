import MediaCore
import Wire

/// An RTP packet: header, extensions in both forms, padding, original number.
enum RTPFuzz {
    static func run(_ bytes: [UInt8]) {
        let span = bytes.rawSpan
        guard let header = try? RTPHeader(span) else { return }
        precondition((12...bytes.count).contains(header.byteCount), "the header lies inside")
        var identifiers = ExtensionIdentifiers()
        (identifiers.mid, identifiers.transportCC, identifiers.rid) = (4, 3, 10)
        (identifiers.repairedRID, identifiers.dependencyDescriptor) = (11, 13)
        var reader = RTPExtensionReader(header)
        var count = 0
        while let element = reader.next(span) {
            count += 1
            precondition(element.data.lowerBound > header.extensionOffset, "an element has a head")
            precondition(element.data.upperBound <= header.byteCount, "elements lie inside the extension")
        }
        precondition(count <= header.extensionLength, "each element takes a byte at least")
        let found = RTPExtensions(header, span, identifiers: identifiers)
        for range in [found.mid, found.rid, found.repairedRID] {
            if let range { precondition((1...16).contains(range.count)) }
        }
        let payload = span.extracting(header.byteCount..<span.byteCount)
        _ = RTX.originalSequence(payload)
        if let length = header.payloadLength(opened: payload) {
            precondition((0...payload.byteCount).contains(length), "padding never grows a payload")
        }
    }
}
