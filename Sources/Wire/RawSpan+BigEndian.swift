/// Reads at an offset, for formats that are looked into here and there. Beyond the end, or before the start, is nil.
extension RawSpan {
    /// The byte at `offset`.
    @inlinable
    package func u8(_ offset: Int) -> UInt8? {
        guard offset >= 0, offset < self.byteCount else { return nil }
        // SAFETY: bounds were checked (and are again inside); every bit pattern is a UInt8.
        return unsafe self.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }

    /// The 16-bit number at `offset`.
    @inlinable
    package func u16(_ offset: Int) -> UInt16? {
        guard offset >= 0, offset <= self.byteCount - 2 else { return nil }
        // SAFETY: bounds were checked (and are again inside); every bit pattern is a UInt16.
        return unsafe UInt16(bigEndian: self.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }

    /// The 24-bit number at `offset`.
    @inlinable
    package func u24(_ offset: Int) -> UInt32? {
        guard let high = self.u8(offset), let low = self.u16(offset &+ 1) else { return nil }
        return UInt32(high) << 16 | UInt32(low)
    }

    /// The 32-bit number at `offset`.
    @inlinable
    package func u32(_ offset: Int) -> UInt32? {
        guard offset >= 0, offset <= self.byteCount - 4 else { return nil }
        // SAFETY: bounds were checked (and are again inside); every bit pattern is a UInt32.
        return unsafe UInt32(bigEndian: self.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// The 64-bit number at `offset`.
    @inlinable
    package func u64(_ offset: Int) -> UInt64? {
        guard offset >= 0, offset <= self.byteCount - 8 else { return nil }
        // SAFETY: bounds were checked (and are again inside); every bit pattern is a UInt64.
        return unsafe UInt64(bigEndian: self.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Whether `range` lies inside.
    @inlinable
    package func holds(_ range: Range<Int>) -> Bool { range.lowerBound >= 0 && range.upperBound <= self.byteCount }

    /// A copy of `range`; empty when the range does not lie inside. Not for the packet path: it allocates.
    package func array(_ range: Range<Int>) -> [UInt8] {
        guard self.holds(range) else { return [] }
        return unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            for offset in range {
                // SAFETY: the range lies inside, the buffer has room for `range.count` bytes.
                unsafe buffer[offset - range.lowerBound] = self.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
            }
            count = range.count
        }
    }

    /// A copy of everything. Not for the packet path: it allocates.
    package func array() -> [UInt8] { self.array(0..<self.byteCount) }
}

extension Array where Element == UInt8 {
    /// The bytes, borrowed.
    package var rawSpan: RawSpan {
        @_lifetime(borrow self)
        borrowing get {
            // SAFETY: UInt8 has no padding, so each byte is initialised.
            return unsafe self.span.bytes
        }
    }

    /// Lends the bytes to be written in place.
    package mutating func withMutableRawSpan<Result>(_ body: (inout MutableRawSpan) -> Result) -> Result {
        var elements = self.mutableSpan
        // SAFETY: every bit pattern is a UInt8.
        var bytes = unsafe elements.mutableBytes
        return body(&bytes)
    }
}
