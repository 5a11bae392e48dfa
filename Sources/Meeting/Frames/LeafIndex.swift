internal import Redaction
package import Wire

/// A place in a group's tree. Places are used again: together with the epoch it names a device, alone it does not.
package struct LeafIndex: Hashable, Comparable, FrameBody, Unprintable {
    /// Stands in a `Bind` of somebody who has no leaf yet.
    package static let none = LeafIndex(.max)

    /// The number.
    package let rawValue: UInt32

    /// The leaf with a number.
    package init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// Lower places first.
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// Reads four bytes.
    package init(reading reader: inout ByteReader) throws(WireError) { self.rawValue = try reader.u32() }

    /// Writes four bytes.
    package func write(to writer: inout ByteWriter) { writer.u32(self.rawValue) }

    /// How far up the way of two leaves meets: 0 for the same leaf, less = nearer (RFC 9420 appendix C: the ancestor at
    /// level n holds the leaves whose numbers agree from bit n on).
    func distance(to other: LeafIndex) -> Int {
        UInt32.bitWidth - (self.rawValue ^ other.rawValue).leadingZeroBitCount
    }
}
