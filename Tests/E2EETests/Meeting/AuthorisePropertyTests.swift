import BeraadTesting
import E2EE
import Testing

/// Random meetings of honest and dishonest people: whatever is allowed, the promises hold.
@Suite("Whatever anybody commits")
struct AuthorisePropertyTests {
    /// A Commit somebody might try, right or wrong.
    private func attempt(_ scene: Scene, _ salt: UInt8, _ chance: inout SeededGenerator) -> CommitFacts {
        func pick<Element>(_ elements: [Element]) -> Element { elements[Int(chance.next() % UInt64(elements.count))] }
        let people: [Person] = [.anna, .bram, .newcomer, .stranger, .host, .cohost]
        let person = pick(people)
        let chain: Chain? = pick([
            nil, nil, ticketed(person), ticketed(person, ticket: .device), leader(person, .host),
            leader(person, .cohost), Chain([certificate(person, by: .stranger, .host)]),
            Chain([certificate(person, by: .anna, .cohost), certificate(.anna, by: .authority, .cohost)]),
        ])
        let leafNode = leaf(person, chain, salt: pick([0, salt]))
        let index = pick((0..<6).map { UInt32($0) })
        let other = pick((0..<6).map { UInt32($0) })
        if chance.happens(0.3) {
            let auth: JoinAuth = pick([.invite, .role, .resync, .reentry(pass(person, generation: pick([0, 1])))])
            var commit = scene.join(leafNode, auth, removing: chance.happens(0.3) ? other : nil)
            if chance.happens(0.1) { commit.proposals.removeAll { $0.proposal.type == .preSharedKey } }
            return commit
        }
        var items: [ResolvedProposal] = []
        let member = Sender.member(index)
        if chance.happens(0.4) { items.append(scene.value(scene.add(leafNode), by: member)) }
        if chance.happens(0.3) {
            let key = pick([scene.invite.joinMAC, heldSecret([UInt8](repeating: salt, count: 32))])
            items.append(scene.selfAdd(leafNode, key: key))
        }
        if chance.happens(0.1) {
            items.append(scene.reference(scene.add(leafNode), by: pick([.external(0), .member(other)])))
        }
        if chance.happens(0.2) { items.append(scene.value(remove(other), by: member)) }
        if chance.happens(0.1) { items.append(scene.reference(remove(other), by: .external(0))) }
        if chance.happens(0.1), other != index {
            items.append(scene.reference(.selfRemove(SelfRemove()), by: .member(other)))
        }
        if chance.happens(0.3) {
            let changes: [(inout MeetingPolicy) -> Void] = [
                { $0.admission = .open }, { $0.admission = .waiting }, { $0.flags.formSymmetricDifference(.locked) },
                { $0.flags.formSymmetricDifference(.comparing) }, { $0.services = [] }, { $0.services = .stream },
                { $0.roles = [leader(person, .cohost)] }, { $0.passGeneration += 1 },
                { $0.revoked.append(Revocation(key: person.key, scope: .out)) },
                { $0.descriptor.servicesMax = [.stream] },
            ]
            items.append(scene.value(scene.change(pick(changes)), by: member))
        }
        let adds = items.contains { $0.proposal.type == .add }
        if adds != chance.happens(0.1) { items.append(scene.value(scene.inviteKey, by: member)) }
        return scene.commit(by: index, items, passes: chance.happens(0.2) ? [pass(person)] : [])
    }

    /// The state after an allowed Commit.
    private func advance(_ scene: inout Scene, _ commit: CommitFacts) throws {
        for item in commit.proposals {
            switch (item.proposal, item.sender) {
            case (.remove(let remove), _): scene.occupants.removeAll { $0.index == remove.removed }
            case (.selfRemove, .member(let leaf)): scene.occupants.removeAll { $0.index == leaf }
            case (.groupContextExtensions(let new), _):
                scene.policy = try required(MeetingProfile.policy(in: new.extensions))
            default: break
            }
        }
        func seat(_ leafNode: LeafNode) {
            let free = (UInt32(0)...).first { index in !scene.occupants.contains { $0.index == index } }
            scene.occupants.append(Occupant(free ?? 0, leafNode))
        }
        for case .add(let add) in commit.proposals.map(\.proposal) { seat(add.keyPackage.leafNode) }
        if commit.sender == .newMemberCommit, let leafNode = commit.pathLeaf { seat(leafNode) }
        scene.occupants.sort { $0.index < $1.index }
        scene.number += 1
    }

