package import Wire

/// A message that is signed but not encrypted (RFC 9420 §6.2). Whether there is a membership tag follows from the sender.
package struct PublicMessage: TLSStruct, Equatable, Sendable {
    package var content: FramedContent
    package var auth: FramedContentAuthData
    /// Only of members: proves that the sender knows the epoch.
    package var membershipTag: [UInt8]?

    init(content: FramedContent, auth: FramedContentAuthData, membershipTag: [UInt8]?) {
        self.content = content
        self.auth = auth
        self.membershipTag = membershipTag
    }

    /// Reads the fields in order.
    package init(reading reader: inout ByteReader) throws(WireError) {
        self.content = try FramedContent(reading: &reader)
        self.auth = try FramedContentAuthData(self.content.content.type, reading: &reader)
        self.membershipTag = self.content.sender.type == .member ? try reader.opaque() : nil
    }

    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        self.content.write(to: &writer)
        self.auth.write(to: &writer)
        if let membershipTag = self.membershipTag { writer.vector(membershipTag) }
    }

    /// The message without its tag.
    var authenticated: AuthenticatedContent {
        AuthenticatedContent(wireFormat: .publicMessage, content: self.content, auth: self.auth)
    }

    /// The tag this message should have.
    func tag(
        _ key: borrowing Secret, in context: GroupContext, _ crypto: SuiteCrypto<some CryptoProvider>
    ) -> [UInt8] {
        let signed = FramedContentTBS(wireFormat: .publicMessage, content: self.content, context: context)
        return crypto.mac(key, AuthenticatedContentTBM(contentTBS: signed, auth: self.auth).encoded)
    }
}
