internal import Crypto
internal import Redaction
package import Wire

/// The reference of a KeyPackage (RFC 9420 §5.2): it says for whom a Welcome is.
package struct KeyPackageReference: Hashable, FrameBody, Unprintable {
    /// The bytes; none where nobody was added through a KeyPackage.
    package let bytes: [UInt8]

    /// A reference from its bytes.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The reference of a KeyPackage, which may come as an MLSMessage.
    package init(of keyPackage: [UInt8]) {
        let wrapped: [UInt8] = [0, UInt8(MLSNumbers.version), 0, UInt8(MLSNumbers.keyPackage)]
        var input = ByteWriter(capacity: keyPackage.count + 40)
        input.vector(Array("MLS 1.0 KeyPackage Reference".utf8))
        input.vector(keyPackage.starts(with: wrapped) ? Array(keyPackage.dropFirst(4)) : keyPackage)
        self.bytes = Array(SHA256.hash(data: input.bytes))
    }

    /// Reads at most 64 bytes.
    package init(reading reader: inout ByteReader) throws(WireError) { self.bytes = try reader.opaque(atMost: 64) }

    /// Writes the reference.
    package func write(to writer: inout ByteWriter) { writer.vector(self.bytes) }
}
