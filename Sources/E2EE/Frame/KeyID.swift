/// The key id of MF1: context << (S+4) | leaf << 4 | epoch mod 16 (`e2ee.md` 6).
public struct KeyID: Equatable, Sendable {
    /// No valid key id is above this, so that a header stays short and a table small.
    public static var highest: UInt64 { 1 << 20 }

    /// Which stream of the leaf; 0...15, reserved ones included.
    public var context: UInt64
    /// The sender's leaf in the tree of the epoch.
    public var leaf: UInt32
    /// The low 4 bits of the epoch.
    public var epochBits: UInt8

    /// The key id of a stream.
    public init(context: StreamContext, leaf: UInt32, epoch: UInt64) {
        self.context = UInt64(context.rawValue)
        self.leaf = leaf
        self.epochBits = UInt8(truncatingIfNeeded: epoch & 15)
    }

    /// Splits a received number. The low 4 bits select the epoch, and only the epoch tells S: ask `epochBits` first.
    public init(_ value: UInt64, leafBits: Int) {
        let bits = UInt64(min(max(leafBits, 0), 32))
        self.epochBits = Self.epochBits(of: value)
        self.leaf = UInt32(truncatingIfNeeded: value >> 4 & (1 << bits - 1))
        self.context = value >> (bits + 4)
    }

    /// The low 4 bits of any key id.
    public static func epochBits(of value: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: value & 15) }

    /// The number on the wire.
    public func value(leafBits: Int) -> UInt64 {
        self.context << UInt64(leafBits + 4) | UInt64(self.leaf) << 4 | UInt64(self.epochBits)
    }
}
