internal import Wire

/// What the signature of a key package covers (RFC 9420 §10).
struct KeyPackageTBS: TLSWritable, Sendable {
    var keyPackage: KeyPackage

    func write(to writer: inout ByteWriter) {
        writer.u16(ProtocolVersion.mls10)
        writer.u16(self.keyPackage.cipherSuite)
        writer.vector(self.keyPackage.initKey)
        self.keyPackage.leafNode.write(to: &writer)
        writer.list(self.keyPackage.extensions)
    }
}
