package import Wire

/// The secret of the link that comes next (`e2ee.md` 3.1, Rotation; 8, kind 5), from somebody who may change the policy. It is
/// in force once the policy names its id, and not before.
package struct InviteUpdate: TLSStruct, Sendable {
    /// 16 bytes.
    package let secret: HeldSecret

    /// From the secret.
    package init(_ secret: HeldSecret) { self.secret = secret }

    /// Reads the secret.
    package init(reading reader: inout ByteReader) throws(WireError) { self.secret = try reader.secret(count: 16) }

    /// Writes the secret in the open: only for what is sealed at once.
    package func write(to writer: inout ByteWriter) {
        var bytes = self.secret.secret.copied()
        writer.append(bytes)
        bytes.wipe()
    }
}
