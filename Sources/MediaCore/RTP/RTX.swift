import Wire

/// Retransmission payloads (RFC 4588 §4): the original number in two bytes, then the original payload.
package enum RTX {
    /// Bytes before the original payload.
    package static let byteCount = 2

    /// The number of the packet a retransmission repeats; nil for a probe without payload.
    package static func originalSequence(_ payload: RawSpan) -> UInt16? {
        payload.byteCount > Self.byteCount ? payload.u16(0) : nil
    }
}

/// Numbers that wrap at 16 bits.
package enum SequenceNumber {
    /// The 64-bit number nearest to `reference` whose low 16 bits are `sequence`; never below 0.
    package static func extend(_ sequence: UInt16, near reference: UInt64) -> UInt64 {
        let distance = Int16(bitPattern: sequence &- UInt16(truncatingIfNeeded: reference))
        if distance >= 0 { return reference &+ UInt64(distance) }
        let back = UInt64(distance.magnitude)
        return reference >= back ? reference - back : reference &+ (0x1_0000 - back)
    }
}
