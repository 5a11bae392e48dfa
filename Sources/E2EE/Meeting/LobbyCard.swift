package import Wire

/// What a waiting person tells the host (`e2ee.md` 9). Its zeros make it 1024 bytes, or 2048 if that is too few, so that
/// its length says nothing about a name.
package struct LobbyCard: TLSStruct, Equatable, Sendable {
    package var name: [UInt8]
    package var note: [UInt8]
    package var language: [UInt8]
    package var claims: AssertionClaims?
    package var device: DeviceStatement?

    /// Lengths of every card.
    package static var byteCounts: [Int] { [1_024, 2_048] }

    /// From its fields.
    package init(
        name: [UInt8], note: [UInt8], language: [UInt8], claims: AssertionClaims? = nil,
        device: DeviceStatement? = nil
    ) {
        self.name = name
        self.note = note
        self.language = language
        self.claims = claims
        self.device = device
    }

    /// Reads the fields in order, and zeros in the one length they may have.
    package init(reading reader: inout ByteReader) throws(WireError) {
        let start = reader.offset
        self.name = try reader.opaque(max: 255)
        self.note = try reader.opaque(max: 500)
        self.language = try reader.opaque(max: 35)
        self.claims = try reader.optional()
        self.device = try reader.optional()
        let before = reader.offset - start
        let padding = try reader.vector()
        guard padding.byteCount == Self.zeros(after: before) else { throw .illegalValue }
        for offset in 0..<padding.byteCount where padding.u8(offset) != 0 { throw .illegalValue }
    }

    /// Writes the fields in order, and the zeros.
    package func write(to writer: inout ByteWriter) {
        var inner = ByteWriter()
        inner.vector(self.name)
        inner.vector(self.note)
        inner.vector(self.language)
        inner.optional(self.claims)
        inner.optional(self.device)
        writer.append(inner.bytes)
        writer.vector([UInt8](repeating: 0, count: Self.zeros(after: inner.bytes.count) ?? 0))
    }

    /// Zeros after `count` bytes; their own length takes one or two bytes, so some lengths cannot be reached.
    static func zeros(after count: Int) -> Int? {
        for whole in Self.byteCounts {
            let room = whole - count
            if (1...64).contains(room) { return room - 1 }
            if room >= 66 { return room - 2 }
        }
        return nil
    }
}
