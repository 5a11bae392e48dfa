package import Wire

/// Closes the group in favour of one with other parameters (RFC 9420 §12.1.5, §11.2).
package struct ReInit: TLSStruct, Equatable, Sendable {
    package var groupID: [UInt8]
    /// A number: a group may move to a version we do not have.
    package var version: UInt16
    package var cipherSuite: UInt16
    package var extensions: [Extension]

    /// From its fields.
    package init(groupID: [UInt8], version: UInt16, cipherSuite: UInt16, extensions: [Extension]) {
        self.groupID = groupID
        self.version = version
        self.cipherSuite = cipherSuite
        self.extensions = extensions
    }
}

extension ReInit {
    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.groupID = try reader.opaque()
        self.version = try reader.u16()
        self.cipherSuite = try reader.u16()
        self.extensions = try reader.list()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.groupID)
        writer.u16(self.version)
        writer.u16(self.cipherSuite)
        writer.list(self.extensions)
    }
}
