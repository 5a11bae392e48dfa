package import Wire

/// A message with its authentication, as it was sent or as it came out of a seal (RFC 9420 §6). A proposal's reference is
/// the hash of this.
package struct AuthenticatedContent: TLSStruct, Equatable, Sendable {
    package var wireFormat: WireFormat
    package var content: FramedContent
    package var auth: FramedContentAuthData

    init(wireFormat: WireFormat, content: FramedContent, auth: FramedContentAuthData) {
        self.wireFormat = wireFormat
        self.content = content
        self.auth = auth
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        guard let wireFormat = WireFormat(rawValue: try reader.u16()) else { throw .illegalValue }
        self.wireFormat = wireFormat
        self.content = try FramedContent(reading: &reader)
        self.auth = try FramedContentAuthData(self.content.content.type, reading: &reader)
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u16(self.wireFormat.rawValue)
        self.content.write(to: &writer)
        self.auth.write(to: &writer)
    }

    /// What its signature covers.
    func toBeSigned(in context: GroupContext) -> [UInt8] {
        FramedContentTBS(wireFormat: self.wireFormat, content: self.content, context: context).encoded
    }

    /// Its ProposalRef (§5.2).
    func reference(_ crypto: SuiteCrypto<some CryptoProvider>) -> [UInt8] {
        crypto.reference(asciiBytes("MLS 1.0 Proposal Reference"), self.encoded)
    }
}
