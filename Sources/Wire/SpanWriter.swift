/// Writes front to back into bytes that somebody else owns; the bytes are given with every call. What does not fit is
/// not written and latches `overflowed`, so a caller checks once at the end. It never traps.
package struct SpanWriter: Sendable, BitwiseCopyable {
    /// Where the next byte goes.
    package var offset: Int
    /// Something did not fit: the bytes so far are worth nothing.
    package private(set) var overflowed = false

    /// Starts at `offset`.
    @inlinable
    package init(at offset: Int = 0) { self.offset = offset }

    /// Bytes written in all, or 0 when something did not fit.
    @inlinable
    package var count: Int { self.overflowed ? 0 : self.offset }

    /// Writes one byte.
    @_lifetime(bytes: copy bytes)
    package mutating func u8(_ value: UInt8, into bytes: inout MutableRawSpan) {
        guard let at = self.advance(1, in: bytes.byteCount) else { return }
        bytes.storeBytes(of: value, toByteOffset: at, as: UInt8.self)
    }

    /// Writes two bytes.
    @_lifetime(bytes: copy bytes)
    package mutating func u16(_ value: UInt16, into bytes: inout MutableRawSpan) {
        guard let at = self.advance(2, in: bytes.byteCount) else { return }
        bytes.storeBytes(of: value.bigEndian, toByteOffset: at, as: UInt16.self)
    }

    /// Writes the low three bytes of `value`.
    @_lifetime(bytes: copy bytes)
    package mutating func u24(_ value: UInt32, into bytes: inout MutableRawSpan) {
        self.u8(UInt8(truncatingIfNeeded: value >> 16), into: &bytes)
        self.u16(UInt16(truncatingIfNeeded: value), into: &bytes)
    }

    /// Writes four bytes.
    @_lifetime(bytes: copy bytes)
    package mutating func u32(_ value: UInt32, into bytes: inout MutableRawSpan) {
        guard let at = self.advance(4, in: bytes.byteCount) else { return }
        bytes.storeBytes(of: value.bigEndian, toByteOffset: at, as: UInt32.self)
    }

    /// Writes eight bytes.
    @_lifetime(bytes: copy bytes)
    package mutating func u64(_ value: UInt64, into bytes: inout MutableRawSpan) {
        guard let at = self.advance(8, in: bytes.byteCount) else { return }
        bytes.storeBytes(of: value.bigEndian, toByteOffset: at, as: UInt64.self)
    }

    /// Copies `source`.
    @_lifetime(bytes: copy bytes)
    package mutating func copy(_ source: RawSpan, into bytes: inout MutableRawSpan) {
        guard let at = self.advance(source.byteCount, in: bytes.byteCount) else { return }
        bytes.copy(source, at: at)
    }

    /// Writes `count` zeros.
    @_lifetime(bytes: copy bytes)
    package mutating func zeros(_ count: Int, into bytes: inout MutableRawSpan) {
        guard let at = self.advance(count, in: bytes.byteCount) else { return }
        for offset in at..<at + count { bytes.storeBytes(of: 0, toByteOffset: offset, as: UInt8.self) }
    }

    private mutating func advance(_ count: Int, in capacity: Int) -> Int? {
        guard !self.overflowed, self.offset >= 0, count >= 0, count <= capacity - self.offset else {
            self.overflowed = true
            return nil
        }
        let at = self.offset
        self.offset += count
        return at
    }
}

extension MutableRawSpan {
    /// Writes a 16-bit number at `offset`; nothing happens where it does not fit.
    @_lifetime(self: copy self)
    package mutating func store(_ value: UInt16, at offset: Int) {
        guard offset >= 0, offset <= self.byteCount - 2 else { return }
        self.storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt16.self)
    }

    /// Writes a 32-bit number at `offset`; nothing happens where it does not fit.
    @_lifetime(self: copy self)
    package mutating func store(_ value: UInt32, at offset: Int) {
        guard offset >= 0, offset <= self.byteCount - 4 else { return }
        self.storeBytes(of: value.bigEndian, toByteOffset: offset, as: UInt32.self)
    }

    /// Writes a byte at `offset`; nothing happens where it does not fit.
    @_lifetime(self: copy self)
    package mutating func store(_ value: UInt8, at offset: Int) {
        guard offset >= 0, offset < self.byteCount else { return }
        self.storeBytes(of: value, toByteOffset: offset, as: UInt8.self)
    }

    /// Copies `source` to `offset`; nothing happens where it does not fit.
    @_lifetime(self: copy self)
    package mutating func copy(_ source: RawSpan, at offset: Int) {
        guard offset >= 0, source.byteCount <= self.byteCount - offset, source.byteCount > 0 else { return }
        // SAFETY: both buffers live for the closures only, and the bounds were checked.
        unsafe self.withUnsafeMutableBytes { target in
            unsafe source.withUnsafeBytes { from in
                unsafe UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset + from.count])
                    .copyMemory(from: from)
            }
        }
    }
}
