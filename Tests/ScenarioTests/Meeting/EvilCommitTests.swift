import BeraadTesting
import E2EE
import Testing

/// A server that puts Commits into the order that nobody may make: who is in, and under which rules, stays as it was, and
/// everybody says why (`e2ee.md` 4.2, 14).
@Suite("A malicious server that commits")
struct EvilCommitTests {
    /// Has everybody judge a Commit; they refuse it with this code, lay it at this leaf's door, and go on as before.
    private func refuse(
        _ message: MLSMessage, _ code: FaultCode, by leaf: UInt32?, _ company: Company, _ comment: Comment? = nil
    ) throws {
        let before = company.everybody.map { ($0.epoch, $0.faults.count, $0.openedAt.count, $0.roster) }
        try company.server.order(message, to: company.everybody)
        company.meeting.run(200)
        for (member, (epoch, faults, opened, roster)) in zip(company.everybody, before) {
            #expect(member.epoch == epoch && member.roster == roster, comment)
            #expect(member.faultCodes(since: faults) == [code], comment)
            #expect(member.faults.last.map { $0.leaf } == .some(leaf), comment)
            #expect(member.isLive && member.openedAt.count == opened, comment)
        }
    }

    private func refuse(
        _ plan: CommitPlan, _ code: FaultCode, by rogue: Rogue, _ company: Company, _ comment: Comment? = nil
    ) throws {
        let message = try MLSMessage(decoding: try rogue.commit(plan).commit)
        try self.refuse(message, code, by: try company.leaf(of: rogue.key), company, comment)
    }

    private func keyPackage(_ rogue: Rogue) throws -> KeyPackage {
        try MeetingGroup.keyPackage(rogue.identity, now: TestMeeting.unix, rogue.crypto).keyPackage
    }

    @Test("ghost-add: a Commit in a member's name, which that member did not make, adds nobody and moves nobody")
    func forgedAdd() throws {
        let company = try Company(seed: 200)
        // Whoever forges it has a group, a link and a key of their own; only not those of the host.
        let forger = try Rogue("Mallory", in: company.meeting)
        let ghost = try Rogue("Ghost", in: company.meeting)
        try forger.found(
            try MeetingDescriptor(decoding: try company.server.descriptors().meeting),
            serverKey: company.meeting.serverKey)
        var plan = forger.plan
        plan.proposals = forger.adding([try self.keyPackage(ghost)])
        guard case .publicMessage(var commit) = try MLSMessage(decoding: try forger.commit(plan).commit) else {
            throw RogueError.outside
        }
        let context = try company.server.state.info.groupContext
        commit.content.groupID = context.groupID
        commit.content.epoch = context.epoch
        try self.refuse(.publicMessage(commit), .membership, by: nil, company)
        // In the name of somebody who sits nowhere.
        commit.content.sender = .member(7)
        try self.refuse(.publicMessage(commit), .membership, by: nil, company)
    }

    @Test("ghost-add: a member who may not let people in lets nobody in, by whatever way it says so")
    func addByGuest() throws {
        let company = try Company(seed: 201)
        let rogue = try company.rogue(), ghost = try Rogue("Ghost", in: company.meeting)
        var plan = rogue.plan
        plan.proposals = rogue.adding([try self.keyPackage(ghost)])
        try self.refuse(plan, .rank, by: rogue, company)
        // First proposed, then committed; the proposal alone is nothing to refuse.
        let add = Proposal.add(Add(keyPackage: try self.keyPackage(ghost)))
        guard let proposal = try rogue.group?.propose(add) else { throw RogueError.outside }
        try company.server.order(proposal, to: company.everybody)
        plan.proposals = rogue.adding([])
        plan.waiting = .only(try (rogue.group?.proposals ?? []).compactMap { $0.reference })
        try self.refuse(plan, .addOrigin, by: rogue, company)
    }

