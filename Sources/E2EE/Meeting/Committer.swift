/// Whoever made the Commit.
enum Committer: Sendable {
    case member(Occupant, Standing, CommitAuth)
    case joiner(JoinAuth, LeafNode)

    var standing: Standing {
        switch self {
        case .member(_, let standing, _): standing
        case .joiner: .guest
        }
    }

    var leaf: UInt32? {
        switch self {
        case .member(let occupant, _, _): occupant.index
        case .joiner: nil
        }
    }
}
