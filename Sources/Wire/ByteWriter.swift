/// Writes a format into an array that grows. Not for the packet path: see `SpanWriter`.
package struct ByteWriter: Sendable {
    /// What was written.
    package private(set) var bytes: [UInt8]

    /// Starts empty.
    package init(capacity: Int = 0) {
        self.bytes = []
        self.bytes.reserveCapacity(capacity)
    }

    /// Makes place for so many bytes more. What holds a secret grows no more after it, for the old array stays in freed
    /// memory as it was.
    package mutating func reserve(_ count: Int) { self.bytes.reserveCapacity(self.bytes.count + count) }

    /// Writes one byte.
    package mutating func u8(_ value: UInt8) { self.bytes.append(value) }

    /// Writes two bytes, the most significant first.
    package mutating func u16(_ value: UInt16) {
        self.u8(UInt8(truncatingIfNeeded: value >> 8))
        self.u8(UInt8(truncatingIfNeeded: value))
    }

    /// Writes the low three bytes, the most significant first.
    package mutating func u24(_ value: UInt32) {
        self.u8(UInt8(truncatingIfNeeded: value >> 16))
        self.u16(UInt16(truncatingIfNeeded: value))
    }

    /// Writes four bytes, the most significant first.
    package mutating func u32(_ value: UInt32) {
        self.u16(UInt16(truncatingIfNeeded: value >> 16))
        self.u16(UInt16(truncatingIfNeeded: value))
    }

    /// Writes eight bytes, the most significant first.
    package mutating func u64(_ value: UInt64) {
        self.u32(UInt32(truncatingIfNeeded: value >> 32))
        self.u32(UInt32(truncatingIfNeeded: value))
    }

    /// Writes bytes as they are.
    package mutating func append(_ bytes: [UInt8]) { self.bytes.append(contentsOf: bytes) }

    /// Writes bytes as they are.
    package mutating func append(_ bytes: RawSpan) {
        for offset in 0..<bytes.byteCount { if let byte = bytes.u8(offset) { self.bytes.append(byte) } }
    }

    /// Writes a variable-length integer of RFC 9420 §2.1.2. A length over 30 bits is a broken invariant: nothing that
    /// long is ever built.
    package mutating func varint(_ value: Int) {
        switch Varint.width(of: value) {
        case 1: self.u8(UInt8(value))
        case 2: self.u16(UInt16(value) | 0x4000)
        case 4: self.u32(UInt32(value) | 0x8000_0000)
        default: preconditionFailure("a length has at most 30 bits")
        }
    }

    /// Writes a vector: varint length, then the bytes (`opaque x<V>` of RFC 9420).
    package mutating func vector(_ bytes: [UInt8]) {
        self.varint(bytes.count)
        self.append(bytes)
    }

    /// Writes what `body` writes as a vector.
    package mutating func vector(_ body: (inout ByteWriter) -> Void) {
        var inner = ByteWriter()
        body(&inner)
        self.vector(inner.bytes)
    }
}