    @Test("ghost-external-commit: a Commit by which somebody without the link joins is refused by everybody")
    func joinWithoutLink() throws {
        let company = try Company(seed: 120)
        let state = try company.server.state
        for hasKey in [false, true] {
            let crypto = company.meeting.crypto
            let identity = try MeetingGroup.identity(
                BeraadLeaf(
                    MeetingInstance(meetingID: Array(try company.server.groupID.prefix(16)), number: 0),
                    clientVersion: 1),
                signatureKey: try crypto.signatureKey(.ed25519), crypto)
            var plan = ExternalJoin<SeededCryptoProvider>.Plan()
            plan.authenticatedData = JoinAuth.invite.encoded
            if hasKey {
                // It can name the invite's key, for the id stands in the policy; the key itself it does not have.
                let id = MeetingProfile.policy(in: state.info.groupContext.extensions)?.inviteID ?? []
                plan.names = [PreSharedKeyID(name: .external(id), nonce: [UInt8](repeating: 1, count: 32))]
                plan.preSharedKeys.set(
                    external: id, HeldSecret(Secret(copying: [UInt8](repeating: 9, count: 32).span)))
            }
            let join = try ExternalJoin(state.info, tree: state.tree, identity, plan, crypto)
            let message = join.message
            let before = company.everybody.map { ($0.epoch, $0.faults.count) }
            try company.server.order(message, to: company.everybody)
            company.meeting.run(200)
            for (member, (epoch, faults)) in zip(company.everybody, before) {
                #expect(member.epoch == epoch && member.roster.count == 3 && member.isLive)
                #expect(member.faultCodes(since: faults).count == 1, "the person is told")
            }
            #expect(company.host.faultCodes().last == (hasKey ? .confirmation : .psk))
        }
    }

    @Test("forged-policy: a guest changes no rule")
    func policyByGuest() throws {
        let company = try Company(seed: 202)
        let rogue = try company.rogue()
        let changes: [(inout MeetingPolicy) -> Void] = [
            { $0.admission = .open }, { $0.flags.insert(.locked) }, { $0.services = .recorder },
            { $0.roles = [] }, { $0.revoked = [Revocation(key: rogue.key, scope: .roleOnly)] },
        ]
        for change in changes {
            var plan = rogue.plan
            plan.proposals = [try rogue.policy(change)]
            try self.refuse(plan, .rank, by: rogue, company)
        }
    }

    @Test("forged-policy: a co-host changes no rule beyond what the authority signed, and takes no right of a host")
    func policyByCohost() throws {
        let company = try Company(seed: 203) { $0.services = .captions }
        let rogue = try Rogue("Mallory", in: company.meeting, role: .cohost)
        try company.letIn(rogue)
        let host = try #require(company.host.key(of: "Anna"))
        let chain = try #require(rogue.chain)
        let changes: [(String, FaultCode, (inout MeetingPolicy) -> Void)] = [
            ("a recorder that was ruled out", .policy, { $0.services = .recorder }),
            ("more than the invitation allows", .policy, { $0.features.insert(.board) }),
            ("a revision left out", .policy, { $0.revision += 1 }),
            ("an old revision again", .policy, { $0.revision -= 1 }),
            ("levels of sound, which were ruled out", .policy, { $0.flags.insert(.audioLevels) }),
            ("a description nobody signed", .policy, { $0.descriptor.membersMax = 400 }),
            ("another meeting above this one", .policy, { $0.parentGroup = [UInt8](repeating: 1, count: 32) }),
            ("a comparison and a lock in one", .policy, { $0.flags.formUnion([.comparing, .locked]) }),
            ("the host's own key", .rank, { $0.revoked = [Revocation(key: host, scope: .out)] }),
            ("a role for itself", .rank, { $0.roles = [chain] }),
        ]
        for (name, code, change) in changes {
            var plan = rogue.plan
            plan.proposals = [try rogue.policy(change)]
            try self.refuse(plan, code, by: rogue, company, "\(name)")
        }
        // Somebody else who may propose removals.
        let extensions = try #require(try rogue.group?.context.extensions)
        let policy = try #require(MeetingProfile.policy(in: extensions))
        var next = policy
        next.revision += 1
        var plan = rogue.plan
        plan.proposals = [
            .groupContextExtensions(
                GroupContextExtensions(extensions: MeetingProfile.extensions(next, serverKey: rogue.key)))
        ]
        try self.refuse(plan, .policy, by: rogue, company, "another server")
    }

