package import Wire

/// The committer's new leaf and the new keys above it (RFC 9420 §7.6).
package struct UpdatePath: TLSStruct, Equatable, Sendable {
    package var leafNode: LeafNode
    /// In the order of the filtered direct path.
    package var nodes: [UpdatePathNode]

    /// From its fields.
    package init(leafNode: LeafNode, nodes: [UpdatePathNode]) {
        self.leafNode = leafNode
        self.nodes = nodes
    }
}

extension UpdatePath {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.leafNode = try LeafNode(reading: &reader)
        self.nodes = try reader.list()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        self.leafNode.write(to: &writer)
        writer.list(self.nodes)
    }
}
