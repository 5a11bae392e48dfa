/// What somebody is in a meeting (`e2ee.md` 3.2).
package enum Role: UInt8, Sendable {
    case participant = 1
    case cohost = 2
    case host = 3
    case recorder = 16
    case stream = 17
    case captions = 18
    case gateway = 19
    /// Phase 2: no chain of version 1 may name it.
    case attendee = 32
    /// Phase 2: no chain of version 1 may name it.
    case keysteward = 33

    /// Who stands above whom: participant < cohost < host. Nothing for services and for roles of later phases.
    package var rank: Int? {
        switch self {
        case .participant: 1
        case .cohost: 2
        case .host: 3
        case .recorder, .stream, .captions, .gateway, .attendee, .keysteward: nil
        }
    }

    /// Whether it leads a meeting.
    package var isCertified: Bool { self == .host || self == .cohost }

    /// Recorder, stream, captions or gateway: a machine that is a visible member.
    package var isService: Bool { self.service != nil }

    /// The bit of a service role in `services`.
    package var service: ServiceSet? {
        switch self {
        case .recorder: .recorder
        case .stream: .stream
        case .captions: .captions
        case .gateway: .gateway
        case .participant, .cohost, .host, .attendee, .keysteward: nil
        }
    }

    /// The most rights a certificate of this role may give.
    package var rightsMax: Rights {
        switch self {
        case .host: Rights(rawValue: 0xFF)
        case .cohost: Rights(rawValue: 0xF7)
        case .participant: [.delegate, .enter]
        case .recorder, .stream, .captions, .gateway, .attendee, .keysteward: []
        }
    }
}