    @Test("remove-everyone-but: nobody who was just heard is taken out on the server's word")
    func removalOfTheLiving() throws {
        let company = try Company(seed: 204)
        let epoch = try #require(company.host.epoch)
        let leaves = try ["Anna", "Bram"].map { try company.leaf(of: try #require(company.host.key(of: $0))) }
        for leaf in leaves {
            let removal = company.meeting.serverRemoval(of: leaf, from: try company.server.groupID, epoch: epoch)
            try company.server.order(try MLSMessage(decoding: removal), to: company.everybody)
        }
        company.meeting.inject(
            .duty(groupID: try company.server.groupID, epoch: epoch, .commitRemovals), to: company.guests[1])
        company.meeting.run(30_000)
        #expect(company.everybody.allSatisfy { $0.epoch == epoch && $0.isLive && $0.roster.count == 3 })
    }

    @Test(
        "remove-everyone-but: whoever is cut off and taken out is told so, or comes again; who stays sees it, and is asked"
    )
    func removalOfTheSilent() throws {
        let company = try Company(seed: 205, ["Bram", "Chris", "Dewi"])
        // Guests have their passes by then.
        company.meeting.run(2_000)
        let gone = [company.host, company.guests[0]], chris = company.guests[1], dewi = company.guests[2]
        let epoch = try #require(company.host.epoch)
        let leaves = try ["Anna", "Bram"].map { try company.leaf(of: try #require(company.host.key(of: $0))) }
        // What Anna and Bram say reaches nobody any more, and the server orders the Commit that takes them out.
        var commit: MLSMessage?
        company.server.hears = { member, frame, _ in
            switch frame {
            case .app: return gone.contains { $0 === member } ? nil : frame
            case .commit(let made):
                commit = try? MLSMessage(decoding: made.commit)
                return nil
            default: return frame
            }
        }
        company.meeting.run(11_000)
        for leaf in leaves {
            let removal = company.meeting.serverRemoval(of: leaf, from: try company.server.groupID, epoch: epoch)
            try company.server.order(try MLSMessage(decoding: removal), to: company.everybody)
        }
        company.meeting.inject(.duty(groupID: try company.server.groupID, epoch: epoch, .commitRemovals), to: chris)
        try #require(company.meeting.run(until: { commit != nil }, within: 2_000))
        try company.server.order(try #require(commit), to: company.everybody)
        company.meeting.run(500)
        // A host has no pass, and is told; Bram has one, and looks for a way back that is his.
        #expect(gone[0].state == .out(.lost) && gone[0].epoch == nil, "\(gone[0].state)")
        #expect(!gone[1].state.isMember && gone[1].epoch == nil, "\(gone[1].state)")
        #expect(gone[1].states.count { $0 == .checking } == 2 && !gone[1].states.contains(.out(.lost)))
        for member in [chris, dewi] {
            #expect(member.roster.count == 2 && member.epoch == epoch + 1, "\(member.roster.count)")
            #expect(member.gateReasons == .unhosted && member.state == .paused, "\(member.state)")
        }
    }

    @Test("starve-eject: whoever commits before the host does is out within two seconds all the same")
    func starvedEjection() throws {
        let company = try Company(seed: 206)
        let rogue = try company.rogue(), other = try company.rogue("Oscar")
        // Commits that nobody follows: each costs an epoch at the service, and is taken back a moment later.
        func commit(_ hostile: Rogue) throws {
            var plan = hostile.plan
            plan.proposals = [try hostile.policy { $0.flags.insert(.locked) }]
            try hostile.send(plan)
        }
        let left = [company.host] + company.guests
        try commit(rogue)
        company.meeting.run(5)
        company.meeting.tell(company.host, .eject(rogue.key))
        let isOut = company.meeting.run(
            until: {
                try? commit(other)
                return left.allSatisfy { $0.roster.count == 4 && $0.isLive }
            }, within: 2_000)
        #expect(isOut, "\(left.map { ($0.state, $0.roster.count) })")
        #expect(!company.host.roster.contains { $0.signatureKey == rogue.key } && company.host.refused.isEmpty)
        #expect(company.host.faultCodes().contains(.rank), "somebody was in the way")
    }
}
