/// Numbers of proposals (RFC 9420 §17.4).
package enum ProposalType: UInt16, Sendable {
    case add = 1
    case update = 2
    case remove = 3
    case preSharedKey = 4
    case reInit = 5
    case externalInit = 6
    case groupContextExtensions = 7
    /// draft-ietf-mls-extensions.
    case selfRemove = 0x000A

    /// Whether everybody supports it without saying so (§7.2).
    var isDefault: Bool { self != .selfRemove }

    /// Whether a Commit with it needs a path (§12.4).
    var needsPath: Bool {
        switch self {
        case .add, .preSharedKey, .reInit: false
        case .update, .remove, .externalInit, .groupContextExtensions, .selfRemove: true
        }
    }

    /// Whether an external sender may send it (§12.1.8).
    var isExternal: Bool {
        switch self {
        case .add, .remove, .preSharedKey, .reInit, .groupContextExtensions: true
        case .update, .externalInit, .selfRemove: false
        }
    }
}
