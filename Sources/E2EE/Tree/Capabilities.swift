package import Wire

/// What a member's client supports (RFC 9420 §7.2). Unknown numbers, GREASE included, are kept and ignored.
package struct Capabilities: TLSStruct, Equatable, Sendable {
    package var versions: [UInt16]
    package var cipherSuites: [UInt16]
    /// Without the default types, which everybody supports.
    package var extensions: [UInt16]
    /// Without the default types, which everybody supports.
    package var proposals: [UInt16]
    package var credentials: [UInt16]

    /// From its fields.
    package init(
        versions: [UInt16], cipherSuites: [UInt16], extensions: [UInt16], proposals: [UInt16], credentials: [UInt16]
    ) {
        self.versions = versions
        self.cipherSuites = cipherSuites
        self.extensions = extensions
        self.proposals = proposals
        self.credentials = credentials
    }
}

extension Capabilities {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.versions = try reader.list()
        self.cipherSuites = try reader.list()
        self.extensions = try reader.list()
        self.proposals = try reader.list()
        self.credentials = try reader.list()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.list(self.versions)
        writer.list(self.cipherSuites)
        writer.list(self.extensions)
        writer.list(self.proposals)
        writer.list(self.credentials)
    }
}
