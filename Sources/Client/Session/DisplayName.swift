/// A name fit to be shown: 1 to 60 characters, at most 120 bytes of UTF-8, one line, and no character that turns the text
/// around it (`e2ee.md` 15, 13).
public struct DisplayName: Equatable, Sendable {
    /// The cleaned text.
    public let text: String

    /// Cleans what somebody typed.
    public init?(_ text: String) {
        guard let name = Self.cleaned(text), name.count <= 60, name.utf8.count <= 120 else { return nil }
        self.text = name
    }

    /// Cleans the bytes of a name from elsewhere; nothing when they are no UTF-8.
    init?(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        self.init(text)
    }

    /// A text of somebody else, made fit to be shown in one line; nothing when nothing is left of it.
    static func line(of bytes: [UInt8]) -> String? {
        String(validating: bytes, as: UTF8.self).flatMap { Self.cleaned($0) }
    }

    private static func cleaned(_ text: String) -> String? {
        var cleaned = ""
        for scalar in text.unicodeScalars where !Self.isForbidden(scalar) { cleaned.unicodeScalars.append(scalar) }
        let trimmed = cleaned.drop { $0.isWhitespace }
        guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return nil }
        let line = String(trimmed[...last])
        return line.unicodeScalars.contains(where: Self.isVisible) ? line : nil
    }

    /// Control characters, the bidirectional controls of Unicode (UAX #9 §2), and what takes no room: with those two names
    /// could look the same, or a name like none. Joiners (U+200C, U+200D) stay, as some scripts and emoji need them.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        case 0xAD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180E, 0x200B, 0x2060...0x2065: true
        case 0x206A...0x206F, 0x2800, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF: true
        default: false
        }
    }

    /// Something to see: neither white space nor a mark that only joins or varies what stands beside it.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200C, 0x200D, 0xFE00...0xFE0F: false
        default: !scalar.properties.isWhitespace
        }
    }
}
