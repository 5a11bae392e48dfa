package import Wire

/// How far a revocation goes (`e2ee.md` 4.1).
package enum RevokeScope: UInt8, Sendable {
    /// Chains with the key count no more; its owner may stay.
    case roleOnly = 1
    /// The key's owner stays out too.
    case out = 2
}

/// A key that the meeting trusts no more.
package struct Revocation: TLSStruct, Hashable, Sendable {
    package var key: [UInt8]
    package var scope: RevokeScope

    /// From its fields.
    package init(key: [UInt8], scope: RevokeScope) {
        self.key = key
        self.scope = scope
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.key = try reader.key()
        self.scope = try reader.choice()
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.append(self.key)
        writer.u8(self.scope.rawValue)
    }
}
