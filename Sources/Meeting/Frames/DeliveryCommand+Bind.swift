package import Wire

extension DeliveryCommand {
    /// Proof that this connection holds a leaf, and the chain that says what its holder may do.
    package struct Bind: FrameBody {
        /// The group; empty together with `LeafIndex.none`.
        package var group: GroupID
        /// The leaf, or `LeafIndex.none` of a host that has none yet: then the key is the chain's first subject.
        package var leaf: LeafIndex
        /// What its holder may do.
        package var chain: Chain?
        /// Sign(leaf, "bind", challenge || group_id)
        package var signature: [UInt8]

        /// From its fields.
        package init(group: GroupID, leaf: LeafIndex, chain: Chain?, signature: [UInt8]) {
            self.group = group
            self.leaf = leaf
            self.chain = chain
            self.signature = signature
        }

        /// Reads the fields in order.
        package init(reading reader: inout ByteReader) throws(WireError) {
            self.group = try GroupID(reading: &reader)
            self.leaf = try LeafIndex(reading: &reader)
            switch try reader.u8() {
            case 0: self.chain = nil
            case 1: self.chain = try Chain(reading: &reader)
            default: throw .illegalValue
            }
            self.signature = try reader.opaque(atMost: 64)
        }

        /// Writes the fields in order.
        package func write(to writer: inout ByteWriter) {
            self.group.write(to: &writer)
            self.leaf.write(to: &writer)
            writer.u8(self.chain == nil ? 0 : 1)
            self.chain?.write(to: &writer)
            writer.vector(self.signature)
        }
    }
}
