import BeraadTesting
import E2EE
import Testing

/// Co-hosts of a host's making (`e2ee.md` 3.2, 4.2 G, 9; `docs/decisions/0011`): what they may, and that it ends.
@Suite("Co-hosts")
struct CohostTests {
    /// A meeting in which the host made Bram a co-host.
    private func meeting(seed: UInt64) throws -> (company: Company, bram: TestMember, key: [UInt8]) {
        let company = try Company(seed: seed)
        let bram = company.guests[0], key = try #require(company.host.key(of: "Bram"))
        try self.make(key, bram, in: company)
        return (company, bram, key)
    }

    /// A co-host of a host's making issues no certificates.
    private static var rights: Rights { Role.cohost.rightsMax.subtracting(.delegate) }

    private func make(_ key: [UInt8], _ member: TestMember, in company: Company) throws {
        company.meeting.tell(company.host, .makeCohost(key))
        try #require(
            company.meeting.run(until: { member.policies.last?.rights == Self.rights }),
            "\(company.host.refused)")
    }

    private func withdraw(_ key: [UInt8], _ member: TestMember, in company: Company) throws {
        company.meeting.tell(company.host, .withdrawCohost(key))
        try #require(company.meeting.run(until: { member.policies.last?.rights == [] }), "\(company.host.refused)")
    }

    private func areTogether(_ people: [TestMember]) -> Bool {
        let names = people.map(\.name).sorted()
        return people.allSatisfy { $0.isLive && $0.names == names } && Set(people.map(\.baseKey)).count == 1
    }

    @Test("a co-host locks, reads who knocks and lets them in, and removes guests")
    func may() throws {
        let (company, bram, _) = try self.meeting(seed: 760)
        let meeting = company.meeting, chris = try #require(bram.key(of: "Chris"))
        let eva = try meeting.enter("Eva")
        try #require(meeting.run(until: { bram.lobby.count == 1 && company.host.lobby.count == 1 }))
        #expect(String(decoding: bram.lobby[0].name, as: UTF8.self) == "Eva" && bram.lobby[0].isFromLink)
        meeting.tell(bram, .admit([]))
        try #require(meeting.run(until: { self.areTogether(company.everybody + [eva]) }), "\(eva.states)")
        meeting.run(500)
        #expect(bram.lobby.isEmpty && company.host.lobby.isEmpty)
        meeting.tell(bram, .lock(true))
        #expect(meeting.run(until: { company.host.policies.last?.isLocked == true }))
        meeting.tell(bram, .setFeatures([.hostsChat]))
        #expect(meeting.run(until: { eva.policies.last?.features == [.hostsChat] }))
        meeting.tell(bram, .chat("van een host"))
        meeting.tell(bram, .eject(chris))
        #expect(meeting.run(until: { company.guests[1].state == .out(.ejected) }))
        #expect(eva.read == ["van een host"])
        for member in [company.host, bram, eva] { #expect(member.faults.isEmpty && member.refused.isEmpty) }
    }

    @Test("whoever waited before somebody became a co-host is shown to them as well, and can be refused by them")
    func waitedBefore() throws {
        let company = try Company(seed: 761)
        let bram = company.guests[0]
        let eva = try company.meeting.enter("Eva")
        try #require(company.meeting.run(until: { company.host.lobby.first?.words != nil }))
        try self.make(try #require(company.host.key(of: "Bram")), bram, in: company)
        try #require(company.meeting.run(until: { bram.lobby.count == 1 }))
        company.meeting.tell(bram, .refuse(bram.lobby[0].requestHash, note: Array("vol".utf8)))
        #expect(company.meeting.run(until: { eva.state == .out(.refused) }), "\(eva.state) \(bram.refused)")
        #expect(eva.notes == [Array("vol".utf8)] && eva.faults.isEmpty)
    }

    @Test("a co-host removes no host and makes no co-host, and the host's key stays a host's")
    func mayNot() throws {
        let (company, bram, key) = try self.meeting(seed: 762)
        let host = try #require(company.host.key), chris = try #require(company.host.key(of: "Chris"))
        let wishes: [EngineCommand] = [.makeCohost(chris), .withdrawCohost(key), .sendBack(host), .eject(host)]
        for wish in wishes { company.meeting.tell(bram, wish) }
        company.meeting.run(3_000)
        #expect(bram.refused == wishes)
        #expect(self.areTogether(company.everybody) && company.host.policies.last?.rights == Role.host.rightsMax)
    }

    @Test("a co-host of before is a guest in that moment: the door is closed to them, and every right is gone")
    func withdrawn() throws {
        let (company, bram, key) = try self.meeting(seed: 763)
        let meeting = company.meeting, chris = try #require(company.host.key(of: "Chris"))
        let eva = try meeting.enter("Eva")
        try #require(meeting.run(until: { bram.lobby.count == 1 }))
        try self.withdraw(key, bram, in: company)
        meeting.run(1_000)
        #expect(bram.lobby.isEmpty && company.host.lobby.count == 1)
        #expect(bram.roster.contains { $0.isOwn && $0.role == .participant && $0.label == .guest })
        let fay = try meeting.enter("Fay")
        try #require(meeting.run(until: { company.host.lobby.count == 2 }))
        meeting.run(1_000)
        #expect(bram.lobby.isEmpty)
        let wishes: [EngineCommand] = [
            .admit(company.host.lobby.map(\.requestHash)), .lock(true), .eject(chris), .sendBack(chris),
            .setFeatures([]), .rotateLink, .say(.moderation, Moderation(target: chris, act: .mute)),
        ]
        for wish in wishes { meeting.tell(bram, wish) }
        meeting.run(2_000)
        #expect(bram.refused == wishes && company.host.policies.last?.isLocked == false)
        meeting.tell(company.host, .admit([]))
        #expect(meeting.run(until: { self.areTogether(company.everybody + [eva, fay]) }), "\(eva.states)")
    }

    @Test("whoever was a co-host can be one again, any number of times, and has the key of the door each time")
    func again() throws {
        let (company, bram, key) = try self.meeting(seed: 764)
        for number in 0..<3 {
            try self.withdraw(key, bram, in: company)
            try self.make(key, bram, in: company)
            let guest = try company.meeting.enter("Gast \(number)")
            try #require(company.meeting.run(until: { bram.lobby.count == 1 }), "\(bram.faultCodes())")
            company.meeting.tell(bram, .admit([]))
            try #require(company.meeting.run(until: { guest.isLive && bram.lobby.isEmpty }), "\(guest.states)")
        }
        #expect(company.everybody.allSatisfy { $0.faults.isEmpty && $0.refused.isEmpty && $0.isLive })
    }

    @Test("host and co-host show the same words for whoever waits, whosever answer is late")
    func sameWords() throws {
        let (company, bram, _) = try self.meeting(seed: 785)
        let meeting = company.meeting
        for (number, late) in [company.host, bram].enumerated() {
            var kept = 0
            company.server.hears = { member, frame, _ in
                if member === late, case .answer = frame, kept == 0 {
                    kept += 1
                    return nil
                }
                return frame
            }
            let guest = try meeting.enter("Gast \(number)")
            let isShown = meeting.run(
                until: { [company.host, bram].allSatisfy { $0.lobby.count == 1 && $0.lobby[0].words != nil } },
                within: 60_000)
            #expect(isShown && kept == 1, "\(guest.state)")
            #expect(guest.words != nil && company.host.lobby.first?.words == guest.words)
            #expect(bram.lobby.first?.words == guest.words)
            meeting.tell(company.host, .admit([]))
            try #require(meeting.run(until: { guest.isLive && bram.lobby.isEmpty }))
        }
        #expect(company.everybody.allSatisfy { $0.faults.isEmpty && $0.refused.isEmpty })
    }

    @Test("a co-host who is sent back comes again as a guest")
    func sentBack() throws {
        let (company, bram, key) = try self.meeting(seed: 765)
        company.meeting.tell(company.host, .sendBack(key))
        try #require(company.meeting.run(until: { bram.state == .out(.sentBack) }))
        let again = try company.meeting.enter("Bram")
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 }))
        company.meeting.tell(company.host, .admit([]))
        #expect(company.meeting.run(until: { again.isLive && again.policies.last?.rights == [] }))
    }

    @Test(
        "the server hears who is no co-host any more right before the group does",
        arguments: [EngineCommand.withdrawCohost, EngineCommand.sendBack, EngineCommand.eject].indices)
    func toldFirst(_ index: Int) throws {
        let wish = [EngineCommand.withdrawCohost, EngineCommand.sendBack, EngineCommand.eject][index]
        let (company, _, key) = try self.meeting(seed: 781 + UInt64(index))
        var said: [ClientFrame] = []
        company.server.hears = { member, frame, _ in
            if member === company.host { said.append(frame) }
            return frame
        }
        company.meeting.tell(company.host, wish(key))
        company.meeting.run(1_000)
        let first = try #require(said.firstIndex { $0.type == 0x10 }, "\(company.host.refused)")
        #expect(said.dropFirst(first).prefix(2).map(\.type) == [0x10, 0x06])
        #expect(said.count { $0.type == 0x10 } == 1)
        // What is named is the key that the host made for this one chain, and nobody's own.
        #expect(!company.host.roster.contains { .withdraw($0.signatureKey) == said[first] })
        #expect(said[first] != .withdraw(key) && company.host.refused.isEmpty)
    }

    @Test("a client that goes on showing its old chain is a guest to the server, which tells it of nobody at the door")
    func oldChainAtTheServer() throws {
        let (company, bram, key) = try self.meeting(seed: 784)
        let meeting = company.meeting
        var asked = 0
        company.server.hears = { member, frame, _ in
            // It never says that it is less now.
            if member === bram, case .bind = frame { return nil }
            return frame
        }
        company.server.says = { member, frame in
            if member === bram, case .lobby = frame { asked += 1 }
            return frame
        }
        #expect(meeting.leadersAtTheServer() == 2)
        try self.withdraw(key, bram, in: company)
        #expect(meeting.leadersAtTheServer() == 1)
        let eva = try meeting.enter("Eva")
        try #require(meeting.run(until: { company.host.lobby.count == 1 }))
        meeting.run(1_000)
        #expect(asked == 0)
        meeting.tell(company.host, .admit([]))
        meeting.tell(bram, .chat("als gast"))
        #expect(meeting.run(until: { eva.isLive && company.host.read == ["als gast"] }), "\(eva.state)")
        #expect(bram.isLive && bram.faults.isEmpty)
    }

    @Test("a co-host whom the server lost before they were sent back is none either when they come again")
    func sentBackLate() throws {
        let (company, bram, key) = try self.meeting(seed: 756)
        let given = try #require(try self.policy(of: company).roles.first)
        company.meeting.crash(bram)
        try #require(company.meeting.run(until: { company.host.roster.count == 2 }, within: 120_000))
        #expect(try self.policy(of: company).roles.count == 1, "the server takes nothing back")
        company.meeting.tell(company.host, .sendBack(key))
        company.meeting.run(2_000)
        let policy = try self.policy(of: company)
        #expect(policy.roles.isEmpty && company.host.refused.isEmpty)
        #expect(policy.revoked == [Revocation(key: given.certificates[1].subjectKey, scope: .roleOnly)])
    }

    private func policy(of company: Company) throws -> MeetingPolicy {
        try #require(MeetingProfile.policy(in: try company.server.state.info.groupContext.extensions))
    }

    @Test("when a co-host gave passes and is none any more, the others get new ones that hold")
    func passes() throws {
        let (company, bram, key) = try self.meeting(seed: 766)
        company.meeting.run(1_000)
        // What the host says does not arrive for a while, so that it is the co-host who gives Eva one.
        company.server.hears = { member, frame, _ in
            if member === company.host, case .app = frame { return nil }
            return frame
        }
        let eva = try company.meeting.enter("Eva")
        try #require(company.meeting.run(until: { bram.lobby.count == 1 }))
        company.meeting.tell(bram, .admit([]))
        func issuers() -> [[UInt8]?] { (try? eva.passes.map { $0.issuer.subjectKey }) ?? [] }
        try #require(company.meeting.run(until: { issuers() == [key] }), "\(eva.states)")
        company.server.hears = { _, frame, _ in frame }
        try self.withdraw(key, bram, in: company)
        let host = try #require(company.host.key)
        #expect(company.meeting.run(until: { issuers() == [host] }), "one that holds, and none of Bram's")
    }

    // MARK: Evil

    @Test("a host shows no words by a co-host's answer: with a server of theirs the nonce could be one they looked for")
    func cohostsAnswer() throws {
        let (company, bram, _) = try self.meeting(seed: 786)
        let meeting = company.meeting
        var answers: [[UInt8]] = []
        var reveal: [UInt8]?
        company.server.hears = { member, frame, _ in
            switch frame {
            case .answer(let bytes):
                if member === bram { answers.append(bytes) }
                return nil
            case .reveal(let bytes):
                reveal = bytes
                return nil
            default: return frame
            }
        }
        let eva = try meeting.enter("Eva")
        try #require(meeting.run(until: { !answers.isEmpty && company.host.lobby.count == 1 }))
        let answer = ServerFrame.lobby(LobbyFrame.answer(try LobbyAnswer(decoding: answers[0])).encoded)
        for member in [eva, company.host] { meeting.inject(answer, to: member) }
        try #require(meeting.run(until: { reveal != nil }), "\(eva.state)")
        let opened = ServerFrame.lobby(LobbyFrame.reveal(try LobbyReveal(decoding: try #require(reveal))).encoded)
        for member in [bram, company.host] { meeting.inject(opened, to: member) }
        meeting.run(200)
        #expect(eva.words != nil && bram.lobby.first?.words == eva.words)
        #expect(company.host.lobby.count == 1 && company.host.lobby[0].words == nil)
    }

    @Test("a certificate that was withdrawn is worth nothing, in one's own leaf or at the door of hosts")
    func keptCertificate() throws {
        let company = try Company(seed: 767)
        let rogue = try company.rogue()
        let chain = try self.chain(of: rogue, in: company)
        company.meeting.tell(company.host, .withdrawCohost(rogue.key))
        try #require(
            company.meeting.run(until: {
                company.everybody.allSatisfy { $0.roster.allSatisfy { $0.role != .cohost } && $0.isLive }
            }))
        company.meeting.run(500)
        try self.expectRefused(rogue, by: chain, in: company)
    }

    /// Somebody is made a co-host; what they were given for it.
    private func chain(of rogue: Rogue, in company: Company) throws -> Chain {
        company.meeting.tell(company.host, .makeCohost(rogue.key))
        try #require(
            company.meeting.run(until: {
                company.host.roster.contains { $0.signatureKey == rogue.key && $0.role == .cohost }
            }))
        company.meeting.run(500)
        return try #require(try rogue.givenChain)
    }

    /// Somebody puts a chain into their own leaf, and nobody goes along.
    private func expectRefused(_ rogue: Rogue, by chain: Chain, in company: Company) throws {
        let before = company.everybody.map(\.epoch)
        let instance = MeetingInstance(meetingID: Array(try company.server.groupID.prefix(16)), number: 0)
        var identity = rogue.identity
        identity.extensions = [
            Extension(
                type: MeetingProfile.leafExtension,
                data: BeraadLeaf(instance, clientVersion: 1, chain: chain).encoded)
        ]
        var plan = rogue.plan
        plan.identity = identity
        let message = try MLSMessage(decoding: try rogue.commit(plan).commit)
        try company.server.order(message, to: company.everybody)
        company.meeting.run(200)
        for (member, epoch) in zip(company.everybody, before) {
            #expect(member.epoch == epoch && member.isLive && member.faultCodes() == [.chain])
        }
    }

    @Test("a co-host of a host's making makes nobody a co-host: what they certify is worth nothing")
    func madeByCohost() throws {
        let company = try Company(seed: 769)
        let rogue = try company.rogue(), friend = try company.rogue("Trudy")
        let given = try self.chain(of: rogue, in: company)
        #expect(given.rights == Self.rights)
        try self.expectRefused(friend, by: try rogue.cohost(friend.key, under: given), in: company)
    }

    @Test("a co-host who was put out is none either when the list of those who are out is begun anew")
    func putOut() throws {
        let company = try Company(seed: 757)
        let rogue = try company.rogue()
        let chain = try self.chain(of: rogue, in: company)
        company.meeting.tell(company.host, .eject(rogue.key))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.roster.count == 3 } }))
        let policy = try self.policy(of: company)
        #expect(policy.isOut(rogue.key) && policy.roles.isEmpty)
        let rest = policy.revoked.filter { $0.scope != .out }
        let rule = ChainRule(policy.descriptor, revoked: rest, company.meeting.crypto)
        #expect(!rule.isValid(chain, for: rogue.key))
        #expect(ChainRule(policy.descriptor, revoked: [], company.meeting.crypto).isValid(chain, for: rogue.key))
    }

    @Test("whom the invitation made a co-host no host can make a guest, and that is said")
    func ofTheInvitation() throws {
        let company = try Company(seed: 755)
        let rogue = try Rogue("Mallory", in: company.meeting, role: .cohost)
        try company.letIn(rogue)
        company.meeting.tell(company.host, .withdrawCohost(rogue.key))
        company.meeting.run(1_000)
        #expect(company.host.refused == [.withdrawCohost(rogue.key)])
        // About whoever leads nothing there is nothing to say.
        company.meeting.tell(company.host, .withdrawCohost(try #require(company.host.key(of: "Bram"))))
        company.meeting.run(1_000)
        #expect(company.host.refused.count == 1 && company.everybody.allSatisfy { $0.faults.isEmpty })
    }

    @Test("the key of the door is a host's to give, and the one that the invitation names; another one opens nothing")
    func falseKey() throws {
        let company = try Company(seed: 768)
        let dewi = try Rogue("Dewi", in: company.meeting, role: .host)
        try company.letIn(dewi)
        let leaf = try company.leaf(of: dewi.key)
        let bram = company.guests[0], key = try #require(company.host.key(of: "Bram"))
        let target = try company.leaf(of: key)
        // What the host gives does not arrive yet.
        company.server.hears = { member, frame, _ in
            if member === company.host, case .app(let app) = frame, !app.deliverTo.isEmpty { return nil }
            return frame
        }
        try self.make(key, bram, in: company)
        company.meeting.run(500)
        try dewi.whisper(.lobbyKey, [UInt8](repeating: 7, count: 32), to: target)
        company.meeting.run(500)
        #expect(bram.faultCodes() == [.app] && bram.faults.last?.leaf == leaf)
        _ = try company.meeting.enter("Eva")
        company.meeting.run(1_000)
        #expect(bram.lobby.isEmpty && bram.faults.count == 1)
        company.server.hears = { _, frame, _ in frame }
        #expect(company.meeting.run(until: { bram.lobby.count == 1 }, within: 30_000), "\(bram.faultCodes())")
    }
}
