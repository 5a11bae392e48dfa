/// The most a Commit holds (`e2ee.md` 4.1). It is looked at before anything in a Commit is verified, for the work of
/// verifying is what the limits are there to bound; and again by the rules of the meeting, which name the same numbers.
package enum CommitLimits {
    /// Adds, and so passes of those who come.
    package static var adds: Int { 128 }
    /// Removes and SelfRemoves.
    package static var removals: Int { 512 }
    /// Bytes of the FramedContent.
    package static var byteCount: Int { 1 << 20 }
    /// Entries of whatever sort: all Adds and removals, with room for keys, extensions and the Updates of other groups.
    static var entries: Int { 1_024 }

    /// Whether a Commit of this length and with so many entries is worth a look.
    static func check(_ commit: Commit, byteCount: Int) throws(E2EEError) {
        guard byteCount <= self.byteCount, commit.proposals.count <= self.entries else {
            throw E2EEError(.validation, .limit)
        }
    }

    /// Whether a list is worth verifying.
    static func check(_ items: [ResolvedProposal]) throws(E2EEError) {
        let adds = items.count { $0.proposal.type == .add }
        let removals = items.count { $0.proposal.type == .remove || $0.proposal.type == .selfRemove }
        guard adds <= self.adds, removals <= self.removals, items.count <= self.entries else {
            throw E2EEError(.validation, .limit)
        }
    }
}
