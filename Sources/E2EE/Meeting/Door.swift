/// The second table of `e2ee.md` 4.2: who comes in which way, while the meeting is how.
struct Door<Crypto: CryptoProvider>: Sendable {
    /// The columns of the table.
    enum State: Equatable, Sendable {
        case waiting, open, members, closed, locked, comparing
    }

    let state: State
    let policy: MeetingPolicy
    let rule: ChainRule<Crypto>
    let passGeneration: UInt32
    let old: Standings<Crypto>

    /// The door under Pe. Without a host, doors that let people in by themselves do not, unless the meeting was made so;
    /// a closed one stays closed.
    init(
        _ policy: MeetingPolicy, _ rule: ChainRule<Crypto>, passGeneration: UInt32, _ old: Standings<Crypto>
    ) {
        self.policy = policy
        self.rule = rule
        self.passGeneration = passGeneration
        self.old = old
        if policy.flags.contains(.comparing) {
            self.state = .comparing
        } else if policy.flags.contains(.locked) {
            self.state = .locked
        } else {
            switch policy.admission {
            case .waiting: self.state = .waiting
            case .closed: self.state = .closed
            case .open: self.state = Self.isShut(policy, old) ? .waiting : .open
            case .members: self.state = Self.isShut(policy, old) ? .waiting : .members
            }
        }
    }

    private static func isShut(_ policy: MeetingPolicy, _ old: Standings<Crypto>) -> Bool {
        !policy.flags.contains(.unhostedOpen) && old.isUnhosted
    }

    /// Throws unless a leaf that J1 to J4 let through may come in.
    func check(
        _ leaf: NewLeaf, _ profile: BeraadLeaf, _ committer: Committer, replacing replaced: Occupant?
    ) throws(FaultCode) {
        switch leaf.origin {
        case .value: try self.checkValue(leaf, committer)
        case .newMember, .external(.invite): try self.checkAlone(leaf, profile)
        case .external(.reentry(let pass)):
            guard self.state != .comparing else { throw .door }
            guard self.isValid(pass, leaf) else { throw .pass }
        case .external(.role): guard profile.chain?.role?.isCertified == true else { throw .door }
        case .external(.resync):
            guard let replaced, self.isSame(leaf, profile, replaced) else { throw .identity }
        }
    }

    private func isValid(_ pass: ReentryPass, _ leaf: NewLeaf) -> Bool {
        pass.isValid(for: leaf.leafNode.signatureKey, generation: self.passGeneration, self.rule)
    }

    /// First row: somebody who may admit lets them in.
    private func checkValue(_ leaf: NewLeaf, _ committer: Committer) throws(FaultCode) {
        switch self.state {
        case .waiting, .open, .members: break
        case .closed, .comparing: throw .door
        case .locked:
            guard case .member(_, _, let auth) = committer,
                let pass = auth.passes.first(where: { $0.subjectKey == leaf.leafNode.signatureKey })
            else { throw .door }
            guard self.isValid(pass, leaf) else { throw .pass }
        }
    }

    /// Second row: they come by themselves.
    private func checkAlone(_ leaf: NewLeaf, _ profile: BeraadLeaf) throws(FaultCode) {
        let mayEnter = profile.chain?.rights.contains(.enter) == true
        switch self.state {
        case .open: break
        case .waiting: guard mayEnter else { throw .door }
        case .members:
            guard !mayEnter else { break }
            guard let assertion = profile.assertion else { throw .door }
            guard
                assertion.holds(
                    for: leaf.leafNode.signatureKey, issuers: self.policy.descriptor.issuers, self.rule.crypto)
            else { throw .assertion }
        case .closed, .locked, .comparing: throw .door
        }
    }

    /// Last row: whether a leaf is the one it replaces. A resync sheds neither a service's mark nor a role.
    private func isSame(_ leaf: NewLeaf, _ profile: BeraadLeaf, _ replaced: Occupant) -> Bool {
        guard let before = replaced.profile, before.service == profile.service,
            before.chain?.role == profile.chain?.role
        else { return false }
        if leaf.leafNode.signatureKey == replaced.key, leaf.leafNode.credential == replaced.leafNode.credential {
            return true
        }
        guard let chain = profile.chain, let oldChain = before.chain,
            self.old.rule.isValid(oldChain, for: replaced.key)
        else { return false }
        if let person = chain.personKey { return person == oldChain.personKey }
        // The host link opened again.
        return chain.certificates.count == 1 && oldChain.certificates.count == 1 && chain.role == .host
    }
}
