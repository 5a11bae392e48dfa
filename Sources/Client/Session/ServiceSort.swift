internal import E2EE

/// A sort of service (`e2ee.md` 10), as it is named on the command line.
public enum ServiceSort: String, Sendable, CaseIterable {
    /// Keeps what is said and shown.
    case recorder
    /// Passes it on at once.
    case stream
    /// Writes down what is said.
    case captions
    /// Joins telephones.
    case gateway

    var role: Role {
        switch self {
        case .recorder: .recorder
        case .stream: .stream
        case .captions: .captions
        case .gateway: .gateway
        }
    }

    /// What it is for at least.
    var purposes: Purposes {
        switch self {
        case .recorder: .record
        case .stream: .liveStream
        case .captions: .transcribe
        case .gateway: .telephone
        }
    }
}

extension [ServiceSort] {
    /// As a meeting allows them.
    var set: ServiceSet {
        var set = ServiceSet()
        for sort in self { if let bit = sort.role.service { set.insert(bit) } }
        return set
    }
}
