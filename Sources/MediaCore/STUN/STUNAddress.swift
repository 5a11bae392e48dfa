import Wire

/// A transport address as XOR-MAPPED-ADDRESS carries it (RFC 8489 §14.2). Like `PathKey` it has no description: addresses
/// never reach a log line.
package struct STUNAddress: Equatable, Sendable, BitwiseCopyable {
    /// IPv4 or IPv6.
    package var family: PathKey.Family
    /// Upper half of an IPv6 address, host order; 0 for IPv4.
    package var high: UInt64
    /// Lower half, or the IPv4 address in the low 32 bits, host order.
    package var low: UInt64
    /// Port.
    package var port: UInt16

    /// An address of these parts.
    package init(family: PathKey.Family, high: UInt64, low: UInt64, port: UInt16) {
        self.family = family
        self.high = high
        self.low = low
        self.port = port
    }

    /// The remote address of `path`.
    package init(_ path: PathKey) {
        self.init(family: path.family, high: path.high, low: path.low, port: path.port)
    }

    /// Reads the attribute's value and takes the XOR off.
    init?(_ bytes: RawSpan, at value: Range<Int>, transaction: STUNTransactionID) {
        let at = value.lowerBound
        guard let family = bytes.u8(at + 1), let port = bytes.u16(at + 2), let first = bytes.u32(at + 4) else {
            return nil
        }
        self.port = port ^ UInt16(STUNMessage.magicCookie >> 16)
        switch (family, value.count) {
        case (1, 8):
            self.family = .v4
            self.high = 0
            self.low = UInt64(first ^ STUNMessage.magicCookie)
        case (2, 20):
            guard let high = bytes.u64(at + 4), let low = bytes.u64(at + 12) else { return nil }
            self.family = .v6
            self.high = high ^ Self.mask(transaction)
            self.low = low ^ transaction.low
        default: return nil
        }
    }

    /// Bytes of the attribute's value.
    var byteCount: UInt16 { self.family == .v4 ? 8 : 20 }

    @_lifetime(bytes: copy bytes)
    func write(_ writer: inout SpanWriter, transaction: STUNTransactionID, into bytes: inout MutableRawSpan) {
        writer.u16(self.family == .v4 ? 1 : 2, into: &bytes)
        writer.u16(self.port ^ UInt16(STUNMessage.magicCookie >> 16), into: &bytes)
        switch self.family {
        case .v4: writer.u32(UInt32(truncatingIfNeeded: self.low) ^ STUNMessage.magicCookie, into: &bytes)
        case .v6:
            writer.u64(self.high ^ Self.mask(transaction), into: &bytes)
            writer.u64(self.low ^ transaction.low, into: &bytes)
        }
    }

    /// IPv6 is XORed with the cookie followed by the transaction.
    private static func mask(_ transaction: STUNTransactionID) -> UInt64 {
        UInt64(STUNMessage.magicCookie) << 32 | UInt64(transaction.high)
    }
}
