/// The first table of `e2ee.md` 4.2: which proposal from where, in whose Commit.
extension Authoriser {
    func checkTable(_ item: ResolvedProposal, _ committer: Committer) throws(FaultCode) {
        switch committer {
        case .member(let occupant, let standing, _): try self.check(item, occupant.index, standing)
        case .joiner(let auth, _): try self.checkExternal(item, auth)
        }
    }

    /// A row of the table, in a member's Commit.
    private func check(
        _ item: ResolvedProposal, _ committer: UInt32, _ standing: Standing
    ) throws(FaultCode) {
        let origin = ProposalOrigin(item)
        switch item.proposal {
        case .add(let add):
            switch origin {
            case .value: guard standing.rights.contains(.admit) else { throw .rank }
            case .newMember: try self.checkMAC(add.keyPackage, item.authenticatedData)
            case .member, .server: throw .addOrigin
            }
        case .update: throw .update
        case .remove(let remove):
            switch origin {
            case .value: guard standing.rights.contains(.eject) else { throw .rank }
            case .server:
                guard remove.removed != committer else { throw .removeOrigin }
                guard item.authenticatedData.isEmpty else { throw .sender }
            case .member, .newMember: throw .removeOrigin
            }
        case .preSharedKey: guard origin == .value else { throw .psk }
        case .reInit: throw .reinit
        case .externalInit: throw .unknownType
        case .groupContextExtensions:
            guard origin == .value else { throw .gceOrigin }
            guard standing.rights.contains(.policy) else { throw .rank }
        case .selfRemove: try self.checkSelfRemove(item, origin, committer: committer)
        }
    }

    /// The last column: an external Commit.
    private func checkExternal(_ item: ResolvedProposal, _ auth: JoinAuth) throws(FaultCode) {
        let origin = ProposalOrigin(item)
        switch item.proposal {
        case .externalInit: guard origin == .value else { throw .unknownType }
        case .remove: guard origin == .value, auth == .resync else { throw .removeOrigin }
        case .preSharedKey: guard origin == .value else { throw .psk }
        case .selfRemove: try self.checkSelfRemove(item, origin, committer: nil)
        case .add: throw .addOrigin
        case .update: throw .update
        case .reInit: throw .reinit
        case .groupContextExtensions: throw .gceOrigin
        }
    }

    private func checkSelfRemove(
        _ item: ResolvedProposal, _ origin: ProposalOrigin, committer: UInt32?
    ) throws(FaultCode) {
        guard case .member(let leaf) = origin, leaf != committer, item.authenticatedData.isEmpty else { throw .sender }
    }

    /// A joiner who proposes itself has the link of this epoch.
    private func checkMAC(_ keyPackage: KeyPackage, _ authenticatedData: [UInt8]) throws(FaultCode) {
        let expected = AddAuth(
            keyPackage, groupID: self.epoch.groupID, epoch: self.epoch.number, key: self.joinMACKey, self.crypto)
        guard let auth = AddAuth(read: authenticatedData), auth == expected else { throw .mac }
    }

    /// What a Commit has as a whole: exactly one ExternalInit, a Remove where `resync` has one and nowhere else, a path
    /// unless the list is non-empty and only Add and PreSharedKey (rule C).
    func checkShape(_ commit: CommitFacts, _ committer: Committer) throws(FaultCode) {
        if case .joiner(let auth, _) = committer {
            let starts = commit.proposals.count { $0.proposal.type == .externalInit }
            let removals = commit.proposals.count { $0.proposal.type == .remove }
            guard starts == 1 else { throw .unknownType }
            guard removals == (auth == .resync ? 1 : 0) else { throw .removeOrigin }
        }
        guard commit.pathLeaf == nil else { return }
        let isLight = commit.proposals.allSatisfy { $0.proposal.type == .add || $0.proposal.type == .preSharedKey }
        guard isLight, !commit.proposals.isEmpty else { throw .path }
    }

    /// Whether somebody's waiting proposal could be covered by a Commit at all. Whoever commits leaves the others out,
    /// else one member could spoil everybody's Commits (`CommitPlan.Waiting.only`).
    package func isCoverable(_ item: ResolvedProposal, by leaf: UInt32) -> Bool {
        guard item.reference != nil else { return false }
        do throws(FaultCode) {
            try self.check(item, leaf, .guest)
            return true
        } catch {
            return false
        }
    }
}
