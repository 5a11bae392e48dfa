internal import Wire

/// What the membership tag of a PublicMessage covers (RFC 9420 §6.2).
struct AuthenticatedContentTBM: TLSWritable, Sendable {
    var contentTBS: FramedContentTBS
    var auth: FramedContentAuthData

    func write(to writer: inout ByteWriter) {
        self.contentTBS.write(to: &writer)
        self.auth.write(to: &writer)
    }
}
