package import Wire

/// Replaces the sender's leaf (RFC 9420 §12.1.2).
package struct Update: TLSStruct, Equatable, Sendable {
    package var leafNode: LeafNode

    /// From its fields.
    package init(leafNode: LeafNode) {
        self.leafNode = leafNode
    }
}

extension Update {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.leafNode = try LeafNode(reading: &reader)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        self.leafNode.write(to: &writer)
    }
}
