package import Wire

/// One answer out of the `ConsentBook`, as it is kept: a person is not asked twice about the same service (`e2ee.md` 10).
package struct SavedConsent: TLSStruct, Equatable, Sendable {
    /// Signature key of the service's leaf.
    package var service: [UInt8]
    /// What it was when the person was asked: to anything else they said nothing.
    package var info: ServiceInfo
    /// What it may get; nothing after a no.
    package var scope: ConsentScope
    /// Of what the person read: a service that forgot the answer is told it again (`ConsentStatement.hash`).
    package var textHash: [UInt8]

    /// From its fields.
    package init(service: [UInt8], info: ServiceInfo, scope: ConsentScope, textHash: [UInt8]) {
        self.service = service
        self.info = info
        self.scope = scope
        self.textHash = textHash
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.service = try reader.key()
        self.info = try ServiceInfo(reading: &reader)
        self.scope = ConsentScope(rawValue: try reader.u8())
        self.textHash = try reader.array(32)
        guard self.scope.isSubset(of: .all) else { throw .illegalValue }
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.append(self.service)
        self.info.write(to: &writer)
        writer.u8(self.scope.rawValue)
        writer.append(self.textHash)
    }
}
