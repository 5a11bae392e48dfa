/// A name fit to be shown: 1 to 60 characters, at most 120 bytes of UTF-8, one line, and no character that turns the text
/// around it (`e2ee.md` 15, 13).
public struct DisplayName: Equatable, Sendable {
    /// The cleaned text.
    public let text: String

    /// Cleans what somebody typed.
    public init?(_ text: String) {
        var cleaned = ""
        for scalar in text.unicodeScalars where !Self.isForbidden(scalar) { cleaned.unicodeScalars.append(scalar) }
        let trimmed = cleaned.drop { $0.isWhitespace }
        guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return nil }
        let name = String(trimmed[...last])
        guard name.count <= 60, name.utf8.count <= 120 else { return nil }
        self.text = name
    }

    /// Cleans the bytes of an opened profile; nothing when they are no UTF-8.
    init?(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        self.init(text)
    }

    /// Control characters and the bidirectional controls of Unicode (UAX #9 §2).
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
