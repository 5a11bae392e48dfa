import BeraadTesting
import E2EE
import Testing

/// Somebody who may change the rules, or could once, and means to decide who has the link (`e2ee.md` 3.1, Rotation; 9).
@Suite("A malicious co-host and the link")
struct EvilLinkTests {
    private func cohost(in company: Company) throws -> Rogue {
        let rogue = try Rogue("Mallory", in: company.meeting, role: .cohost)
        try company.letIn(rogue)
        // Whoever renews their keys after coming in has done so, and is in nobody's way.
        company.meeting.run(5_000)
        return rogue
    }

    /// The host renews the link; the fragment of the new one.
    private func renew(_ company: Company) throws -> [UInt8] {
        company.meeting.run(2_000)
        company.meeting.tell(company.host, .rotateLink)
        try #require(
            company.meeting.run(until: { company.everybody.allSatisfy { $0.invites.count == 1 } }, within: 5_000))
        return try #require(company.host.link)
    }

    /// Everybody has the same link as the host, nobody lost their place for it, and who has it comes in.
    private func goesOn(_ company: Company, without rogue: Rogue) throws {
        let everybody = company.everybody
        #expect(Set(everybody.map { $0.link }).count == 1)
        #expect(everybody.allSatisfy { $0.isLive && $0.roster.count == 4 })
        for member in everybody {
            #expect(!member.states.dropFirst(4).contains { $0 == .knocking || $0 == .checking }, "\(member.states)")
        }
        company.meeting.tell(company.host, .eject(rogue.key))
        try #require(company.meeting.run(until: { everybody.allSatisfy { $0.roster.count == 3 } }))
        let eva = try company.meeting.enter("Eva", fragment: try #require(company.host.link))
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 }))
        company.meeting.tell(company.host, .admit([]))
        let names = ["Anna", "Bram", "Chris", "Eva"]
        #expect(
            company.meeting.run(until: { (everybody + [eva]).allSatisfy { $0.isLive && $0.names == names } }),
            "\(eva.states) \(eva.faultCodes())")
    }

    private func secret(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 16) }

    /// The id of the link with this secret.
    private func identifier(of secret: [UInt8], in company: Company) throws -> [UInt8] {
        let path = company.meeting.links.path, fragment = company.meeting.links.guest
        let link = try Link(meetingID: path.span, fragment: fragment.span, company.meeting.crypto)
        return try InviteKeys(
            secret: Secret(copying: secret.span), meetingID: link.meetingID, fingerprint: link.authorityFingerprint,
            company.meeting.crypto
        ).identifier
    }

    /// Somebody puts a link in force, and tells its secret to these people alone.
    private func name(
        _ secret: [UInt8], by rogue: Rogue, telling people: [TestMember] = [], in company: Company
    ) throws {
        let identifier = try self.identifier(of: secret, in: company)
        if !people.isEmpty {
            let leaves = try people.map { try company.leaf(of: try #require(company.host.key(of: $0.name))) }
            let message = try rogue.sealed(.inviteUpdate, secret)
            let kind = AppMessage.Kind.inviteUpdate
            rogue.say(.app(AppFrame(message: message.encoded, deliverTo: leaves, keeping: kind.keeping)))
        }
        var rules = rogue.plan
        rules.proposals = [try rogue.policy { $0.inviteID = identifier }]
        try rogue.send(rules)
    }

    // MARK: At the door

    /// A newcomer with the new link who waits; and their knock.
    private func newcomer(_ company: Company, fragment: [UInt8]) throws -> (member: TestMember, knock: LobbyRequest) {
        var knocks: [LobbyRequest] = []
        company.server.hears = { _, frame, _ in
            if case .knock(let knock) = frame, let request = try? LobbyRequest(decoding: knock) {
                knocks.append(request)
            }
            return frame
        }
        let member = try company.meeting.enter("Eva", fragment: fragment)
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 }))
        return (member, try #require(knocks.first))
    }

    /// A note with an invite's secret.
    private func note(_ secret: consuming Secret, by rogue: Rogue, to knock: LobbyRequest) throws -> ServerFrame {
        let note = try rogue.signed(
            LobbyNote(text: [], inviteSecret: HeldSecret(secret), issuer: try #require(rogue.chain)))
        let frame = LobbyNoteFrame(
            requestHash: knock.hash(rogue.crypto), sealed: try Lobby.seal(note, to: knock, rogue.crypto),
            decision: .soon)
        return .lobby(LobbyFrame.note(frame).encoded)
    }

    /// The secret with which the meeting began.
    private func oldSecret(_ company: Company) throws -> Secret {
        let path = company.meeting.links.path, fragment = company.meeting.links.guest
        return try Link(meetingID: path.span, fragment: fragment.span, company.meeting.crypto).inviteSecretCopy()
    }

    /// A group of the rogue's own under the old link, into which it lets somebody, and the server shows it to them.
    private func lure(_ member: TestMember, _ knock: LobbyRequest, into rogue: Rogue, _ company: Company) throws {
        let descriptor = try MeetingDescriptor(decoding: try company.server.descriptors().meeting)
        try rogue.found(descriptor, serverKey: company.meeting.serverKey)
        var plan = rogue.plan
        plan.proposals = rogue.adding([try KeyPackage(decoding: knock.keyPackage)])
        let frame = try rogue.commit(plan)
        rogue.adopt()
        _ = Bubble(company.server, [member, rogue.seat], state: try rogue.state, at: 7)
        company.meeting.inject(
            .welcome(message: frame.welcome, sequence: 7, keyPackageRef: frame.added[0].keyPackageRef), to: member)
        company.meeting.run(1_000)
    }

    @Test("a co-host who was put out turns no newcomer back to the old link by a note at the door")
    func noteOfCohost() throws {
        let company = try Company(seed: 660)
        let rogue = try self.cohost(in: company)
        company.meeting.tell(company.host, .eject(rogue.key))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.roster.count == 3 } }))
        let new = try self.renew(company)
        let (eva, knock) = try self.newcomer(company, fragment: new)
        company.meeting.inject(try self.note(try self.oldSecret(company), by: rogue, to: knock), to: eva)
        company.meeting.run(100)
        #expect(eva.faultCodes() == [.welcome] && eva.state == .knocking)
        try self.lure(eva, knock, into: rogue, company)
        #expect(eva.state == .knocking && eva.faultCodes() == [.welcome, .welcome], "\(eva.states)")
        #expect(eva.link == new && eva.invites.isEmpty && eva.epochs.isEmpty)
    }

    @Test("a host's word of another link changes nothing before somebody who may has let one in by it")
    func welcomeOfNobody() throws {
        let company = try Company(seed: 661)
        let new = try self.renew(company)
        let (eva, knock) = try self.newcomer(company, fragment: new)
        // It holds the host link, and tells the secret of before; the group is of somebody who may let nobody in.
        let owner = try Rogue("Otto", in: company.meeting, role: .host)
        company.meeting.inject(try self.note(try self.oldSecret(company), by: owner, to: knock), to: eva)
        company.meeting.run(100)
        #expect(eva.faults.isEmpty)
        try self.lure(eva, knock, into: try Rogue("Mallory", in: company.meeting), company)
        #expect(eva.state == .knocking && eva.faultCodes().last == .welcome, "\(eva.states)")
        #expect(eva.link == new && eva.invites.isEmpty && eva.epochs.isEmpty)
    }

    // MARK: Inside

    @Test("a co-host who names a link that nobody was told, and lets somebody in by it, moves nobody")
    func untold() throws {
        let company = try Company(seed: 662)
        let rogue = try self.cohost(in: company)
        let ghost = try Rogue("Ghost", in: company.meeting)
        let identifier = [UInt8](repeating: 9, count: 16)
        var rules = rogue.plan
        rules.proposals = [try rogue.policy { $0.inviteID = identifier }]
        rogue.say(.commit(try rogue.commit(rules)))
        // It does not wait for the others: nobody has a moment to renew the link in between.
        rogue.adopt()
        let package = try MeetingGroup.keyPackage(ghost.identity, now: TestMeeting.unix, ghost.crypto).keyPackage
        var add = rogue.plan
        add.preSharedKeys.set(
            external: identifier, HeldSecret(Secret(copying: [UInt8](repeating: 8, count: 32).span)))
        let name = PreSharedKeyID(name: .external(identifier), nonce: [UInt8](repeating: 1, count: 32))
        add.proposals = [.add(Add(keyPackage: package)), .preSharedKey(PreSharedKey(psk: name))]
        rogue.say(.commit(try rogue.commit(add)))
        #expect(
            company.meeting.run(until: { company.everybody.allSatisfy { $0.invites.count == 1 && $0.isLive } }),
            "\(company.everybody.map { $0.states })")
        for member in company.everybody { #expect(member.faultCodes() == [.psk, .psk], "\(member.name)") }
        #expect(company.host.refused.isEmpty)
        try self.goesOn(company, without: rogue)
    }

    @Test("a link of which nobody was told gives way to the one before, which everybody has who was invited")
    func former() throws {
        let company = try Company(seed: 664)
        let rogue = try self.cohost(in: company), invited = try #require(company.host.link)
        try self.name(self.secret(9), by: rogue, in: company)
        #expect(
            company.meeting.run(until: { company.everybody.allSatisfy { $0.invites.count == 1 } }),
            "\(company.everybody.map { $0.faultCodes() })")
        for member in company.everybody {
            #expect(member.invites == [rogue.invite.identifier] && member.faultCodes() == [.psk], "\(member.name)")
        }
        #expect(company.host.link == invited && company.host.refused.isEmpty)
        try self.goesOn(company, without: rogue)
    }

    @Test("those who were told such a link follow it, and the host to the one before; nobody loses their place")
    func toldToSome() throws {
        let company = try Company(seed: 665)
        let rogue = try self.cohost(in: company), invited = try #require(company.host.link)
        let secret = self.secret(9)
        try self.name(secret, by: rogue, telling: company.guests, in: company)
        #expect(
            company.meeting.run(until: { company.guests.allSatisfy { $0.invites.count == 2 } }),
            "\(company.everybody.map { $0.faultCodes() })")
        let other = try self.identifier(of: secret, in: company)
        for guest in company.guests {
            #expect(guest.invites == [other, rogue.invite.identifier] && guest.faults.isEmpty, "\(guest.name)")
        }
        #expect(company.host.invites == [rogue.invite.identifier] && company.host.faultCodes() == [.psk])
        #expect(company.host.link == invited)
        try self.goesOn(company, without: rogue)
    }

    @Test("a co-host who does it again and again is answered once each time, and moves nobody")
    func again() throws {
        let company = try Company(seed: 666)
        let rogue = try self.cohost(in: company), invited = try #require(company.host.link)
        let epoch = try #require(company.host.epoch), often = 8
        for number in 1...often {
            try self.name(self.secret(UInt8(number)), by: rogue, in: company)
            try #require(
                company.meeting.run(until: { company.everybody.allSatisfy { $0.invites.count == number } }),
                "\(number): \(company.everybody.map { $0.faultCodes() })")
            company.meeting.run(1_000)
        }
        #expect(company.host.epoch == epoch + 2 * UInt64(often) && company.host.link == invited)
        for member in company.everybody {
            #expect(member.invites == Array(repeating: rogue.invite.identifier, count: often), "\(member.name)")
            #expect(member.faultCodes() == Array(repeating: FaultCode.psk, count: often), "\(member.name)")
        }
        try self.goesOn(company, without: rogue)
    }

    @Test(
        "of two hosts who both replace a link of which nobody told them one is faster, and both end on the same",
        arguments: [false, true])
    func twoHosts(_ isFormer: Bool) throws {
        let company = try Company(seed: 667)
        let dewi = try Rogue("Dewi", in: company.meeting, role: .host)
        try company.letIn(dewi)
        let rogue = try self.cohost(in: company)
        let host = company.host, epoch = try #require(host.epoch)
        var isHeld = false
        // Between the host's word and the Commit that names it.
        company.server.hears = { member, frame, request in
            guard member === host, case .commit = frame, !isHeld else { return frame }
            isHeld = true
            company.meeting.inject(.error(.stale), request: request, to: member)
            return nil
        }
        try self.name(self.secret(7), by: rogue, in: company)
        try #require(company.meeting.run(until: { isHeld }))
        let secret = try isFormer ? self.oldSecret(company).copied() : self.secret(8)
        try self.name(secret, by: dewi, telling: company.everybody, in: company)
        let identifier = try self.identifier(of: secret, in: company)
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { !$0.invites.isEmpty } }))
        company.meeting.run(5_000)
        for member in company.everybody {
            #expect(member.invites == [identifier] && member.faultCodes() == [.psk], "\(member.name)")
            #expect(member.isLive && member.roster.count == 5 && member.link == host.link, "\(member.states)")
        }
        #expect(host.epoch == epoch + 2 && host.refused.isEmpty)
    }

    @Test(
        "a link that another host named gives way to a fresh one, also when a co-host hides it: the one before may have leaked",
        arguments: [false, true])
    func ofHost(_ isHidden: Bool) throws {
        let company = try Company(seed: 668)
        let dewi = try Rogue("Dewi", in: company.meeting, role: .host)
        try company.letIn(dewi)
        let rogue = try self.cohost(in: company)
        let host = company.host, invited = try #require(host.link)
        var isHeld = isHidden
        company.server.hears = { member, frame, request in
            guard member === host, case .commit = frame, isHeld else { return frame }
            company.meeting.inject(.error(.stale), request: request, to: member)
            return nil
        }
        try self.name(self.secret(5), by: dewi, telling: company.guests, in: company)
        if isHidden {
            company.meeting.run(14_000)
            try self.name(self.secret(6), by: rogue, in: company)
            // The host begins once more with what takes too long.
            company.meeting.run(7_000)
            #expect(host.invites.isEmpty && host.link == invited)
            try dewi.answerChallenges(at: company.meeting.now)
            isHeld = false
        }
        func isRenewed() -> Bool {
            host.invites.count == 1 && company.guests.allSatisfy { $0.invites.last == host.invites.last }
        }
        #expect(company.meeting.run(until: isRenewed), "\(company.everybody.map { $0.invites.count })")
        let fresh = try #require(host.link), other = try self.identifier(of: self.secret(5), in: company)
        #expect(fresh != invited && host.invites != [other])
        #expect(company.everybody.allSatisfy { $0.isLive && $0.link == fresh && $0.roster.count == 5 })
        // That one is the one before from now on.
        try self.name(self.secret(7), by: rogue, in: company)
        #expect(company.meeting.run(until: { host.invites.count == 2 }), "\(host.faultCodes())")
        #expect(company.everybody.allSatisfy { $0.link == fresh } && host.refused.isEmpty)
    }

    @Test("where the door is open such a link gives way to a fresh one: the one before lets in by itself")
    func openDoor() throws {
        let company = try Company(seed: 669) { $0.admission = .open }
        let rogue = try self.cohost(in: company), invited = try #require(company.host.link)
        try self.name(self.secret(9), by: rogue, in: company)
        #expect(
            company.meeting.run(until: { company.everybody.allSatisfy { $0.invites.count == 1 } }),
            "\(company.everybody.map { $0.faultCodes() })")
        #expect(company.host.link != invited && company.host.refused.isEmpty)
        try self.goesOn(company, without: rogue)
    }

    @Test("links that come and go take no room from those before: who has the first one is understood at the door")
    func comeAndGo() throws {
        let company = try Company(seed: 670)
        let rogue = try self.cohost(in: company), old = try #require(company.host.link)
        // A sign of life, as below.
        try rogue.send(rogue.plan)
        let new = try self.renew(company)
        let said = try #require(rogue.heard.last { $0.message.kind == .inviteUpdate }?.message.body)
        for (count, secret) in [self.secret(1), said, self.secret(2), said].enumerated() {
            try self.name(secret, by: rogue, telling: company.everybody, in: company)
            try #require(
                company.meeting.run(until: { company.everybody.allSatisfy { $0.invites.count == count + 2 } }),
                "\(count): \(company.everybody.map { $0.faultCodes() })")
            company.meeting.run(500)
        }
        #expect(company.host.link == new && company.everybody.allSatisfy { $0.faults.isEmpty })
        let eva = try company.meeting.enter("Eva", fragment: old)
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 }), "\(company.host.faultCodes())")
        #expect(company.host.lobby.map(\.isFromLink) == [true])
        company.meeting.tell(company.host, .admit([]))
        #expect(company.meeting.run(until: { eva.isLive && eva.link == new }), "\(eva.states) \(eva.faultCodes())")
    }

    @Test("a co-host who talks of many links pushes out none but their own")
    func talkative() throws {
        let company = try Company(seed: 663)
        let rogue = try self.cohost(in: company)
        let host = company.host, epoch = try #require(company.host.epoch)
        // A sign of life: a host tells nobody a secret without a fresh one of those who lead (`e2ee.md` 8).
        try rogue.send(rogue.plan)
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.epoch == epoch + 1 } }))
        var isHeld = false
        // Between the host's word and the Commit that names it.
        company.server.hears = { member, frame, request in
            guard member === host, case .commit = frame, !isHeld else { return frame }
            isHeld = true
            company.meeting.inject(.error(.stale), request: request, to: member)
            return nil
        }
        company.meeting.tell(host, .rotateLink)
        try #require(company.meeting.run(until: { isHeld }))
        for number in 1...6 as ClosedRange<UInt8> {
            try rogue.tell(.inviteUpdate, [UInt8](repeating: number, count: 16))
        }
        #expect(
            company.meeting.run(until: { company.everybody.allSatisfy { $0.invites.count == 1 } }),
            "\(company.everybody.map { $0.faultCodes() })")
        #expect(company.everybody.allSatisfy { $0.faults.isEmpty } && host.refused.isEmpty)
        try self.goesOn(company, without: rogue)
    }
}
