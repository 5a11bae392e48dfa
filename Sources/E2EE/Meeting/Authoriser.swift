/// Decides whether a Commit is acceptable (`e2ee.md` 4.2): a pure function of the Commit and of the old epoch. It knows no
/// clock, no network and no earlier call, so every member gets the same answer; whoever does not like what is allowed
/// closes the gate, and does not deny.
///
/// RFC 9420 §12.2 and the rules of SelfRemove have been checked before, by the engine.
package struct Authoriser<Crypto: CryptoProvider>: Sendable {
    let epoch: MeetingEpoch
    let joinMACKey: HeldSecret
    let crypto: Crypto
    let standings: Standings<Crypto>

    /// Judges the Commits that end `epoch`. `joinMACKey` is that of the epoch's invite.
    package init(_ epoch: MeetingEpoch, joinMACKey: HeldSecret, _ crypto: Crypto) {
        self.epoch = epoch
        self.joinMACKey = joinMACKey
        self.crypto = crypto
        self.standings = Standings(epoch, crypto)
    }

    /// Judges a Commit that the engine found valid, before it is adopted.
    package func authorise(_ report: CommitReport) -> Verdict { self.authorise(CommitFacts(report)) }

    /// Judges a Commit.
    package func authorise(_ commit: CommitFacts) -> Verdict {
        do throws(FaultCode) {
            try self.check(commit)
            return .allow
        } catch {
            return .deny(error)
        }
    }

    /// The order decides which code is named when several would do.
    private func check(_ commit: CommitFacts) throws(FaultCode) {
        let committer = try self.committer(of: commit)
        try self.checkLimits(commit)
        for item in commit.proposals { try self.checkTable(item, committer) }
        try self.checkShape(commit, committer)
        let policy = try self.newPolicy(commit, committer)
        try self.checkPreSharedKeys(commit, policy)

        let gone = Set(commit.removed)
        let remaining = self.epoch.occupants.filter { !gone.contains($0.index) }
        let leaving = self.epoch.occupants.filter { gone.contains($0.index) }
        let newcomers = self.newcomers(commit, committer)
        let replaced = commit.ownRemoval.flatMap(self.epoch.occupant)
        try self.checkNewcomers(newcomers, remaining, leaving, policy, committer, replacing: replaced)
        try self.checkServices(newcomers, remaining, policy, isChanged: commit.extensions != nil)
        for item in commit.proposals { try self.checkRemoval(item, policy, committer) }
        if let leafNode = commit.pathLeaf {
            try self.checkPathLeaf(leafNode, committer, remaining, newcomers, policy)
        }
    }

    /// Sender: an occupied leaf, or a joiner; with authenticated data that says what it must to the last byte.
    private func committer(of commit: CommitFacts) throws(FaultCode) -> Committer {
        switch commit.sender {
        case .member(let leaf):
            guard let occupant = self.epoch.occupant(leaf), let auth = CommitAuth(read: commit.authenticatedData)
            else { throw .sender }
            return .member(occupant, self.standings.standing(of: occupant), auth)
        case .newMemberCommit:
            guard let auth = JoinAuth(read: commit.authenticatedData) else { throw .sender }
            guard let leafNode = commit.pathLeaf else { throw .path }
            return .joiner(auth, leafNode)
        case .external, .newMemberProposal: throw .sender
        }
    }

    /// Limits of `e2ee.md` 4.1.
    private func checkLimits(_ commit: CommitFacts) throws(FaultCode) {
        guard commit.added.count <= CommitLimits.adds, commit.removed.count <= CommitLimits.removals,
            commit.byteCount <= CommitLimits.byteCount
        else { throw .limit }
    }

    private func newcomers(_ commit: CommitFacts, _ committer: Committer) -> [NewLeaf] {
        var newcomers: [NewLeaf] = []
        for item in commit.proposals {
            guard case .add(let add) = item.proposal else { continue }
            newcomers.append(
                NewLeaf(
                    origin: ProposalOrigin(item) == .newMember ? .newMember : .value,
                    leafNode: add.keyPackage.leafNode, suite: add.keyPackage.cipherSuite))
        }
        if case .joiner(let auth, let leafNode) = committer {
            newcomers.append(NewLeaf(origin: .external(auth), leafNode: leafNode, suite: nil))
        }
        return newcomers
    }
}

extension TLSStruct {
    /// Reads a value that fills `bytes`, or nothing.
    init?(read bytes: [UInt8]) {
        do throws(E2EEError) { try self.init(decoding: bytes) } catch { return nil }
    }
}
