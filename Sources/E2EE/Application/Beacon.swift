package import Wire

/// A sign of life from an epoch (`e2ee.md` 8, kind 1; 11): whoever signs it is in the same epoch, with the same members.
package struct Beacon: TLSStruct, Equatable, Sendable {
    package let epoch: UInt64
    package let confirmedTranscriptHash: [UInt8]
    /// Occupied leaves.
    package let members: UInt32
    /// The author's monotonic clock; it rises with every beacon of a leaf.
    package let monotonicMilliseconds: UInt64

    /// A beacon from its fields.
    package init(epoch: UInt64, confirmedTranscriptHash: [UInt8], members: UInt32, monotonicMilliseconds: UInt64) {
        self.epoch = epoch
        self.confirmedTranscriptHash = confirmedTranscriptHash
        self.members = members
        self.monotonicMilliseconds = monotonicMilliseconds
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.epoch = try reader.u64()
        self.confirmedTranscriptHash = try reader.opaque()
        self.members = try reader.u32()
        self.monotonicMilliseconds = try reader.u64()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u64(self.epoch)
        writer.vector(self.confirmedTranscriptHash)
        writer.u32(self.members)
        writer.u64(self.monotonicMilliseconds)
    }
}
