internal import Crypto
internal import Redaction
package import Wire

/// An Ed25519 public key: of a leaf, a ticket, a device or the authority.
package struct LeafKey: Hashable, FrameBody, Unprintable {
    /// 32 bytes.
    package let bytes: [UInt8]

    /// A key from 32 bytes; nil for any other number.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Reads 32 bytes.
    package init(reading reader: inout ByteReader) throws(WireError) { self.bytes = try reader.array(32) }

    /// SHA-256 of it, by which the certificate of a ticket is asked for.
    package var hash: [UInt8] { Array(SHA256.hash(data: self.bytes)) }

    /// Writes 32 bytes.
    package func write(to writer: inout ByteWriter) { writer.append(self.bytes) }
}
