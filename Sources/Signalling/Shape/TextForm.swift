/// The strings that signalling takes. Each form has a length and an alphabet; on the WebSocket nothing is free text.
package enum TextForm: Equatable, Sendable {
    /// Unpadded base64url (RFC 4648 §5) of exactly so many bytes, with its unused bits zero: one spelling per value.
    case bytes(Int)
    /// The same, of so many bytes.
    case base64(ClosedRange<Int>)
    /// ice-chars (RFC 8839 §5.4).
    case ice(ClosedRange<Int>)
    /// Letters, digits, `-` and `_`; a mid or rid.
    case token(ClosedRange<Int>)
    /// Letters and digits of ASCII; a passcode.
    case alphanumeric(ClosedRange<Int>)
    /// Visible ASCII.
    case ascii(ClosedRange<Int>)
    /// SHA-256 as 32 pairs of upper-case hexadecimal digits with colons (RFC 8122 §5).
    case fingerprint
    /// `p` and a number.
    case publication
    /// What a person types in one line: so many Unicode scalars, none of which is a control or ends the line.
    case line(ClosedRange<Int>)

    /// Whether `text` has this form.
    package func admits(_ text: String) -> Bool {
        let bytes = text.utf8
        switch self {
        case .bytes(let count): return Self.isCanonical(text, byteCount: count)
        case .base64(let count):
            guard bytes.count <= (count.upperBound * 8 + 5) / 6, let decoded = Base64URL.decode(text) else {
                return false
            }
            return count.contains(decoded.count)
        case .token(let length):
            return length.contains(bytes.count) && bytes.allSatisfy { Self.base64Value($0) != nil }
        case .ice(let length):
            return length.contains(bytes.count) && bytes.allSatisfy(Self.isICE)
        case .alphanumeric(let length):
            return length.contains(bytes.count) && bytes.allSatisfy(Self.isAlphanumeric)
        case .ascii(let length):
            return length.contains(bytes.count) && bytes.allSatisfy { (0x21...0x7E).contains($0) }
        case .fingerprint: return Self.isFingerprint(text)
        case .publication:
            guard bytes.first == UInt8(ascii: "p"), (2...11).contains(bytes.count) else { return false }
            return bytes.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        case .line(let length):
            // Four bytes a scalar at most: so much is looked at before anything is counted.
            return bytes.count <= length.upperBound * 4 && length.contains(text.unicodeScalars.count)
                && text.unicodeScalars.allSatisfy(Self.isOfLine)
        }
    }

    private static func isOfLine(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    private static func isCanonical(_ text: String, byteCount: Int) -> Bool {
        let bytes = text.utf8
        guard bytes.count == (byteCount * 8 + 5) / 6, bytes.allSatisfy({ Self.base64Value($0) != nil }) else {
            return false
        }
        let unused = bytes.count * 6 - byteCount * 8
        guard let last = bytes.last.flatMap(Self.base64Value) else { return byteCount == 0 }
        return last & ((1 << unused) - 1) == 0
    }

    static func base64Value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static func isICE(_ byte: UInt8) -> Bool {
        Self.isAlphanumeric(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
    }

    private static func isFingerprint(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count == 95 else { return false }
        return bytes.enumerated().allSatisfy { index, byte in
            switch byte {
            case UInt8(ascii: ":"): index % 3 == 2
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "F"): index % 3 != 2
            default: false
            }
        }
    }
}
