/// A Commit that was found valid and is not in force: its report, and the state it leads to.
package struct StagedCommit<Crypto: CryptoProvider>: ~Copyable, Sendable {
    /// What would change.
    package let report: CommitReport
    /// Nothing when we are removed.
    let next: GroupState<Crypto>?
    /// The transcript it continues, so that it is adopted in no other state.
    let basis: [UInt8]

    init(report: CommitReport, next: GroupState<Crypto>?, basis: [UInt8]) {
        self.report = report
        self.next = next
        self.basis = basis
    }

    /// The state of the group after it, for external joiners, signed by us.
    package borrowing func groupInfo() throws(E2EEError) -> GroupInfo {
        guard let next = self.next else { throw E2EEError(.usage, .closed) }
        return try next.groupInfo(hasTree: false, hasExternalPub: true, [])
    }

    /// Compares equal in all members of the new epoch; nothing when we are removed.
    package var epochAuthenticator: [UInt8]? { self.next?.epochAuthenticator }
}
