package import Wire

/// Who is shown large to all (kind 26, `docs/decisions/0011`). The last one in the order counts.
package struct Spotlight: TLSStruct, Equatable, Sendable {
    /// Signature key; empty: nobody any more.
    package let key: [UInt8]

    /// A spotlight on somebody, or on nobody.
    package init(on key: [UInt8]) { self.key = key }

    /// Reads the key.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.key = try reader.opaque(max: 32)
        guard self.key.isEmpty || self.key.count == 32 else { throw .illegalValue }
    }

    /// Writes the key.
    package func write(to writer: inout ByteWriter) { writer.vector(self.key) }
}
