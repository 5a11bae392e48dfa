package import Wire

/// What every member must support (RFC 9420 §11.1).
package struct RequiredCapabilities: TLSStruct, Equatable, Sendable {
    package var extensionTypes: [UInt16]
    package var proposalTypes: [UInt16]
    package var credentialTypes: [UInt16]

    /// From its fields.
    package init(extensionTypes: [UInt16], proposalTypes: [UInt16], credentialTypes: [UInt16]) {
        self.extensionTypes = extensionTypes
        self.proposalTypes = proposalTypes
        self.credentialTypes = credentialTypes
    }
}

extension RequiredCapabilities {
    /// Whether it asks for no more than a leaf may say it supports.
    var isShort: Bool {
        self.extensionTypes.count <= Capabilities.countMax && self.proposalTypes.count <= Capabilities.countMax
            && self.credentialTypes.count <= Capabilities.countMax
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.extensionTypes = try reader.list()
        self.proposalTypes = try reader.list()
        self.credentialTypes = try reader.list()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.list(self.extensionTypes)
        writer.list(self.proposalTypes)
        writer.list(self.credentialTypes)
    }
}
