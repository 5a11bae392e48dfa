/// Reads JSON (RFC 8259) from bytes nobody vouches for: bounded in size, depth and count, no recursion beyond that bound,
/// no trap. Left out on purpose: fractions and exponents, which no message has.
struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    static func parse(_ bytes: [UInt8]) throws(Malformed) -> JSON {
        guard bytes.count <= JSONLimits.messageBytes else { throw .tooLong }
        var parser = JSONParser(bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.position == bytes.count else { throw .notJSON }
        return value
    }

    private mutating func value(depth: Int) throws(Malformed) -> JSON {
        guard depth < JSONLimits.depth else { throw .tooDeep }
        self.skipSpace()
        switch self.peek {
        case UInt8(ascii: "{"): return try self.object(depth: depth)
        case UInt8(ascii: "["): return try self.list(depth: depth)
        case UInt8(ascii: "\""): return .text(try self.text())
        case UInt8(ascii: "t"): return try self.word("true", .bool(true))
        case UInt8(ascii: "f"): return try self.word("false", .bool(false))
        case UInt8(ascii: "n"): return try self.word("null", .null)
        default: return .whole(try self.whole())
        }
    }

    private mutating func object(depth: Int) throws(Malformed) -> JSON {
        self.position += 1
        var members: [JSONMember] = []
        self.skipSpace()
        if self.take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            self.skipSpace()
            guard self.peek == UInt8(ascii: "\"") else { throw .notJSON }
            let name = try self.text()
            self.skipSpace()
            guard self.take(UInt8(ascii: ":")) else { throw .notJSON }
            let value = try self.value(depth: depth + 1)
            guard members.count < JSONLimits.members else { throw .tooDeep }
            guard members[name] == nil else { throw .notJSON }
            members.append(JSONMember(name, value))
            self.skipSpace()
            if self.take(UInt8(ascii: "}")) { return .object(members) }
            guard self.take(UInt8(ascii: ",")) else { throw .notJSON }
        }
    }

    private mutating func list(depth: Int) throws(Malformed) -> JSON {
        self.position += 1
        var elements: [JSON] = []
        self.skipSpace()
        if self.take(UInt8(ascii: "]")) { return .list(elements) }
        while true {
            let element = try self.value(depth: depth + 1)
            guard elements.count < JSONLimits.elements else { throw .tooDeep }
            elements.append(element)
            self.skipSpace()
            if self.take(UInt8(ascii: "]")) { return .list(elements) }
            guard self.take(UInt8(ascii: ",")) else { throw .notJSON }
        }
    }

    private mutating func whole() throws(Malformed) -> Int {
        let negative = self.take(UInt8(ascii: "-"))
        guard let first = self.peek, Self.isDigit(first) else { throw .notJSON }
        var magnitude = 0
        let start = self.position
        while let digit = self.peek, Self.isDigit(digit) {
            magnitude = magnitude * 10 + Int(digit - UInt8(ascii: "0"))
            guard magnitude <= JSONLimits.magnitude else { throw .notJSON }
            self.position += 1
        }
        guard self.position == start + 1 || first != UInt8(ascii: "0") else { throw .notJSON }
        return negative ? -magnitude : magnitude
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(Malformed) -> JSON {
        for byte in word.description.utf8 {
            guard self.take(byte) else { throw .notJSON }
        }
        return value
    }

    private mutating func text() throws(Malformed) -> String {
        self.position += 1
        var collected: [UInt8] = []
        while let byte = self.peek {
            self.position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: collected, as: UTF8.self) else { throw .notJSON }
                return text
            case UInt8(ascii: "\\"): collected.append(contentsOf: try self.escaped())
            case 0x00...0x1F: throw .notJSON
            default: collected.append(byte)
            }
        }
        throw .notJSON
    }

    private mutating func escaped() throws(Malformed) -> [UInt8] {
        guard let byte = self.peek else { throw .notJSON }
        self.position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try self.scalar()
        default: throw .notJSON
        }
    }

    /// After `\u`: one UTF-16 unit, or a pair of them. A lone surrogate is no text.
    private mutating func scalar() throws(Malformed) -> [UInt8] {
        let unit = try self.hexadecimal()
        if let scalar = Unicode.Scalar(unit) { return Array(String(scalar).utf8) }
        guard unit < 0xDC00, self.take(UInt8(ascii: "\\")), self.take(UInt8(ascii: "u")) else { throw .notJSON }
        let second = try self.hexadecimal()
        guard (0xDC00...0xDFFF).contains(second) else { throw .notJSON }
        let value = 0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00)
        guard let scalar = Unicode.Scalar(value) else { throw .notJSON }
        return Array(String(scalar).utf8)
    }

    private mutating func hexadecimal() throws(Malformed) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = self.peek, let digit = Self.hexDigit(byte) else { throw .notJSON }
            unit = unit << 4 | digit
            self.position += 1
        }
        return unit
    }

    private var peek: UInt8? {
        self.position < self.bytes.count ? self.bytes[self.position] : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard self.peek == byte else { return false }
        self.position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = self.peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { self.position += 1 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
