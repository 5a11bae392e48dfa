package import Wire

/// What a committer says its Commit adds (`e2ee.md` 5). Members compare it with what the Commit does.
package struct Added: FrameBody {
    /// Where.
    package var leaf: LeafIndex
    /// The signature key of the new leaf: whoever holds it may bind it.
    package var key: LeafKey
    /// Which Welcome is its; empty for whoever added itself.
    package var reference: KeyPackageReference

    /// From its fields.
    package init(leaf: LeafIndex, key: LeafKey, reference: KeyPackageReference) {
        self.leaf = leaf
        self.key = key
        self.reference = reference
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.leaf = try LeafIndex(reading: &reader)
        self.key = try LeafKey(reading: &reader)
        self.reference = try KeyPackageReference(reading: &reader)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        self.leaf.write(to: &writer)
        self.key.write(to: &writer)
        self.reference.write(to: &writer)
    }
}
