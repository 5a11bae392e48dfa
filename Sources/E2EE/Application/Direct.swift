package import Wire

/// A message to one person alone (`e2ee.md` 8, kind 23): sealed to the encryption key of their leaf, so that the others cannot
/// read it either, whoever hands it to them.
package struct Direct: TLSStruct, Equatable, Sendable {
    package let leaf: UInt32
    /// An `AppMessage`, sealed.
    package let sealed: HPKECiphertext

    /// A message from its fields.
    package init(to leaf: UInt32, _ sealed: HPKECiphertext) {
        self.leaf = leaf
        self.sealed = sealed
    }

    /// Reads the fields in order. What is sealed is never longer than the message around it.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.leaf = try reader.u32()
        self.sealed = try HPKECiphertext(reading: &reader)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u32(self.leaf)
        self.sealed.write(to: &writer)
    }
}

/// What the sealing is bound to: nothing of another epoch opens, of another author, or for another leaf.
struct DirectContext: TLSWritable {
    let groupID: [UInt8]
    let epoch: UInt64
    let from: UInt32
    let to: UInt32

    func write(to writer: inout ByteWriter) {
        writer.vector(self.groupID)
        writer.u64(self.epoch)
        writer.u32(self.from)
        writer.u32(self.to)
    }
}
