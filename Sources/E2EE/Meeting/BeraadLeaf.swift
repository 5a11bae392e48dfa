package import Wire

/// What a leaf says about itself: the extension `beraad_leaf` (`e2ee.md` 4.1). No name is in it.
package struct BeraadLeaf: TLSStruct, Equatable, Sendable {
    package var instance: MeetingInstance
    package var clientVersion: UInt32
    /// Hash of the client's code, as far as a client can be believed; at most 64 bytes.
    package var buildHash: [UInt8]
    package var chain: Chain?
    package var service: ServiceInfo?
    package var assertion: OrgAssertion?

    /// From its fields.
    package init(
        _ instance: MeetingInstance, clientVersion: UInt32, buildHash: [UInt8] = [], chain: Chain? = nil,
        service: ServiceInfo? = nil, assertion: OrgAssertion? = nil
    ) {
        self.instance = instance
        self.clientVersion = clientVersion
        self.buildHash = buildHash
        self.chain = chain
        self.service = service
        self.assertion = assertion
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        try reader.formatOne()
        self.instance = try MeetingInstance(reading: &reader)
        self.clientVersion = try reader.u32()
        self.buildHash = try reader.opaque(max: 64)
        self.chain = try reader.optional()
        self.service = try reader.optional()
        self.assertion = try reader.optional()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u8(1)
        self.instance.write(to: &writer)
        writer.u32(self.clientVersion)
        writer.vector(self.buildHash)
        writer.optional(self.chain)
        writer.optional(self.service)
        writer.optional(self.assertion)
    }
}
