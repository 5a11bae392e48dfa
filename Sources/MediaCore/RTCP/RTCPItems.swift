import Wire

/// Something of a fixed size that RTCP packets carry lists of.
package protocol RTCPItem: Sendable {
    /// Bytes on the wire.
    static var byteCount: Int { get }
    /// Reads one at `offset`.
    init?(_ bytes: RawSpan, at offset: Int)
}

/// A list inside an RTCP packet: where it stands and how long it is. Its items are read from the same datagram.
package struct RTCPItems<Item: RTCPItem>: Sendable, Equatable {
    private let offset: Int
    /// Items in the list.
    package let count: Int

    /// `count` items, which must fit before `end`.
    init?(at offset: Int, count: Int, end: Int) {
        guard offset <= end, offset + count * Item.byteCount <= end else { return nil }
        self.offset = offset
        self.count = count
    }

    /// As many items as there is room for, which must be filled exactly.
    init?(filling offset: Int, end: Int) {
        guard offset <= end, (end - offset) % Item.byteCount == 0 else { return nil }
        self.offset = offset
        self.count = (end - offset) / Item.byteCount
    }

    /// The `index`th item; nil beyond the list or the datagram.
    package func item(_ index: Int, in bytes: RawSpan) -> Item? {
        guard index >= 0, index < self.count else { return nil }
        return Item(bytes, at: self.offset + index * Item.byteCount)
    }
}

extension UInt32: RTCPItem {
    /// Bytes on the wire.
    package static var byteCount: Int { 4 }
    /// Reads an SSRC.
    package init?(_ bytes: RawSpan, at offset: Int) {
        guard let value = bytes.u32(offset) else { return nil }
        self = value
    }
}
