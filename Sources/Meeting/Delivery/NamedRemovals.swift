internal import Wire

/// Leaves that a member's Commit takes out by its own word, and not because somebody said goodbye or the service proposed it
/// (RFC 9420 §12.4, a Remove by value). Of the proposals only references and Removes are read, up to the first of another
/// kind: Beraad's clients put them first (`docs/protocol.md`), and what follows has no length to go by. Whoever writes another
/// order is taken for somebody who follows the service's proposal.
struct NamedRemovals: Sendable {
    /// RFC 9420 §17.4.
    private static let remove: UInt16 = 3
    /// More than a Commit may have of both (`e2ee.md` 4.1).
    private static let atMost = 1_024

    private let leaves: Set<LeafIndex>

    init(in commit: DeliveryCommand.Commit) {
        var leaves: Set<LeafIndex> = []
        // What cannot be read any further names nobody more.
        try? Self.read(commit.commit.rawSpan, into: &leaves)
        self.leaves = leaves
    }

    func contains(_ leaf: LeafIndex) -> Bool { self.leaves.contains(leaf) }

    private static func read(_ bytes: RawSpan, into leaves: inout Set<LeafIndex>) throws(WireError) {
        guard case .open(_, .commit, let offset) = try MLSHead(bytes).form else { return }
        var content = ByteReader(bytes.extracting(offset..<bytes.byteCount))
        var list = ByteReader(try content.vector())
        for _ in 0..<self.atMost where !list.isAtEnd {
            // ProposalOrRef: 1 a proposal, 2 a reference.
            switch try list.u8() {
            case 1:
                guard try list.u16() == self.remove else { return }
                leaves.insert(LeafIndex(try list.u32()))
            case 2: _ = try list.vector()
            default: return
            }
        }
    }
}
