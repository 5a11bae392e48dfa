/// Reads CBOR from bytes nobody vouches for: bounded in depth and count, one spelling for one value, no trap.
struct CBORReader {
    /// Why bytes are no CBOR of ours.
    enum Failure: Error, Equatable {
        case truncated, notShortest, unsupported, tooDeep, tooMany, twice, notText
    }

    /// An attestation nests three deep.
    private static let depth = 5
    /// A key has five members, an attestation three.
    private static let items = 64

    private let bytes: [UInt8]
    private(set) var position: Int
    private var count = 0

    init(_ bytes: [UInt8], from position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    var isAtEnd: Bool { self.position >= self.bytes.count }

    mutating func value() throws(Failure) -> CBOR { try self.value(depth: 0) }

    private mutating func value(depth: Int) throws(Failure) -> CBOR {
        guard depth < Self.depth else { throw .tooDeep }
        self.count += 1
        guard self.count <= Self.items else { throw .tooMany }
        let initial = try self.byte()
        let information = initial & 0x1F
        switch initial >> 5 {
        case 0: return .unsigned(try self.argument(information))
        case 1: return .negative(try self.argument(information))
        case 2: return .bytes(try self.take(try self.length(information)))
        case 3:
            let bytes = try self.take(try self.length(information))
            guard let text = String(validating: bytes, as: UTF8.self) else { throw .notText }
            return .text(text)
        case 4: return .list(try self.list(try self.length(information), depth: depth))
        case 5: return .map(try self.map(try self.length(information), depth: depth))
        case 7: return try self.simple(information)
        default: throw .unsupported
        }
    }

    private mutating func list(_ length: Int, depth: Int) throws(Failure) -> [CBOR] {
        guard length <= Self.items else { throw .tooMany }
        var elements: [CBOR] = []
        for _ in 0..<length { elements.append(try self.value(depth: depth + 1)) }
        return elements
    }

    private mutating func map(_ length: Int, depth: Int) throws(Failure) -> [(key: CBOR, value: CBOR)] {
        guard length <= Self.items else { throw .tooMany }
        var pairs: [(key: CBOR, value: CBOR)] = []
        for _ in 0..<length {
            let key = try self.value(depth: depth + 1)
            guard !pairs.contains(where: { $0.key == key }) else { throw .twice }
            pairs.append((key, try self.value(depth: depth + 1)))
        }
        return pairs
    }

    private func simple(_ information: UInt8) throws(Failure) -> CBOR {
        switch information {
        case 20: .bool(false)
        case 21: .bool(true)
        case 22: .null
        default: throw .unsupported
        }
    }

    /// A length that the bytes can have.
    private mutating func length(_ information: UInt8) throws(Failure) -> Int {
        guard let length = Int(exactly: try self.argument(information)), length <= self.bytes.count - self.position
        else { throw .truncated }
        return length
    }

    /// The number behind the first byte, in its shortest form.
    private mutating func argument(_ information: UInt8) throws(Failure) -> UInt64 {
        switch information {
        case 0..<24: return UInt64(information)
        case 24: return try self.number(of: 1, atLeast: 24)
        case 25: return try self.number(of: 2, atLeast: 0x100)
        case 26: return try self.number(of: 4, atLeast: 0x1_0000)
        case 27: return try self.number(of: 8, atLeast: 0x1_0000_0000)
        default: throw .unsupported
        }
    }

    private mutating func number(of count: Int, atLeast least: UInt64) throws(Failure) -> UInt64 {
        let value = try self.take(count).reduce(0) { $0 << 8 | UInt64($1) }
        guard value >= least else { throw .notShortest }
        return value
    }

    private mutating func byte() throws(Failure) -> UInt8 {
        guard self.position < self.bytes.count else { throw .truncated }
        defer { self.position += 1 }
        return self.bytes[self.position]
    }

    private mutating func take(_ count: Int) throws(Failure) -> [UInt8] {
        guard count <= self.bytes.count - self.position else { throw .truncated }
        defer { self.position += count }
        return Array(self.bytes[self.position..<self.position + count])
    }
}
