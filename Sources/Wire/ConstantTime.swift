/// Whether two secrets are equal, in a time that depends on their length alone. Lengths are not secret.
@inline(never)
package func equalInConstantTime(_ left: RawSpan, _ right: RawSpan) -> Bool {
    guard left.byteCount == right.byteCount else { return false }
    var difference: UInt8 = 0
    for offset in 0..<left.byteCount {
        // SAFETY: both spans have as many bytes; every bit pattern is a UInt8.
        difference |=
            unsafe left.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
            ^ right.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }
    return difference == 0
}

/// Whether two secrets are equal, in a time that depends on their length alone.
@inline(never)
package func equalInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for (one, other) in zip(left, right) { difference |= one ^ other }
    return difference == 0
}
