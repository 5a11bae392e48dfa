extension GroupState {
    /// The proposals of a Commit of ours: those waiting that the plan wants, then ours by value.
    func list(_ plan: CommitPlan) throws(E2EEError) -> ProposalList<Crypto> {
        var items: [ResolvedProposal] = []
        switch plan.waiting {
        case .all: items = self.coverable(plan)
        case .only(let references):
            for reference in references {
                guard let item = self.proposals.first(where: { $0.reference == reference }) else {
                    throw E2EEError(.usage, .unknown)
                }
                items.append(item)
            }
        }
        items += plan.proposals.map {
            ResolvedProposal(
                proposal: $0, sender: .member(self.ownLeaf), reference: nil, authenticatedData: [])
        }
        return ProposalList(crypto: self.crypto, items: items)
    }

    /// The waiting proposals that can stand together in one Commit of ours (RFC 9420 §12.2, §12.4): of several about one
    /// member SelfRemove wins over Remove and Remove over Update, and of those the last; a ReInit only when it is alone.
    /// What the plan itself does comes first.
    func coverable(_ plan: CommitPlan) -> [ResolvedProposal] {
        var taken = Set(
            plan.proposals.compactMap { proposal -> UInt32? in
                if case .remove(let remove) = proposal { remove.removed } else { nil }
            })
        taken.insert(self.ownLeaf)
        var chosen: [ResolvedProposal] = []
        for type in [ProposalType.selfRemove, .remove, .update] {
            for item in self.proposals.reversed() where item.proposal.type == type {
                guard let leaf = item.affectedLeaf, self.tree.leaf(leaf) != nil, taken.insert(leaf).inserted else {
                    continue
                }
                chosen.append(item)
            }
        }
        var leaving = Set(chosen.filter { $0.proposal.type != .update }.compactMap { $0.affectedLeaf })
        for case .remove(let remove) in plan.proposals { leaving.insert(remove.removed) }
        var added = Set(
            plan.proposals.compactMap { proposal -> [UInt8]? in
                if case .add(let add) = proposal { add.keyPackage.leafNode.signatureKey } else { nil }
            })
        var hasExtensions = plan.proposals.contains { $0.type == .groupContextExtensions }
        var keys: Set<[UInt8]> = []
        for item in self.proposals {
            switch item.proposal {
            case .add(let add) where added.insert(add.keyPackage.leafNode.signatureKey).inserted:
                let present = self.tree.leaf(withSignatureKey: add.keyPackage.leafNode.signatureKey)
                if present.map(leaving.contains) ?? true { chosen.append(item) }
            case .groupContextExtensions where !hasExtensions:
                hasExtensions = true
                chosen.append(item)
            case .preSharedKey(let key) where keys.insert(key.psk.encoded).inserted:
                let name = key.psk.name
                if self.resumption.key(name) ?? plan.preSharedKeys.key(name) != nil { chosen.append(item) }
            default: break
            }
        }
        if chosen.isEmpty, plan.proposals.isEmpty {
            chosen += self.proposals.filter { $0.proposal.type == .reInit }.prefix(1)
        }
        return chosen
    }
}
