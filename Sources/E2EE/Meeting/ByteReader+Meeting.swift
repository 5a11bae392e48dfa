internal import Wire

/// Reads of the meeting's own structs. Every length has a bound here, so that no stranger makes a client keep much.
extension ByteReader {
    /// `uint8 version = 1`
    @_lifetime(self: copy self)
    mutating func formatOne() throws(WireError) {
        guard try self.u8() == 1 else { throw .illegalValue }
    }

    /// `opaque x<V>` of at most `count` bytes.
    @_lifetime(self: copy self)
    mutating func opaque(max count: Int) throws(WireError) -> [UInt8] {
        let bytes = try self.vector()
        guard bytes.byteCount <= count else { throw .illegalValue }
        return bytes.array()
    }

    /// `T x<V>` of at most `count` elements.
    @_lifetime(self: copy self)
    mutating func list<Element: TLSStruct>(max count: Int) throws(WireError) -> [Element] {
        var inner = ByteReader(try self.vector())
        var elements: [Element] = []
        while !inner.isAtEnd {
            guard elements.count < count else { throw .illegalValue }
            elements.append(try Element(reading: &inner))
        }
        return elements
    }

    /// `Key`: an Ed25519 public key.
    @_lifetime(self: copy self)
    mutating func key() throws(WireError) -> [UInt8] { try self.array(32) }

    /// `Key x<V>` of at most `count` keys.
    @_lifetime(self: copy self)
    mutating func keys(max count: Int) throws(WireError) -> [[UInt8]] {
        let bytes = try self.opaque(max: 32 * count)
        guard bytes.count.isMultiple(of: 32) else { throw .illegalValue }
        return stride(from: 0, to: bytes.count, by: 32).map { Array(bytes[$0..<$0 + 32]) }
    }

    /// `opaque signature<V>`: an Ed25519 signature.
    @_lifetime(self: copy self)
    mutating func signature() throws(WireError) -> [UInt8] {
        let bytes = try self.vector()
        guard bytes.byteCount == 64 else { throw .illegalValue }
        return bytes.array()
    }
}

extension ByteWriter {
    /// `Key x<V>`
    mutating func keys(_ keys: [[UInt8]]) { self.vector { writer in for key in keys { writer.append(key) } } }
}
