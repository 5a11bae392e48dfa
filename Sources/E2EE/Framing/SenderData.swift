package import Wire

/// Who sent a PrivateMessage, and with which key of the sender's ratchet (RFC 9420 §6.3.2).
package struct SenderData: TLSStruct, Equatable, Sendable {
    package var leafIndex: UInt32
    package var generation: UInt32
    /// Four random bytes, so that a restored client does not repeat a nonce.
    package var reuseGuard: [UInt8]

    /// From its fields.
    package init(leafIndex: UInt32, generation: UInt32, reuseGuard: [UInt8]) {
        self.leafIndex = leafIndex
        self.generation = generation
        self.reuseGuard = reuseGuard
    }
}

extension SenderData {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.leafIndex = try reader.u32()
        self.generation = try reader.u32()
        self.reuseGuard = try reader.array(4)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u32(self.leafIndex)
        writer.u32(self.generation)
        writer.append(self.reuseGuard)
    }
}
