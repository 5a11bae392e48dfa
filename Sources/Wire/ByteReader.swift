/// Why bytes could not be read.
package enum WireError: Error, Equatable, Sendable {
    /// Fewer bytes than the format asks for.
    case truncated
    /// A variable-length integer in more bytes than it needs, or in the forbidden 8-byte form (RFC 9420 §2.1.2).
    case malformedVarint
    /// Bytes after the end of what was to be read.
    case trailingBytes
    /// A value that the format does not know or does not allow in this place.
    case illegalValue
    /// More than the format allows in this place.
    case tooLarge
}

/// Reads a format front to back. It owns nothing and knows no format: a read past the end throws and moves nothing, so
/// hostile bytes end in an error and never in a trap. Integers are big-endian.
package struct ByteReader: ~Escapable {
    /// All bytes, the read ones included.
    package let bytes: RawSpan
    /// How many bytes were read.
    package private(set) var offset: Int

    /// Starts at the first byte.
    @_lifetime(copy bytes)
    package init(_ bytes: RawSpan) {
        self.bytes = bytes
        self.offset = 0
    }

    /// Bytes not read yet.
    package var remaining: Int { self.bytes.byteCount - self.offset }
    /// Everything was read.
    package var isAtEnd: Bool { self.remaining == 0 }

    /// Reads one byte.
    @_lifetime(self: copy self)
    package mutating func u8() throws(WireError) -> UInt8 {
        let at = try self.advance(1)
        guard let value = self.bytes.u8(at) else { throw .truncated }
        return value
    }

    /// Reads two bytes.
    @_lifetime(self: copy self)
    package mutating func u16() throws(WireError) -> UInt16 {
        let at = try self.advance(2)
        guard let value = self.bytes.u16(at) else { throw .truncated }
        return value
    }

    /// Reads three bytes.
    @_lifetime(self: copy self)
    package mutating func u24() throws(WireError) -> UInt32 {
        let at = try self.advance(3)
        guard let value = self.bytes.u24(at) else { throw .truncated }
        return value
    }

    /// Reads four bytes.
    @_lifetime(self: copy self)
    package mutating func u32() throws(WireError) -> UInt32 {
        let at = try self.advance(4)
        guard let value = self.bytes.u32(at) else { throw .truncated }
        return value
    }

    /// Reads eight bytes.
    @_lifetime(self: copy self)
    package mutating func u64() throws(WireError) -> UInt64 {
        let at = try self.advance(8)
        guard let value = self.bytes.u64(at) else { throw .truncated }
        return value
    }

    /// Reads a variable-length integer of RFC 9420 §2.1.2: minimal form only, at most 30 bits.
    @_lifetime(self: copy self)
    package mutating func varint() throws(WireError) -> Int {
        guard let first = self.bytes.u8(self.offset) else { throw .truncated }
        let width = 1 << Int(first >> 6)
        guard width != 8 else { throw .malformedVarint }
        let at = try self.advance(width)
        var value = Int(first & 0x3F)
        for index in 1..<max(width, 1) {
            guard let next = self.bytes.u8(at + index) else { throw .truncated }
            value = value << 8 | Int(next)
        }
        guard Varint.width(of: value) == width else { throw .malformedVarint }
        return value
    }

    /// Reads `count` bytes as a range of `bytes`.
    @_lifetime(self: copy self)
    package mutating func take(_ count: Int) throws(WireError) -> Range<Int> {
        let at = try self.advance(count)
        return at..<at + count
    }

    /// Reads `count` bytes as an array of its own.
    @_lifetime(self: copy self)
    package mutating func array(_ count: Int) throws(WireError) -> [UInt8] {
        self.bytes.array(try self.take(count))
    }

    /// Reads `count` bytes as a span.
    @_lifetime(copy self)
    @_lifetime(self: copy self)
    package mutating func span(_ count: Int) throws(WireError) -> RawSpan {
        let at = try self.advance(count)
        return self.bytes.extracting(at..<at + count)
    }

    /// Reads a vector: a varint length and as many bytes (`opaque x<V>` of RFC 9420).
    @_lifetime(copy self)
    @_lifetime(self: copy self)
    package mutating func vector() throws(WireError) -> RawSpan {
        try self.span(try self.varint())
    }

    /// Everything not read yet; reads it.
    @_lifetime(copy self)
    @_lifetime(self: copy self)
    package mutating func rest() -> RawSpan {
        let at = self.offset
        self.offset = self.bytes.byteCount
        return self.bytes.extracting(at..<self.offset)
    }

    /// Throws unless everything was read.
    package func end() throws(WireError) {
        guard self.isAtEnd else { throw .trailingBytes }
    }

    @_lifetime(self: copy self)
    private mutating func advance(_ count: Int) throws(WireError) -> Int {
        guard count >= 0, count <= self.remaining else { throw .truncated }
        let at = self.offset
        self.offset += count
        return at
    }
}
