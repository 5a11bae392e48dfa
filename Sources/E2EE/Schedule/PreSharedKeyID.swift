package import Wire

/// Names a pre-shared key (RFC 9420 §8.4).
package struct PreSharedKeyID: TLSStruct, Equatable, Sendable {
    /// Which key.
    package enum Name: Hashable, Sendable {
        /// One of the application's.
        case external([UInt8])
        /// The resumption PSK of an epoch.
        case resumption(ResumptionPSKUsage, groupID: [UInt8], epoch: UInt64)
    }

    package var name: Name
    /// Random, of the length of a hash.
    package var nonce: [UInt8]

    /// From its fields.
    package init(name: Name, nonce: [UInt8]) {
        self.name = name
        self.nonce = nonce
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        switch try reader.choice(PSKType.self) {
        case .external: self.name = .external(try reader.opaque())
        case .resumption:
            let usage = try reader.choice(ResumptionPSKUsage.self)
            self.name = .resumption(usage, groupID: try reader.opaque(), epoch: try reader.u64())
        }
        self.nonce = try reader.opaque()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        switch self.name {
        case .external(let identifier):
            writer.u8(PSKType.external.rawValue)
            writer.vector(identifier)
        case .resumption(let usage, let groupID, let epoch):
            writer.u8(PSKType.resumption.rawValue)
            writer.u8(usage.rawValue)
            writer.vector(groupID)
            writer.u64(epoch)
        }
        writer.vector(self.nonce)
    }
}
