import BeraadTesting
import E2EE
import Testing

/// A link that got into wrong hands is renewed (`e2ee.md` 3.1, Rotation; 9): who is in goes on, who comes with the old one
/// stands at the door like a stranger.
@Suite("Renewing the link")
struct RotationTests {
    /// A host who renewed the link, with everybody who was told; and the fragment of the link before.
    private func renewed(
        seed: UInt64, keepsState: Bool = false, _ change: (inout MeetingDraft) -> Void = { _ in }
    ) throws -> (company: Company, old: [UInt8], new: [UInt8]) {
        let company = try Company(seed: seed, keepsState: keepsState, change)
        company.meeting.run(2_000)
        let old = try #require(company.host.link)
        company.meeting.tell(company.host, .rotateLink)
        try #require(
            company.meeting.run(until: { company.everybody.allSatisfy { $0.invites.count == 1 } }, within: 5_000),
            "\(company.host.refused) \(company.everybody.map { $0.faultCodes() })")
        return (company, old, try #require(company.host.link))
    }

    private func areTogether(_ people: [TestMember]) -> Bool {
        let names = people.map(\.name).sorted()
        return people.allSatisfy { $0.isLive && $0.names == names } && Set(people.map(\.baseKey)).count == 1
    }

    @Test("everybody goes on and passes on the new link; whoever comes with it is let in as ever")
    func goesOn() throws {
        let (company, old, new) = try self.renewed(seed: 640)
        #expect(new != old && company.guests.allSatisfy { $0.link == new })
        #expect(Set(company.everybody.map { $0.invites }).count == 1 && company.host.refused.isEmpty)
        #expect(company.everybody.allSatisfy { $0.openedAt.count == 1 && $0.faults.isEmpty })
        let eva = try company.meeting.enter("Eva", fragment: new)
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 }))
        #expect(company.host.lobby.map(\.isFromLink) == [true] && company.host.lobby.map(\.wasIn) == [false])
        company.meeting.tell(company.host, .admit([]))
        #expect(company.meeting.run(until: { self.areTogether(company.everybody + [eva]) }), "\(eva.states)")
    }

    @Test("whoever knocks with the old link learns the new one when they are let in, and not before")
    func oldLink() throws {
        let (company, old, new) = try self.renewed(seed: 641)
        let eva = try company.meeting.enter("Eva", fragment: old)
        try #require(company.meeting.run(until: { company.host.lobby.first?.words != nil }))
        #expect(company.host.lobby.map(\.isFromLink) == [true])
        company.meeting.run(12_000)
        #expect(eva.state == .knocking && eva.link == old && company.host.roster.count == 3)
        company.meeting.tell(company.host, .admit([]))
        #expect(
            company.meeting.run(until: { self.areTogether(company.everybody + [eva]) }),
            "\(eva.states) \(eva.faultCodes()) \(company.host.refused)")
        #expect(eva.link == new && eva.faults.isEmpty)
    }

    @Test("who is refused with the old link never learns the new one; nor does who cannot be let in")
    func refused() throws {
        let (company, old, _) = try self.renewed(seed: 642)
        let eva = try company.meeting.enter("Eva", fragment: old)
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 }))
        company.meeting.tell(company.host, .lock(true))
        company.meeting.run(500)
        company.meeting.tell(company.host, .admit([]))
        company.meeting.run(2_000)
        #expect(!company.host.refused.isEmpty && eva.link == old && eva.state == .knocking)
        company.meeting.tell(company.host, .refuse(company.host.lobby[0].requestHash, note: []))
        #expect(company.meeting.run(until: { eva.state == .out(.refused) }))
        #expect(eva.epochs.isEmpty && eva.invites.isEmpty)
    }

    @Test("through an open door nobody comes by themselves with the old link, whoever orders what they say")
    func openDoor() throws {
        let (company, old, new) = try self.renewed(seed: 643) { $0.admission = .open }
        company.meeting.openDoor()
        let eva = try company.meeting.enter("Eva", fragment: old)
        company.meeting.run(5_000)
        #expect(eva.state == .knocking && eva.epochs.isEmpty && eva.faultCodes() == [.psk], "\(eva.states)")
        // One who says nothing of the kind, and makes the Commit all the same.
        let rogue = try Rogue("Mallory", in: company.meeting)
        let before = company.everybody.map { ($0.epoch, $0.faults.count) }
        let state = try company.server.state
        let join = try rogue.join(state.info, state.tree, .invite)
        let message = join.message
        try company.server.order(message, to: company.everybody)
        company.meeting.run(200)
        for (member, (epoch, faults)) in zip(company.everybody, before) {
            #expect(member.epoch == epoch && member.isLive && member.faultCodes(since: faults) == [.psk])
        }
        let fay = try company.meeting.enter("Fay", fragment: new)
        #expect(company.meeting.run(until: { self.areTogether(company.everybody + [fay]) }), "\(fay.states)")
    }

    @Test("whoever is let in while the link is renewed is told as well")
    func newcomer() throws {
        let company = try Company(seed: 644)
        let eva = try company.meeting.enter("Eva")
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 }))
        company.meeting.tell(company.host, .admit([]))
        company.meeting.tell(company.host, .rotateLink)
        let all = company.everybody + [eva]
        #expect(company.meeting.run(until: { all.allSatisfy { $0.invites.count == 1 } }), "\(all.map(\.states))")
        #expect(company.meeting.run(until: { self.areTogether(all) }))
        #expect(Set(all.map { $0.link }).count == 1 && all.allSatisfy { $0.faults.isEmpty })
    }

    @Test("two who renew it in the same moment both get it, one after the other, and all have the same in the end")
    func two() throws {
        let company = try Company(seed: 645)
        let bram = company.guests[0]
        company.meeting.tell(company.host, .makeCohost(try #require(company.host.key(of: "Bram"))))
        try #require(company.meeting.run(until: { bram.policies.last?.rights.contains(.policy) == true }))
        company.meeting.run(2_000)
        for member in [company.host, bram] { company.meeting.tell(member, .rotateLink) }
        #expect(
            company.meeting.run(until: { company.everybody.allSatisfy { $0.invites.count == 2 } }),
            "\(company.host.refused) \(bram.refused) \(company.everybody.map { $0.invites.count })")
        #expect(Set(company.everybody.map { $0.invites }).count == 1)
        #expect(company.everybody.allSatisfy { $0.isLive && $0.faults.isEmpty && $0.refused.isEmpty })
    }

    @Test("somebody who drops out meanwhile comes back with a pass and the old link, and is told at the door")
    func dropsOut() throws {
        let company = try Company(seed: 646)
        let bram = company.guests[0]
        company.meeting.run(2_000)
        company.meeting.disconnect(bram)
        company.meeting.tell(company.host, .rotateLink)
        company.meeting.tell(company.host, .lock(true))
        try #require(company.meeting.run(until: { company.host.roster.count == 2 }, within: 45_000))
        company.meeting.connect(bram)
        #expect(
            company.meeting.run(until: { self.areTogether(company.everybody) }),
            "\(bram.states) \(bram.faultCodes()) \(company.host.refused)")
        #expect(bram.states.contains(.knocking) && bram.link == company.host.link)
        #expect(company.host.lobby.isEmpty && company.host.refused.isEmpty)
    }

    @Test("a device that keeps a state keeps the link in force")
    func kept() throws {
        let (company, _, new) = try self.renewed(seed: 647, keepsState: true)
        company.meeting.run(2_000)
        let bram = try company.restart(company.guests[0])
        #expect(company.meeting.run(until: { bram.isLive && bram.link == new }), "\(bram.states)")
    }

    @Test("where the others cannot be told nothing is renewed, and the host is told")
    func untold() throws {
        let company = try Company(seed: 648)
        let old = company.host.link
        company.server.hears = { member, frame, _ in
            if member === company.host, case .app = frame { return nil }
            return frame
        }
        company.meeting.tell(company.host, .rotateLink)
        company.meeting.run(22_000)
        #expect(company.host.refused == [.rotateLink] && company.everybody.allSatisfy { $0.link == old })
        #expect(company.host.isLive && company.host.invites.isEmpty)
    }

    @Test("a host who does not hear that the Commit was taken, and gives the link up, is in all the same when they do")
    func givenUp() throws {
        let company = try Company(seed: 651)
        let host = company.host
        company.meeting.run(2_000)
        var isDeaf = false
        company.server.hears = { member, frame, _ in
            if member === host, case .commit = frame { isDeaf = true }
            return frame
        }
        company.server.says = { member, frame in member === host && isDeaf ? nil : frame }
        company.meeting.tell(host, .rotateLink)
        try #require(company.meeting.run(until: { company.guests.allSatisfy { $0.invites.count == 1 } }))
        company.meeting.run(21_000)
        #expect(host.refused == [.rotateLink] && host.invites.isEmpty)
        company.server.hears = { _, frame, _ in frame }
        company.server.says = { $1 }
        // Back in by a resync, a host looks who is in before anything is sent.
        try #require(company.meeting.run(until: { host.gateReasons == .unhosted }, within: 30_000), "\(host.states)")
        company.meeting.tell(host, .continueUnhosted)
        #expect(
            company.meeting.run(until: { self.areTogether(company.everybody) }, within: 30_000),
            "\(host.states) \(host.faultCodes())")
        #expect(host.link == company.guests[0].link && host.invites.count == 1)
        #expect(!host.states.contains(.knocking))
    }

    // MARK: Evil

    @Test("a guest renews nothing: neither does the engine ask for it, nor do the others believe one that says so")
    func byGuest() throws {
        let company = try Company(seed: 649)
        let old = company.host.link
        company.meeting.tell(company.guests[0], .rotateLink)
        let rogue = try company.rogue()
        let leaf = try company.leaf(of: rogue.key)
        let secret = [UInt8](repeating: 3, count: 16)
        try rogue.tell(.inviteUpdate, secret)
        company.meeting.run(300)
        var plan = rogue.plan
        plan.proposals = [try rogue.policy { $0.inviteID = secret }]
        let message = try MLSMessage(decoding: try rogue.commit(plan).commit)
        try company.server.order(message, to: company.everybody)
        company.meeting.run(500)
        #expect(company.guests[0].refused == [.rotateLink])
        for member in company.everybody {
            #expect(member.faultCodes() == [.app, .rank] && member.faults.allSatisfy { $0.leaf == leaf })
            #expect(member.link == old && member.isLive && member.invites.isEmpty && member.heard.isEmpty)
        }
    }

    @Test(
        "withhold-from-one: whoever is not told the new link stays in and says so, and gets it at the door when somebody new comes"
    )
    func withheld() throws {
        let company = try Company(seed: 650)
        let chris = company.guests[1], old = company.host.link
        company.meeting.run(2_000)
        company.server.says = { member, frame in
            guard member === chris else { return frame }
            switch frame {
            case .event(let event): return Self.isSealed(event.message) ? nil : frame
            case .data(let bytes):
                guard case .log(let next, let last, let lines)? = try? DataFrame(decoding: bytes) else { return frame }
                let open = lines.filter { line in
                    (try? MLSMessage(decoding: line.message)).map { !Self.isSealed($0) } ?? true
                }
                return .data(DataFrame.log(next: next, last: last, open).encoded)
            default: return frame
            }
        }
        company.meeting.tell(company.host, .rotateLink)
        try #require(
            company.meeting.run(until: { company.host.invites.count == 1 && chris.epoch == company.host.epoch }),
            "\(chris.states)")
        company.server.says = { $1 }
        company.meeting.run(1_000)
        #expect(chris.isLive && chris.link == old && chris.faultCodes() == [.psk])
        let eva = try company.meeting.enter("Eva", fragment: try #require(company.host.link))
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 }))
        company.meeting.tell(company.host, .admit([]))
        // Chris alone refuses that, says so, and waits whether the service takes it back.
        company.meeting.run(3_000)
        #expect(chris.faultCodes() == [.psk, .psk] && chris.gateReasons?.contains(.behind) == true)
        #expect(!chris.states.dropFirst(4).contains(.checking) && chris.roster.count == 3, "\(chris.states)")
        #expect(
            company.meeting.run(until: { self.areTogether(company.everybody + [eva]) }, within: 15_000),
            "\(chris.states) \(chris.faultCodes()) \(company.host.refused)")
        #expect(chris.states.contains(.knocking) && chris.link == company.host.link)
        #expect(company.host.refused.isEmpty && company.host.lobby.isEmpty)
    }

    @Test("a host who left comes back by their own seed beside the new secret; by the first host link they knock")
    func hostComesBack() throws {
        let (company, _, new) = try self.renewed(seed: 663)
        company.meeting.tell(company.host, .leave)
        try #require(company.meeting.run(until: { company.guests.allSatisfy { $0.roster.count == 2 } }, within: 30_000))
        company.meeting.disconnect(company.host)
        let first = company.meeting.links.host
        let knocking = try company.meeting.enter("Anna", fragment: first)
        company.meeting.run(5_000)
        #expect(knocking.state == .knocking && knocking.faultCodes().contains(.psk), "\(knocking.states)")
        company.meeting.crash(knocking)
        let host = Base64URL.decode(first.span), guest = Base64URL.decode(new.span)
        let own = try #require(host), secret = try #require(guest)
        let beside: [UInt8] = [2] + secret[1..<17] + own[17...]
        let anna = try company.meeting.enter("Anna", fragment: Base64URL.encode(beside.span))
        // Whoever comes to people without a host looks at who is there first (`e2ee.md` 11).
        try #require(company.meeting.run(until: { anna.gateReasons == .unhosted && anna.roster.count == 3 }))
        company.meeting.tell(anna, .continueUnhosted)
        #expect(
            company.meeting.run(until: { self.areTogether(company.guests + [anna]) }, within: 15_000),
            "\(anna.states) \(anna.faultCodes()) \(anna.gateReasons as Any) \(company.guests.map(\.states))")
        #expect(anna.link == new)
    }

    private static func isSealed(_ message: MLSMessage) -> Bool {
        if case .privateMessage = message { true } else { false }
    }
}

extension TestMember {
    /// The fragment of the common link, as they pass it on.
    var link: [UInt8]? { self.engine.guestFragment }
}
