import MediaCore
import Wire

/// A STUN message, as it came and once more with a sound header in front, which a fuzzer finds only now and then.
enum STUNFuzz {
    private static let key = [UInt8](repeating: 0x6B, count: 24)

    static func run(_ bytes: [UInt8]) {
        self.read(bytes)
        let body = bytes.prefix(1_024 & ~3).prefix(bytes.count & ~3)
        let header: [UInt8] = [0, 1, UInt8(body.count >> 8), UInt8(body.count & 0xFF), 0x21, 0x12, 0xA4, 0x42]
        self.read(header + [UInt8](repeating: 7, count: 12) + body)
    }

    private static func read(_ bytes: [UInt8]) {
        let span = bytes.rawSpan
        guard let message = try? STUNMessage(span) else { return }
        _ = message.hasValidFingerprint(span)
        precondition(!message.isAuthentic(span, key: self.key.rawSpan), "nobody signed with this key")
        if let username = message.username { precondition(span.holds(username), "ranges lie inside") }
        for index in -1...STUNMessage.unknownMax { _ = message.unknownAttribute(index) }
        self.answer(message)
    }

    /// Whatever was asked, the answer reads back.
    private static func answer(_ request: STUNMessage) {
        let address = request.mappedAddress ?? STUNAddress(.v4(0x7F00_0001, port: 1))
        let answers = [
            written { out in
                STUNWriter.success(
                    mapped: address, transaction: request.transaction, key: self.key.rawSpan, into: &out)
            },
            written { STUNWriter.unknownAttributes(of: request, key: self.key.rawSpan, into: &$0) },
        ]
        for bytes in answers {
            let span = bytes.rawSpan
            guard let message = try? STUNMessage(span) else { preconditionFailure("we read what we write") }
            precondition(message.isAuthentic(span, key: self.key.rawSpan) && message.hasValidFingerprint(span))
            precondition(message.transaction == request.transaction)
        }
    }
}
