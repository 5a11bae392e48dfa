import Wire

/// Reads a fuzzer's bytes as a script of small steps. Past the end it answers zeros, so that every input is a script.
struct Script {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { self.offset >= self.bytes.count }

    mutating func u8() -> UInt8 {
        guard !self.isAtEnd else { return 0 }
        self.offset += 1
        return self.bytes[self.offset - 1]
    }

    mutating func u16() -> UInt16 { UInt16(self.u8()) << 8 | UInt16(self.u8()) }

    /// Two bytes of length and as many bytes, or what is left.
    mutating func datagram() -> [UInt8] {
        let count = min(Int(self.u16()), self.bytes.count - self.offset)
        defer { self.offset += count }
        return Array(self.bytes[self.offset..<self.offset + count])
    }
}

/// What `body` writes into a buffer of `capacity` bytes; it answers how many it wrote.
func written(_ capacity: Int = 1_232, _ body: (inout MutableRawSpan) -> Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0xEE, count: capacity)
    let count = bytes.withMutableRawSpan { body(&$0) }
    return Array(bytes.prefix(count))
}
