import BeraadTesting
import E2EE
import Testing

/// Passes in the hands of somebody they are not for, or who makes their own (`e2ee.md` 4.2, valid pass; 8).
@Suite("A malicious member with passes")
struct EvilPassTests {
    /// Everybody judges a Commit by which somebody comes back; they refuse it with this code and go on as before.
    private func refuse(
        _ rogue: Rogue, _ pass: ReentryPass, _ code: FaultCode, _ company: Company, _ comment: Comment
    ) throws {
        let before = company.everybody.map { ($0.epoch, $0.faults.count, $0.roster) }
        let state = try company.server.state
        let join = try rogue.join(state.info, state.tree, .reentry(pass))
        let message = join.message
        try company.server.order(message, to: company.everybody)
        company.meeting.run(200)
        for (member, (epoch, faults, roster)) in zip(company.everybody, before) {
            #expect(member.epoch == epoch && member.roster == roster && member.isLive, comment)
            #expect(member.faultCodes(since: faults) == [code], comment)
        }
    }

    /// Its own pass, the last one that it heard.
    private func ownPass(_ rogue: Rogue) throws -> ReentryPass {
        try #require(rogue.passes.last { $0.pass.subjectKey == rogue.key }?.pass)
    }

    private func chain(of name: String, in company: Company) throws -> Chain {
        let leaf = try company.leaf(of: try #require(company.host.key(of: name)))
        let leafNode = try #require(try company.server.state.tree.leaf(leaf))
        return try #require(BeraadLeaf(of: leafNode)?.chain)
    }

    @Test("whoever was put out comes in with no pass, not even their own, whatever the server orders")
    func putOut() throws {
        let company = try Company(seed: 620)
        let rogue = try company.rogue()
        let pass = try self.ownPass(rogue)
        company.meeting.tell(company.host, .eject(rogue.key))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.roster.count == 3 } }))
        try self.refuse(rogue, pass, .leafRevoked, company, "put out")
    }

    @Test("another's pass is worth nothing")
    func anothers() throws {
        let company = try Company(seed: 621)
        let rogue = try company.rogue()
        company.meeting.tell(company.host, .lock(true))
        company.meeting.run(2_000)
        let bram = try #require(company.host.key(of: "Bram"))
        let pass = try #require(rogue.passes.last { $0.pass.subjectKey == bram }?.pass)
        company.meeting.tell(company.host, .sendBack(rogue.key))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.roster.count == 3 } }))
        try self.refuse(rogue, pass, .pass, company, "Bram's")
        var own = pass
        own.subjectKey = rogue.key
        try self.refuse(rogue, own, .pass, company, "with another name in it")
    }

    @Test("when passes are renewed the old ones are worth nothing, and everybody has a new one")
    func oldGeneration() throws {
        let company = try Company(seed: 622)
        let host = try Rogue("Dewi", in: company.meeting, role: .host)
        try company.letIn(host)
        let rogue = try company.rogue()
        let pass = try self.ownPass(rogue)
        var plan = host.plan
        plan.proposals = [try host.policy { $0.passGeneration += 1 }]
        try host.send(plan)
        company.meeting.run(3_000)
        for guest in company.guests { #expect(try guest.passes.map(\.generation) == [pass.generation + 1]) }
        #expect(try self.ownPass(rogue).generation == pass.generation + 1)
        company.meeting.tell(company.host, .sendBack(rogue.key))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.roster.count == 4 } }))
        try self.refuse(rogue, pass, .pass, company, "of the generation before")
    }

    @Test("whoever was sent back is let in by nobody who was not asked, whatever way they try")
    func sentBack() throws {
        let company = try Company(seed: 623)
        // This server's own gate lets people try.
        company.meeting.openDoor()
        let rogue = try company.rogue()
        let pass = try self.ownPass(rogue)
        company.meeting.tell(company.host, .sendBack(rogue.key))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.roster.count == 3 } }))
        #expect(throws: RogueError.refused) { try rogue.enter(by: .reentry(pass)) }
        try rogue.knock(showing: pass)
        company.meeting.run(5_000)
        #expect(company.everybody.allSatisfy { $0.roster.count == 3 && $0.isLive && $0.faults.isEmpty })
        #expect(rogue.welcome == nil && company.host.lobby.map(\.wasIn) == [true])
    }

    @Test("whoever said goodbye is let in by nobody who was not asked: the first who is to judge it says no")
    func goodbye() throws {
        let company = try Company(seed: 629)
        // This server's own gate lets people try.
        company.meeting.openDoor()
        let rogue = try company.rogue()
        let pass = try self.ownPass(rogue)
        var verdicts: [Bool] = []
        company.server.hears = { _, frame, _ in
            // Numbers of Commits that are only asked about.
            if case .ack(_, let sequence, let isGood) = frame, sequence >> 63 == 1 { verdicts.append(isGood) }
            return frame
        }
        guard let goodbye = try rogue.group?.propose(.selfRemove(SelfRemove())) else { throw RogueError.outside }
        rogue.say(.propose(goodbye.encoded))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.roster.count == 3 } }))
        #expect(throws: RogueError.refused) { try rogue.enter(by: .reentry(pass)) }
        #expect(verdicts == [false])
        try rogue.knock(showing: pass)
        company.meeting.run(5_000)
        #expect(company.everybody.allSatisfy { $0.roster.count == 3 && $0.isLive && $0.faults.isEmpty })
        #expect(rogue.welcome == nil && company.host.lobby.map(\.wasIn) == [true])
    }

    @Test("a pass that a participant makes is dropped by all, and the participant is named")
    func forged() throws {
        let company = try Company(seed: 624)
        let rogue = try company.rogue()
        let leaf = try company.leaf(of: rogue.key), bram = company.guests[0]
        let before = try bram.passes
        let known = try #require(before.first)
        let pass = ReentryPass(
            known.instance, generation: known.generation, subject: try #require(company.host.key(of: "Bram")),
            issuer: try self.chain(of: "Anna", in: company))
        // One that it made, and a true one that is not its to give.
        for given in [try rogue.signed(pass), try self.ownPass(rogue)] {
            let faults = bram.faults.count
            try rogue.tell(.passes, Passes([given]).encoded)
            company.meeting.run(500)
            for member in company.everybody {
                #expect(member.faultCodes(since: faults) == [.app] && member.faults.last?.leaf == leaf)
                #expect(member.isLive && member.heard.isEmpty)
            }
        }
        #expect(try bram.passes == before && before.count == 1)
    }

    @Test("a co-host's pass is kept when it holds, dropped and told when it does not, and ends with the co-host")
    func cohost() throws {
        let company = try Company(seed: 625)
        let rogue = try Rogue("Mallory", in: company.meeting, role: .cohost)
        try company.letIn(rogue)
        let leaf = try company.leaf(of: rogue.key), bram = company.guests[0]
        let known = try #require(try bram.passes.first)
        var pass = ReentryPass(
            known.instance, generation: known.generation + 7,
            subject: try #require(company.host.key(of: "Bram")), issuer: try #require(rogue.chain))
        try rogue.tell(.passes, Passes([try rogue.signed(pass)]).encoded)
        company.meeting.run(500)
        #expect(bram.faultCodes() == [.app] && bram.faults.last?.leaf == leaf)
        #expect(try bram.passes.count == 1)
        pass.generation = known.generation
        try rogue.tell(.passes, Passes([try rogue.signed(pass)]).encoded)
        company.meeting.run(500)
        #expect(try bram.passes.map { $0.issuer.subjectKey }.contains(rogue.key))
        #expect(try bram.passes.count == 2 && bram.faults.count == 1)
        company.meeting.tell(company.host, .eject(rogue.key))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.roster.count == 3 } }))
        let host = try #require(company.host.key(of: "Anna"))
        #expect(try bram.passes.map { $0.issuer.subjectKey } == [host])
    }

    @Test("a co-host who gives passes in the host's name is named, and keeps nobody's own from them")
    func inAnothersName() throws {
        let company = try Company(seed: 626)
        let rogue = try Rogue("Mallory", in: company.meeting, role: .cohost)
        try company.letIn(rogue)
        let host = company.host, leaf = try company.leaf(of: rogue.key), bram = company.guests[0]
        let known = Set(host.roster.map(\.signatureKey)), faults = host.faults.count
        let dewi = try company.meeting.enter("Dewi")
        try #require(company.meeting.run(until: { host.lobby.count == 1 }))
        company.meeting.tell(host, .admit([]))
        try #require(company.meeting.run(until: { host.roster.count == 5 }))
        // It looks like the host's, and is worth nothing to whom it names.
        var pass = try #require(try bram.passes.first)
        pass.subjectKey = try #require(host.roster.map(\.signatureKey).first { !known.contains($0) })
        try rogue.tell(.passes, Passes([pass]).encoded)
        company.meeting.run(3_000)
        #expect(host.faultCodes(since: faults) == [.app] && host.faults.last?.leaf == leaf)
        #expect(try dewi.passes.map { $0.issuer.subjectKey } == [host.key(of: "Anna")])
    }

    @Test("a knock made just before they are sent back brings nobody in again")
    func knocksFirst() throws {
        let company = try Company(seed: 627)
        let rogue = try company.rogue()
        let pass = try self.ownPass(rogue), host = company.host, bram = company.guests[0]
        company.meeting.tell(host, .makeCohost(try #require(host.key(of: "Bram"))))
        try #require(company.meeting.run(until: { bram.policies.last?.rights.contains(.eject) == true }))
        // The line of somebody who is in broke, as far as the host can see: a Commit is made, and does not arrive in time. The
        // co-host, who has the key of the door, does not hear of the knock.
        company.server.says = { member, frame in
            if member === bram, case .lobby = frame { return nil }
            return frame
        }
        var commits = 0
        company.server.hears = { member, frame, _ in
            guard member === host, case .commit = frame else { return frame }
            commits += 1
            return nil
        }
        try rogue.knock(showing: pass)
        try #require(company.meeting.run(until: { commits == 1 }))
        company.meeting.tell(bram, .sendBack(rogue.key))
        try #require(company.meeting.run(until: { bram.roster.count == 3 }))
        company.server.hears = { _, frame, _ in frame }
        company.meeting.run(10_000)
        #expect(company.everybody.allSatisfy { $0.roster.count == 3 && $0.isLive } && rogue.welcome == nil)
        #expect(host.lobby.map(\.wasIn) == [true] && host.refused.isEmpty)
    }

    @Test("a pass of a group before opens nothing in the next one, neither at the door nor by an own Commit")
    func anotherGroup() throws {
        let company = try Company(seed: 628)
        let meeting = company.meeting
        let rogue = try company.rogue()
        let pass = try self.ownPass(rogue)
        meeting.tell(company.host, .eject(rogue.key))
        try #require(meeting.run(until: { company.everybody.allSatisfy { $0.roster.count == 3 } }))
        for member in company.everybody {
            meeting.tell(member, .leave)
            meeting.run(200)
            meeting.crash(member)
        }
        meeting.run(40_000)
        let server = HostileServer(meeting)
        let anna = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { anna.isLive }), "\(anna.states)")
        let bram = try meeting.enter("Bram")
        try #require(meeting.run(until: { anna.lobby.count == 1 }))
        meeting.tell(anna, .admit([]))
        try #require(meeting.run(until: { bram.isLive && anna.names == ["Anna", "Bram"] }), "\(bram.states)")
        meeting.run(2_000)

        try rogue.knock(showing: pass)
        meeting.run(5_000)
        #expect(anna.roster.count == 2 && rogue.welcome == nil && anna.lobby.map(\.wasIn) == [false])
        let people = [anna, bram], epochs = people.map(\.epoch), faults = people.map(\.faults.count)
        let state = try server.state
        try server.order(try rogue.join(state.info, state.tree, .reentry(pass)).message, to: people)
        meeting.run(200)
        #expect(people.map(\.epoch) == epochs && people.allSatisfy { $0.isLive && $0.roster.count == 2 })
        for (member, count) in zip(people, faults) { #expect(member.faultCodes(since: count) == [.pass]) }
    }
}
