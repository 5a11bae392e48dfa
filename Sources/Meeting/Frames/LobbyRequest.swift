package import Wire

/// A knock at the door (`e2ee.md` 9). The service reads where the KeyPackage is, to know whose Welcome it is later; name
/// and note are sealed for the host.
package struct LobbyRequest: FrameBody {
    /// All its bytes.
    package let bytes: [UInt8]
    /// The meeting it names.
    package let meeting: [UInt8]
    /// The instance it names.
    package let instance: UInt32
    /// The KeyPackage in it.
    package let keyPackage: [UInt8]

    /// Reads the fields in order and keeps the bytes as they are.
    package init(reading reader: inout ByteReader) throws(WireError) {
        let start = reader.offset
        guard try reader.u8() == 1 else { throw .illegalValue }
        self.meeting = try reader.array(16)
        self.instance = try reader.u32()
        self.keyPackage = try reader.opaque(atMost: FrameLimits.lobby)
        _ = try reader.take(32)  // commitment
        _ = try reader.vector()  // pass
        _ = try reader.vector()  // card: kem_output
        _ = try reader.vector()  // card: ciphertext
        _ = try reader.take(32)  // mac
        guard reader.offset - start <= FrameLimits.lobby else { throw .tooLarge }
        self.bytes = reader.bytes.array(start..<reader.offset)
    }

    /// Writes the bytes as they came.
    package func write(to writer: inout ByteWriter) { writer.append(self.bytes) }
}
