package import Wire

/// The private key of the door, from a host to a co-host (kind 27, inside a `Direct` and nowhere else; `docs/decisions/0011`). With
/// it they read who knocks, and can let people in.
package struct LobbyKeyShare: TLSStruct, Sendable {
    /// 32 bytes, of X-Wing.
    package let key: HeldSecret

    /// From the key.
    package init(_ key: HeldSecret) { self.key = key }

    /// Reads the key.
    package init(reading reader: inout ByteReader) throws(WireError) { self.key = try reader.secret(count: 32) }

    /// Writes the key in the open: only for what is sealed at once.
    package func write(to writer: inout ByteWriter) {
        var bytes = self.key.secret.copied()
        writer.append(bytes)
        bytes.wipe()
    }
}
