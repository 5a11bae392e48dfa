/// The effective roles in (T, P) (`e2ee.md` 3.2). Chains are verified when they are asked about and not before, because
/// most leaves have none that matters.
package struct Standings<Crypto: CryptoProvider>: Sendable {
    package let policy: MeetingPolicy
    package let occupants: [Occupant]
    package let rule: ChainRule<Crypto>

    /// The roles of an epoch.
    package init(_ policy: MeetingPolicy, _ occupants: [Occupant], _ crypto: Crypto) {
        self.policy = policy
        self.occupants = occupants
        self.rule = ChainRule(policy, crypto)
    }

    /// The roles of an epoch.
    package init(_ epoch: MeetingEpoch, _ crypto: Crypto) { self.init(epoch.policy, epoch.occupants, crypto) }

    /// The effective role of a leaf.
    package func standing(of occupant: Occupant) -> Standing {
        let own = self.certifiedStanding(of: occupant)
        return own.isCertified || !self.isActing(occupant)
            ? own : Standing(role: .cohost, rights: .acting, isActing: true)
    }

    /// The highest of the chain in the leaf and those the policy gives it; of equals, what they allow together. A machine is what it
    /// says it is and no more, whatever the policy gives its key.
    private func certifiedStanding(of occupant: Occupant) -> Standing {
        if let service = occupant.profile?.service { return Standing(role: service.role, rights: []) }
        var best = Standing.guest
        for chain in self.chains(of: occupant) {
            guard let role = chain.role, let rank = role.rank, self.rule.isValid(chain, for: occupant.key) else {
                continue
            }
            let bestRank = best.role.rank ?? 0
            if rank > bestRank { best = Standing(role: role, rights: chain.rights) }
            if rank == bestRank { best.rights.formUnion(chain.rights) }
        }
        return best
    }

    private func chains(of occupant: Occupant) -> [Chain] {
        let given = self.policy.roles.filter { $0.subjectKey == occupant.key }
        return (occupant.profile?.chain).map { [$0] + given } ?? given
    }

    /// Whether a leaf has a valid chain for host or co-host, and is no machine.
    package func isCertified(_ occupant: Occupant) -> Bool {
        !occupant.isService
            && self.chains(of: occupant).contains {
                $0.role?.isCertified == true && self.rule.isValid($0, for: occupant.key)
            }
    }

    /// Leaves with a valid chain for host or co-host.
    package var certified: [Occupant] { self.occupants.filter(self.isCertified) }

    /// Whether a leaf stands in: no leaf is certified, and it is the first successor who is there. A service never is,
    /// though its chain names its owner's keys; nor does a revoked key succeed.
    package func isActing(_ occupant: Occupant) -> Bool {
        self.acting.contains { $0.index == occupant.index }
    }

    /// Whoever stands in; more than one only when two leaves are the same person's.
    package var acting: [Occupant] {
        guard !self.policy.descriptor.successors.isEmpty, !self.occupants.contains(where: self.isCertified) else {
            return []
        }
        for key in self.policy.descriptor.successors where !self.policy.isRevoked(key) {
            let present = self.occupants.filter { !$0.isService && self.succeeds($0, key) }
            if !present.isEmpty { return present }
        }
        return []
    }

    private func succeeds(_ occupant: Occupant, _ key: [UInt8]) -> Bool {
        if occupant.key == key { return true }
        guard let chain = occupant.profile?.chain, chain.names(key) else { return false }
        return self.rule.isValid(chain, for: occupant.key)
    }

    /// Leaves whose word proves an epoch (`e2ee.md` 11): certified ones and successors who are there.
    package var proofSet: [UInt32] {
        let keys = self.policy.descriptor.successors.filter { !self.policy.isRevoked($0) }
        return self.occupants.filter { occupant in
            guard !occupant.isService else { return false }
            return self.isCertified(occupant) || keys.contains { self.succeeds(occupant, $0) }
        }.map { $0.index }
    }

    /// No leaf is certified or acting.
    package var isUnhosted: Bool { !self.occupants.contains(where: self.isCertified) && self.acting.isEmpty }

    /// Whether a key stands in a valid host chain of a leaf or of the policy: only a host may revoke it.
    func isHostKey(_ key: [UInt8]) -> Bool {
        func isOfHost(_ chain: Chain, _ leaf: [UInt8]) -> Bool {
            chain.role == .host && chain.names(key) && self.rule.isValid(chain, for: leaf)
        }
        return self.policy.roles.contains { $0.subjectKey.map { [chain = $0] in isOfHost(chain, $0) } ?? false }
            || self.occupants.contains { $0.profile?.chain.map { [leaf = $0.key] in isOfHost($0, leaf) } ?? false }
    }
}
