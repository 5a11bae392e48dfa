import MediaCore
import Wire

/// Bytes from hexadecimal text; spaces and line ends are for the eye.
func hex(_ text: String) -> [UInt8] {
    let digits = text.compactMap { $0.hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// What `body` writes into a buffer of `capacity` bytes; it answers how many it wrote.
func written(_ capacity: Int = 1_200, _ body: (inout MutableRawSpan) -> Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0xEE, count: capacity)
    let count = bytes.withMutableRawSpan { body(&$0) }
    return Array(bytes.prefix(count))
}

/// `#expect` cannot take a call with a span apart; these take arrays.
extension STUNMessage {
    init(_ bytes: [UInt8]) throws(STUNError) { try self.init(bytes.rawSpan) }
    func isAuthentic(_ bytes: [UInt8], key: [UInt8]) -> Bool { self.isAuthentic(bytes.rawSpan, key: key.rawSpan) }
    func hasValidFingerprint(_ bytes: [UInt8]) -> Bool { self.hasValidFingerprint(bytes.rawSpan) }
}

extension RTPHeader {
    init(_ bytes: [UInt8]) throws(RTPError) { try self.init(bytes.rawSpan) }
    func payloadLength(opened payload: [UInt8]) -> Int? { self.payloadLength(opened: payload.rawSpan) }
}
