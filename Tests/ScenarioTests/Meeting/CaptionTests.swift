import BeraadTesting
import E2EE
import Meeting
import Testing

/// Captions (`e2ee.md` 8, kind 25), who lets services in, and when they go (4.3, 10).
@Suite("Captioners, and whose they are")
struct CaptionTests {
    private func caption(_ text: String, about leaf: UInt32) -> EngineCommand {
        .say(.caption, Caption(text: Array(text.utf8), about: leaf))
    }

    private func leaf(of member: TestMember) throws -> UInt32 {
        try #require(member.roster.first(where: \.isOwn)?.leaf)
    }

    @Test("a captioner writes down what those say who agreed, and of nobody else")
    func captions() throws {
        let company = try Company.serviced(seed: 920)
        let service = try company.service()
        let (anna, bram) = (company.host, company.guests[0])
        try company.answer(anna, service, true)
        try company.answer(bram, service, false)
        try #require(company.meeting.run(until: { service.usable(anna) == .all }))
        company.meeting.tell(service, self.caption("goedemorgen", about: try self.leaf(of: anna)))
        company.meeting.run(300)
        for member in company.everybody {
            let heard = try #require(member.heard(.caption).first)
            let caption = try Caption(decoding: heard.body)
            #expect(heard.signatureKey == service.key && caption.text == Array("goedemorgen".utf8))
            #expect(caption.leaf == (try self.leaf(of: anna)))
        }
        for about in [try self.leaf(of: bram), 77] {
            company.meeting.tell(service, self.caption("stiekem", about: about))
        }
        company.meeting.tell(service, .chat("ik ben geen mens"))
        #expect(service.refused.count == 3)
        company.meeting.run(500)
        #expect(company.everybody.allSatisfy { $0.heard(.caption).count == 1 && $0.faults.isEmpty })
    }

    @Test("whoever said no to a captioner is shown no line of their own by it")
    func invented() throws {
        let company = try Company.serviced(seed: 928, ["Bram"])
        let bram = company.guests[0]
        let info = try company.info()
        let rogue = try company.rogueService(info)
        company.meeting.tell(company.host, .consent(rogue.key, info, isGiven: true, text: [65]))
        company.meeting.tell(bram, .consent(rogue.key, info, isGiven: false, text: [65]))
        company.meeting.run(1_000)
        for (index, about) in [company.host, bram].enumerated() {
            let line = Caption(text: [65], about: try self.leaf(of: about))
            try rogue.tell(.caption, line.encoded)
            company.meeting.run(500)
            #expect(company.host.heard(.caption).count == index + 1)
            #expect(bram.heard(.caption).count == 1, "what others said he reads, and what he did not say he does not")
        }
        #expect(company.everybody.allSatisfy { $0.faults.isEmpty })
    }

    @Test("a caption of a person or of a recorder is not heard, and its author is named; one about nobody is not heard")
    func forged() throws {
        let company = try Company.serviced(seed: 921, ["Bram"])
        company.meeting.tell(company.guests[0], self.caption("hij zei", about: 0))
        #expect(company.guests[0].refused.count == 1)
        let rogue = try company.rogue()
        let leaf = try company.leaf(of: rogue.key)
        try rogue.tell(.caption, Caption(text: [65], about: 0).encoded)
        company.meeting.run(300)
        for member in company.everybody {
            #expect(member.faultCodes() == [.app] && member.faults[0].leaf == leaf && member.heard(.caption).isEmpty)
        }
        var (heard, faults) = (0, 1)
        for (name, role) in [("Recorder", Role.recorder), ("Captioner", .captions)] {
            let info = try company.info(role)
            let machine = try company.rogueService(info, named: name)
            company.meeting.tell(company.host, .consent(machine.key, info, isGiven: true, text: [65]))
            company.meeting.run(1_000)
            for about in [0, 77] as [UInt32] { try machine.tell(.caption, Caption(text: [65], about: about).encoded) }
            try machine.tell(.caption, [1, 65])
            company.meeting.run(300)
            if role == .captions { (heard, faults) = (heard + 1, faults + 1) } else { faults += 3 }
            for member in company.everybody {
                #expect(member.faultCodes().count == faults && member.heard(.caption).count == heard, "\(name)")
            }
        }
    }

    @Test("who says yes to everybody at the door does not mean a service; by itself none comes in")
    func door() throws {
        let company = try Company.serviced(seed: 922, ["Bram"])
        let service = try company.knock()
        #expect(company.host.lobby[0].service?.role == .captions)
        company.meeting.tell(company.host, .admit([]))
        company.meeting.tell(company.host, .setAdmission(.open))
        company.meeting.run(10_000)
        #expect(service.state == .knocking && company.host.roster.count == 2 && company.host.lobby.count == 1)
        company.meeting.tell(company.host, .setAdmission(.waiting))
        company.meeting.run(1_000)
        try company.admit()
        #expect(company.meeting.run(until: { service.isLive }))
    }

    @Test("where the authority allowed none nobody lets one in, and for two none comes in whatever it allowed")
    func never() throws {
        for (seats, allowed) in [(300, []), (2, []), (2, .captions)] as [(UInt16, ServiceSet)] {
            let company = try Company(seed: 923, []) {
                $0.membersMax = seats
                $0.services = allowed
            }
            let service = try company.knock()
            let hash = company.host.lobby[0].requestHash, before = company.host.epoch
            company.meeting.tell(company.host, .admit([hash]))
            company.meeting.run(5_000)
            #expect(company.host.refused == [.admit([hash])] && company.host.roster.count == 1, "\(seats) \(allowed)")
            #expect(company.host.epoch == before && service.epochs.isEmpty && company.host.isLive)
        }
    }

    @Test("a service goes when its owner has left: who may end it does, and one without anybody goes by itself")
    func ownerLeft() throws {
        let company = try Company.serviced(seed: 924, ["Bram", "Dirk"])
        let (bram, dirk) = (company.guests[0], company.guests[1])
        let service = try company.service(owner: dirk)
        try company.agree(to: service)
        company.meeting.tell(dirk, .leave)
        let rest = [company.host, bram]
        #expect(
            company.meeting.run(until: { rest.allSatisfy { $0.roster.count == 2 } }, within: 15_000),
            "\(company.host.roster.count) \(service.state)")
        #expect(company.meeting.run(until: { rest.allSatisfy { $0.isLive } }))
        guard case .out = service.state else {
            Issue.record("\(service.state)")
            return
        }
    }

    @Test("where only its owner could end it, an honest one leaves by itself")
    func hostLeft() throws {
        let company = try Company.serviced(seed: 926, ["Bram"])
        let service = try company.service()
        company.meeting.tell(company.host, .leave)
        #expect(
            company.meeting.run(until: { company.guests[0].roster.count == 1 }, within: 20_000), "\(service.state)")
    }

    @Test("one that stays although its owner left is taken out")
    func stubborn() throws {
        let company = try Company.serviced(seed: 925, ["Bram", "Dirk"])
        let dirk = company.guests[1], rest = [company.host, company.guests[0]]
        var info = try company.info()
        info.ownerKey = try #require(dirk.key)
        let machine = try company.rogueService(info)
        company.meeting.run(2_000)
        company.meeting.tell(dirk, .leave)
        #expect(
            company.meeting.run(
                until: { rest.allSatisfy { $0.isLive && $0.roster.count == 2 } }, within: 20_000),
            "\(company.host.roster.count) \(company.host.gateReasons as Any)")
        company.meeting.run(500)
        #expect(machine.isRemoved)
    }
}
