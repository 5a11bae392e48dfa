package import Wire

/// Reports that a message of the group cannot be accepted (`e2ee.md` 5, type 0C).
package struct FaultFrame: TLSStruct, Equatable, Sendable {
    package let groupID: [UInt8]
    package let epoch: UInt64
    /// A number of `e2ee.md` 4.2.
    package let code: UInt16
    /// For whoever looks into it; may be empty.
    package let evidence: [UInt8]

    /// A report from its fields.
    package init(groupID: [UInt8], epoch: UInt64, code: UInt16, evidence: [UInt8] = []) {
        self.groupID = groupID
        self.epoch = epoch
        self.code = code
        self.evidence = evidence
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.groupID = try reader.opaque()
        self.epoch = try reader.u64()
        self.code = try reader.u16()
        self.evidence = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.groupID)
        writer.u64(self.epoch)
        writer.u16(self.code)
        writer.vector(self.evidence)
    }
}
