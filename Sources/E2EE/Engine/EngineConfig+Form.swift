package import Wire

/// A configuration as bytes (`docs/wasm.md`).
extension EngineConfig: TLSStruct {
    /// Reads the fields in order. What would not fit into what we send is refused here.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.name = try reader.opaque(max: 128)
        self.note = try reader.opaque(max: 500)
        self.language = try reader.opaque(max: 35)
        self.clientVersion = try reader.u32()
        self.buildHash = try reader.opaque(max: 64)
        self.wordlist = try reader.u8()
        self.instance = try reader.u32()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.name)
        writer.vector(self.note)
        writer.vector(self.language)
        writer.u32(self.clientVersion)
        writer.vector(self.buildHash)
        writer.u8(self.wordlist)
        writer.u32(self.instance)
    }
}
