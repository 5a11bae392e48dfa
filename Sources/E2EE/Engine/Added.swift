package import Wire

/// What a committer says its Commit adds (`e2ee.md` 5). Members compare it with what the Commit does; the delivery service
/// learns from it whose connection a leaf is.
package struct Added: TLSStruct, Hashable, Sendable {
    /// The new leaf.
    package let leaf: UInt32
    /// Its signature key, 32 bytes.
    package let key: [UInt8]
    /// The reference of the KeyPackage it was added by; empty for an external Commit and for the creator.
    package let keyPackageRef: [UInt8]

    /// An entry from its fields.
    package init(leaf: UInt32, key: [UInt8], keyPackageRef: [UInt8]) {
        self.leaf = leaf
        self.key = key
        self.keyPackageRef = keyPackageRef
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.leaf = try reader.u32()
        self.key = try reader.array(32)
        self.keyPackageRef = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u32(self.leaf)
        writer.append(self.key)
        writer.vector(self.keyPackageRef)
    }
}
