import E2EE

/// Reads JSON as vector files are written: no fractions, no negative numbers, and no escapes in the texts, which are
/// names and hexadecimal. Numbers are read as 64 bits, never through a floating-point one. For tests alone, so what it
/// does not know is refused.
struct JSONText {
    /// The value that the whole of `bytes` is.
    static func value(_ bytes: [UInt8]) throws(E2EEError) -> VectorValue {
        var text = JSONText(bytes: bytes)
        let value = try text.value(depth: 0)
        guard text.peek() == nil else { throw Self.malformed }
        return value
    }

    private static var malformed: E2EEError { E2EEError(.codec, .malformed) }

    /// Deeper than any vector file.
    private static var depthMax: Int { 16 }

    private let bytes: [UInt8]
    private var offset = 0

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// The next byte that is no white space.
    private mutating func peek() -> UInt8? {
        while self.offset < self.bytes.count {
            let byte = self.bytes[self.offset]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            self.offset += 1
        }
        return nil
    }

    private mutating func take(_ byte: UInt8) throws(E2EEError) {
        guard self.peek() == byte else { throw Self.malformed }
        self.offset += 1
    }

    private mutating func value(depth: Int) throws(E2EEError) -> VectorValue {
        guard depth < Self.depthMax, let first = self.peek() else { throw Self.malformed }
        switch first {
        case UInt8(ascii: "{"): return try self.object(depth)
        case UInt8(ascii: "["): return try self.list(depth)
        case UInt8(ascii: "\""): return .text(try self.text())
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try self.number())
        case UInt8(ascii: "n"):
            for byte in [0x6E, 0x75, 0x6C, 0x6C] as [UInt8] { try self.take(byte) }
            return .null
        default: throw Self.malformed
        }
    }

    private mutating func object(_ depth: Int) throws(E2EEError) -> VectorValue {
        var members: [[UInt8]: VectorValue] = [:]
        try self.items(UInt8(ascii: "{"), UInt8(ascii: "}")) { (text: inout JSONText) throws(E2EEError) in
            let name = try text.text()
            try text.take(UInt8(ascii: ":"))
            members[name] = try text.value(depth: depth + 1)
        }
        return .object(members)
    }

    private mutating func list(_ depth: Int) throws(E2EEError) -> VectorValue {
        var elements: [VectorValue] = []
        try self.items(UInt8(ascii: "["), UInt8(ascii: "]")) { (text: inout JSONText) throws(E2EEError) in
            elements.append(try text.value(depth: depth + 1))
        }
        return .list(elements)
    }

    /// Items with commas between them.
    private mutating func items(
        _ open: UInt8, _ close: UInt8, _ item: (inout JSONText) throws(E2EEError) -> Void
    ) throws(E2EEError) {
        try self.take(open)
        if self.peek() == close { return try self.take(close) }
        while true {
            try item(&self)
            guard self.peek() == UInt8(ascii: ",") else { return try self.take(close) }
            try self.take(UInt8(ascii: ","))
        }
    }

    private mutating func text() throws(E2EEError) -> [UInt8] {
        try self.take(UInt8(ascii: "\""))
        let start = self.offset
        while self.offset < self.bytes.count, self.bytes[self.offset] != UInt8(ascii: "\"") {
            guard self.bytes[self.offset] != UInt8(ascii: "\\") else { throw Self.malformed }
            self.offset += 1
        }
        let text = [UInt8](self.bytes[start..<self.offset])
        try self.take(UInt8(ascii: "\""))
        return text
    }

    private mutating func number() throws(E2EEError) -> UInt64 {
        var value: UInt64 = 0
        while self.offset < self.bytes.count, case 0x30...0x39 = self.bytes[self.offset] {
            let (product, isTooLong) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooLarge) = product.addingReportingOverflow(UInt64(self.bytes[self.offset] - 0x30))
            guard !isTooLong, !isTooLarge else { throw Self.malformed }
            value = sum
            self.offset += 1
        }
        return value
    }
}