    /// Every new leaf was let in by somebody certified or acting, or proved the link.
    private func expectOrigin(_ scene: Scene, _ commit: CommitFacts, _ seed: UInt64) throws {
        let standings = Standings(try scene.epoch, native)
        let keys = commit.proposals.compactMap { item in
            if case .preSharedKey(let key) = item.proposal { key.psk.name } else { nil }
        }
        let hasLink = keys == [.external(scene.invite.identifier)]
        for item in commit.proposals {
            guard case .add(let add) = item.proposal else { continue }
            #expect(hasLink, "\(seed)")
            if item.reference == nil {
                guard case .member(let index) = commit.sender else { throw Unexpected() }
                let standing = standings.standing(of: try required(scene.occupants.first { $0.index == index }))
                #expect(standing.isCertified || standing.isActing, "\(seed)")
            } else {
                let auth = AddAuth(
                    add.keyPackage, groupID: scene.groupID, epoch: scene.number, key: scene.invite.joinMAC, native)
                #expect(item.sender == .newMemberProposal && item.authenticatedData == auth.encoded, "\(seed)")
            }
        }
        if commit.sender == .newMemberCommit { #expect(hasLink, "\(seed)") }
    }

    private func expectInvariants(_ before: Scene, _ scene: Scene, _ commit: CommitFacts, _ seed: UInt64) {
        #expect(scene.policy.services.isSubset(of: scene.policy.descriptor.servicesMax), "\(seed)")
        #expect(scene.policy.descriptor == before.policy.descriptor, "\(seed)")
        #expect(Set(scene.occupants.map { $0.leafNode.signatureKey }).count == scene.occupants.count, "\(seed)")
        let hosts = { (scene: Scene) in
            let standings = Standings(scene.policy, scene.occupants, native)
            return scene.occupants.filter { standings.standing(of: $0).role == .host }.map { $0.leafNode.signatureKey }
        }
        for key in hosts(before) where !hosts(scene).contains(key) {
            // A host goes by a host's hand, by its own, by the server's, or by its own return.
            guard case .member(let index) = commit.sender else { continue }
            let byValue = commit.proposals.contains { $0.proposal.type == .remove && $0.reference == nil }
            let revokes = commit.proposals.contains { $0.proposal.type == .groupContextExtensions }
            guard byValue || revokes else { continue }
            let own = before.occupants.first { $0.index == index }?.leafNode.signatureKey ?? []
            let gone = commit.proposals.contains { $0.reference != nil }
            #expect(hosts(before).contains(own) || gone, "\(seed)")
        }
    }

    /// What the engine refuses before anybody is asked (RFC 9420 §12.2).
    private func isValid(_ commit: CommitFacts, in scene: Scene) -> Bool {
        let removed = commit.proposals.compactMap { item -> UInt32? in
            switch (item.proposal, item.sender) {
            case (.remove(let remove), _): remove.removed
            case (.selfRemove, .member(let leaf)): leaf
            default: nil
            }
        }
        let present = Set(scene.occupants.map(\.index))
        guard Set(removed).count == removed.count, Set(removed).isSubset(of: present) else { return false }
        if case .member(let index) = commit.sender, removed.contains(index) { return false }
        return true
    }

    @Test("replicas agree, and nobody comes in without a host or the link", arguments: 1...6 as ClosedRange<UInt64>)
    func life(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        var scene = Scene()
        var allowed = 0
        for step in 0..<120 {
            let commit = self.attempt(scene, UInt8(truncatingIfNeeded: step + 1), &chance)
            let verdict = try scene.verdict(commit)
            var replica = scene
            replica.policy = try MeetingPolicy(decoding: scene.policy.encoded)
            replica.occupants = try scene.occupants.map {
                Occupant($0.index, try LeafNode(decoding: $0.leafNode.encoded))
            }
            #expect(try replica.verdict(commit) == verdict, "\(seed) \(step)")
            let authoriser = Authoriser(try scene.epoch, joinMACKey: scene.invite.joinMAC, native)
            #expect(authoriser.authorise(commit) == verdict)
            #expect(authoriser.authorise(commit) == verdict)
            guard verdict == .allow else { continue }
            guard self.isValid(commit, in: scene) else { continue }
            allowed += 1
            try self.expectOrigin(scene, commit, seed)
            let before = scene
            try self.advance(&scene, commit)
            self.expectInvariants(before, scene, commit, seed)
            if scene.occupants.isEmpty { scene = Scene() }
        }
        #expect(allowed > 5)
    }

    @Test("a session for two stays one, without services", arguments: 11...18 as ClosedRange<UInt64>)
    func two(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        var scene = Scene.forTwo
        var allowed = 0
        for step in 0..<200 {
            var commit = self.attempt(scene, UInt8(truncatingIfNeeded: step + 1), &chance)
            let changes = commit.proposals.contains { $0.proposal.type == .groupContextExtensions }
            if case .member = commit.sender, chance.happens(0.2), !changes {
                let wider = scene.change { policy in
                    policy.descriptor.revision += 1
                    if chance.happens(0.5) { policy.descriptor.membersMax = 400 }
                    if chance.happens(0.5) { policy.descriptor.servicesMax = .recorder }
                    try? policy.descriptor.sign(Person.authority.secret, native)
                }
                commit.proposals.append(scene.value(wider, by: commit.sender))
            }
            guard try scene.verdict(commit) == .allow, self.isValid(commit, in: scene) else { continue }
            allowed += 1
            try self.advance(&scene, commit)
            #expect(scene.occupants.count <= 2 && !scene.occupants.contains { $0.isService }, "\(seed) \(step)")
            #expect(scene.policy.descriptor.membersMax <= 2 && scene.policy.descriptor.servicesMax == [])
            if scene.occupants.isEmpty { scene = .forTwo }
        }
        #expect(allowed > 0)
    }
}
