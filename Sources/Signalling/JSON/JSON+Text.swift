extension JSON {
    /// Reads a value from bytes nobody vouches for.
    package static func parse(_ bytes: [UInt8]) throws(Malformed) -> JSON {
        try JSONParser.parse(bytes)
    }

    /// The value as compact JSON text.
    package var encoded: String {
        var text = ""
        self.write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .whole(let value): text += String(value)
        case .text(let value): Self.quote(value, into: &text)
        case .list(let elements):
            Self.join(elements, "[", "]", into: &text) { element, text in element.write(to: &text) }
        case .object(let members):
            Self.join(members, "{", "}", into: &text) { member, text in
                Self.quote(member.name, into: &text)
                text += ":"
                member.value.write(to: &text)
            }
        }
    }

    private static func join<Element>(
        _ elements: [Element], _ open: String, _ close: String, into text: inout String,
        _ write: (Element, inout String) -> Void
    ) {
        text += open
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            write(element, &text)
        }
        text += close
    }

    private static func quote(_ value: String, into text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
