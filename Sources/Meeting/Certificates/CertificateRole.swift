/// What a certificate makes of its subject (`e2ee.md` 3.2). Roles of a service stand apart: they have no rank.
package enum CertificateRole: UInt8, Sendable {
    /// Named, but no host.
    case participant = 1
    /// Helps the host.
    case cohost = 2
    /// Has every right.
    case host = 3
    /// Records.
    case recorder = 16
    /// Streams.
    case stream = 17
    /// Writes captions.
    case captions = 18
    /// Lets telephones in.
    case gateway = 19

    /// Participant < cohost < host; nil for a service.
    var rank: UInt8? { self.rawValue <= Self.host.rawValue ? self.rawValue : nil }

    /// The most rights a certificate of this role may have.
    var rightsMax: CertificateRights {
        switch self {
        case .host: CertificateRights(rawValue: 0xFF)
        case .cohost: CertificateRights(rawValue: 0xF7)
        case .participant: [.delegate, .enter]
        case .recorder, .stream, .captions, .gateway: []
        }
    }
}
