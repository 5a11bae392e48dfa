import BeraadTesting
import E2EE
import Meeting
import Testing

/// Recorders and captioners (`e2ee.md` 10, promise P-020): nobody sends anything before they said yes.
@Suite("Recorders, captioners, and whom they hear")
struct ServiceTests {
    @Test(
        "with the Commit that lets a service in everybody falls silent, in the same step, and it reads no name and no word"
    )
    func silence() throws {
        let company = try Company.serviced(seed: 900)
        // Whoever renews keys after coming in has done so.
        company.meeting.run(6_000)
        let info = try company.info(.recorder, .record)
        let recorder = try company.rogueAtDoor(info, named: "Recorder")
        #expect(company.host.lobby[0].service == info, "whoever lets it in reads all it says")
        let before = try #require(company.host.epoch)
        company.meeting.tell(company.host, .admit([company.host.lobby[0].requestHash]))
        for _ in 0..<300 {
            company.meeting.run(10)
            for member in company.everybody where member.epoch != before {
                #expect(!member.isLive && member.gateReasons?.contains(.consent) == true, "\(member.name)")
            }
        }
        #expect(company.everybody.allSatisfy { $0.epoch == before + 1 && $0.gateReasons == .consent })
        try recorder.enter()
        for member in company.everybody {
            company.meeting.tell(member, .chat("hoor je mij"))
            company.meeting.tell(member, .say(.hand, Hand(isUp: true)))
            #expect(member.refused.count == 2 && member.state == .paused)
        }
        company.meeting.run(30_000)
        // Signs of life, passes for people and a Commit or two.
        let heard = Set(recorder.heard.map(\.message.kind))
        #expect(heard.isSubset(of: [.beacon, .challenge, .response, .passes]), "\(heard)")
        #expect(company.everybody.allSatisfy { $0.faults.isEmpty && $0.gateReasons == .consent })
    }

    @Test(
        "who says yes sends again, the others not; who said no hears everything, and may change their mind, both ways")
    func answers() throws {
        let company = try Company.serviced(seed: 901)
        let service = try company.service()
        let (anna, bram, chris) = (company.host, company.guests[0], company.guests[1])
        for member in company.everybody { #expect(member.answer(to: service) == .unasked && !member.isLive) }
        #expect(service.roster.filter { !$0.isOwn }.allSatisfy { $0.name.isEmpty && $0.usable.isEmpty })
        try company.answer(anna, service, true)
        #expect(anna.isLive && anna.answer(to: service) == .yes, "at once")
        try company.answer(bram, service, false)
        #expect(company.meeting.run(until: { service.usable(anna) == .all }))
        company.meeting.tell(anna, .chat("welkom"))
        company.meeting.run(500)
        #expect(bram.read == ["welkom"] && chris.read == ["welkom"] && service.read == ["welkom"])
        #expect(bram.answer(to: service) == .no && bram.gateReasons == .consent && !chris.isLive)
        #expect(service.usable(bram) == [] && service.usable(chris) == [])
        // Their own log says what they said.
        for (member, decision) in [(anna, ConsentDecision.yes), (bram, .no)] {
            let said = try #require(member.heard(.consent).first)
            let statement = try ConsentStatement(decoding: said.body)
            #expect(member.heard(.consent).count == 1 && statement.decision == decision)
            #expect(statement.person == member.key && statement.service == service.key)
            #expect(statement.textHash == ConsentStatement.hash(of: Array("Mag dit?".utf8), company.meeting.crypto))
        }
        // The name of whoever agreed comes along.
        company.meeting.run(2_000)
        #expect(
            service.roster.map { String(decoding: $0.name, as: UTF8.self) }.sorted() == ["", "", "Anna", "Machine"])
        try company.answer(anna, service, false)
        #expect(!anna.isLive && anna.gateReasons == .consent, "at once")
        #expect(company.meeting.run(until: { service.usable(anna) == [] }))
        let last = try #require(anna.heard(.consent).last)
        #expect(try ConsentStatement(decoding: last.body).decision == .withdrawn)
        try company.answer(bram, service, true)
        #expect(company.meeting.run(until: { bram.isLive && service.usable(bram) == .all }))
        #expect(company.everybody.allSatisfy { $0.faults.isEmpty && $0.refused.isEmpty } && service.faults.isEmpty)
    }

    @Test("whoever comes in while a service is there hears names from their owners, of those who agreed")
    func names() throws {
        let company = try Company.serviced(seed: 913, ["Bram"])
        let bram = company.guests[0]
        company.meeting.run(6_000)
        let service = try company.service()
        let dirk = try company.meeting.enter("Dirk")
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 }))
        try company.admit()
        try #require(company.meeting.run(until: { dirk.gateReasons == .consent }), "\(dirk.state)")
        company.meeting.run(5_000)
        func names(_ member: TestMember) -> [String] {
            member.roster.filter { !$0.isOwn && $0.service == nil && !$0.name.isEmpty }
                .map { String(decoding: $0.name, as: UTF8.self) }.sorted()
        }
        #expect(names(dirk).isEmpty && names(bram) == ["Anna"], "nobody agreed")
        try company.answer(company.host, service, true)
        #expect(company.meeting.run(until: { names(dirk) == ["Anna"] }))
        for member in [bram, dirk] { try company.answer(member, service, true) }
        #expect(company.meeting.run(until: { names(dirk) == ["Anna", "Bram"] && names(bram) == ["Anna", "Dirk"] }))
        // It goes, and a newcomer hears of all at once.
        company.meeting.tell(company.host, .sendBack(try #require(service.key)))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.roster.count == 3 } }))
        let eva = try company.meeting.enter("Eva")
        try #require(company.meeting.run(until: { company.host.lobby.contains { $0.service == nil } }))
        company.meeting.tell(company.host, .admit([]))
        #expect(company.meeting.run(until: { names(eva) == ["Anna", "Bram", "Dirk"] }))
    }

    @Test("a yes is for one key: a second service is asked about anew, and the first one's key again is not")
    func newKey() throws {
        let company = try Company.serviced(seed: 902, ["Bram"])
        let bram = company.guests[0]
        let job = try company.meeting.serviceFragment(try company.info())
        let service = try company.service(by: job)
        try company.agree(to: service)
        let other = try company.service(.recorder)
        #expect(company.everybody.allSatisfy { $0.gateReasons == .consent && $0.answer(to: other) == .unasked })
        try company.agree(to: other)
        // The captioner's program begins again, by the same job: nobody is asked, and it is told again.
        let key = service.key
        company.meeting.crash(service)
        company.meeting.run(1_000)
        let again = try company.meeting.enter("Machine", fragment: job)
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 || again.isLive }))
        if let entry = company.host.lobby.first { company.meeting.tell(company.host, .admit([entry.requestHash])) }
        #expect(
            company.meeting.run(until: {
                again.isLive && company.everybody.allSatisfy { $0.isLive && again.usable($0) == .all }
            }), "\(again.state) \(again.faults) \(bram.gateReasons as Any)")
        #expect(again.key == key && bram.answer(to: again) == .yes && company.host.roster.count == 4)
    }

    @Test(
        "a service comes back by itself as what it was; as a person or another service it waits for somebody's word",
        arguments: [false, true])
    func anotherLeaf(isLost: Bool) throws {
        let changes: [(inout BeraadLeaf) -> Void] = [
            {
                $0.service = nil
                $0.chain = nil
            },
            { $0.service?.purposes = [.transcribe, .record] }, { $0.service?.purposes = [] },
            { $0.service?.place = .server },
        ]
        for (index, change) in changes.enumerated() {
            let company = try Company.serviced(seed: 907 + UInt64(index), ["Bram"])
            let info = try company.info()
            let rogue = try company.rogueService(info)
            company.meeting.run(6_000)
            company.meeting.disconnect(rogue.seat)
            if isLost {
                try #require(
                    company.meeting.run(
                        until: { company.everybody.allSatisfy { $0.roster.count == 2 } }, within: 180_000)
                )
            }
            company.meeting.connect(rogue.seat)
            company.meeting.run(500)
            try rogue.knock(try rogue.keyPackage(change))
            try #require(company.meeting.run(until: { company.host.lobby.count == 1 }), "\(index) \(isLost)")
            company.meeting.run(5_000)
            let here = company.host.roster.first { $0.signatureKey == rogue.key }
            #expect(company.host.lobby.count == 1 && rogue.welcome == nil, "\(index)")
            #expect(here?.service?.info == (isLost ? nil : info), "\(index)")
            // In its first shape it comes by itself.
            try rogue.knock()
            try #require(company.meeting.run(until: { rogue.welcome != nil }), "\(index) \(isLost)")
            #expect(company.host.roster.first { $0.signatureKey == rogue.key }?.service?.info == info)
        }
    }

    @Test("a yes is for what was shown: another sort, owner, place or purpose under the same key is asked about anew")
    func shown() throws {
        let company = try Company.serviced(seed: 911, ["Bram"])
        let bram = company.guests[0]
        let info = try company.info()
        let rogue = try company.rogueService(info)
        var others = [info, info, info, info]
        others[0].purposes = [.transcribe, .storeSpeechText]
        others[1].place = .server
        others[2].ownerKey = try #require(bram.key)
        others[3].role = .recorder
        for (index, other) in others.enumerated() {
            company.meeting.tell(bram, .consent(rogue.key, other, isGiven: true, text: [65]))
            #expect(bram.refused.count == index + 1 && bram.gateReasons == .consent)
        }
        for member in company.everybody {
            company.meeting.tell(member, .consent(rogue.key, info, isGiven: true, text: [65]))
            #expect(member.isLive)
        }
        company.meeting.run(2_000)
        #expect(company.everybody.allSatisfy { $0.heard(.consent).count == 1 })
        // The same key comes again, as something of which nobody spoke.
        company.meeting.tell(company.host, .sendBack(rogue.key))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.roster.count == 2 } }))
        company.meeting.disconnect(rogue.seat)
        company.meeting.connect(rogue.seat)
        try rogue.knock(try rogue.keyPackage { $0.service?.place = .server })
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 }))
        try company.admit()
        company.meeting.run(5_000)
        for member in company.everybody {
            let entry = try #require(member.roster.first { $0.signatureKey == rogue.key })
            #expect(entry.service?.info.place == .server && entry.service?.answer == .unasked)
            #expect(member.gateReasons == .consent && member.heard(.consent).count == 1)
        }
    }

    @Test("nobody says yes to a service that does not say what it is for")
    func forNothing() throws {
        let company = try Company.serviced(seed: 912, ["Bram"])
        let bram = company.guests[0]
        var info = try company.info()
        info.purposes = []
        let rogue = try company.rogueAtDoor(info)
        try company.admit()
        company.meeting.tell(bram, .consent(rogue.key, info, isGiven: true, text: [65]))
        #expect(bram.refused.count == 1 && bram.gateReasons == .consent)
        company.meeting.tell(bram, .consent(rogue.key, info, isGiven: false, text: [65]))
        #expect(bram.refused.count == 1 && bram.gateReasons == .consent)
        #expect(bram.roster.first { $0.signatureKey == rogue.key }?.service?.answer == .no)
    }

    @Test("answers outlive a broken line, a lost place and a crash")
    func kept() throws {
        let company = try Company.serviced(seed: 903, ["Bram"], keepsState: true)
        let bram = company.guests[0]
        let service = try company.service()
        try company.agree(to: service)
        company.meeting.disconnect(bram)
        company.meeting.run(2_000)
        company.meeting.connect(bram)
        #expect(company.meeting.run(until: { bram.isLive }), "\(bram.state) \(bram.gateReasons as Any)")
        company.meeting.run(6_000)
        let saved = try #require(bram.saved)
        company.meeting.crash(bram)
        company.meeting.run(1_000)
        let again = try company.meeting.restore("Bram", from: saved)
        #expect(
            company.meeting.run(until: { again.isLive && service.usable(again) == .all }, within: 30_000),
            "\(again.state) \(again.gateReasons as Any) \(again.faults)")
        #expect(again.answer(to: service) == .yes)
    }

    @Test("a withdrawal is kept before it is said, and no crash gives the yes back")
    func keptWithdrawal() throws {
        let company = try Company.serviced(seed: 914, ["Bram"], keepsState: true)
        let bram = company.guests[0]
        let service = try company.service()
        try company.agree(to: service)
        company.meeting.run(6_000)
        try company.answer(bram, service, false)
        let saved = try #require(bram.saved)
        company.meeting.crash(bram)
        company.meeting.run(1_000)
        let again = try company.meeting.restore("Bram", from: saved)
        #expect(
            company.meeting.run(until: { again.answer(to: service) == .no }, within: 30_000),
            "\(again.state) \(again.gateReasons as Any) \(again.faults)")
        company.meeting.run(2_000)
        #expect(again.gateReasons?.contains(.consent) == true && !again.isLive)
    }

    @Test("what was kept is dropped when somebody takes a yes back while their place is lost; no crash gives it back")
    func withdrawalWithoutPlace() throws {
        let company = try Company.serviced(seed: 915, ["Bram"], keepsState: true)
        let bram = company.guests[0]
        let service = try company.service()
        try company.agree(to: service)
        company.meeting.run(6_000)
        try #require(bram.saved != nil)
        // The log is gone, and the way back is not shown to him.
        company.meeting.disconnect(bram)
        company.meeting.tell(company.host, .chat("ben je er nog"))
        company.meeting.run(500)
        var isRefused = false
        company.server.says = { member, frame in
            guard member === bram, case .data = frame else { return frame }
            guard !isRefused else { return nil }
            isRefused = true
            return .error(.gone)
        }
        company.meeting.connect(bram)
        try #require(company.meeting.run(until: { bram.state == .resync }), "\(bram.states)")
        #expect(bram.saved != nil && bram.answer(to: service) == .yes)
        try company.answer(bram, service, false)
        #expect(bram.saved == nil && bram.isSavedDeleted && bram.state == .resync && bram.refused.isEmpty)
        company.server.says = { $1 }
        #expect(
            company.meeting.run(until: { bram.saved != nil && bram.answer(to: service) == .no }, within: 30_000),
            "\(bram.states)")
        company.meeting.run(2_000)
        #expect(service.usable(bram)?.isEmpty == true && !bram.isLive)
    }

    @Test("whoever is let in by the Commit with which a service goes learns all names, also of those who had said no")
    func goesAsOneComes() throws {
        let company = try Company.serviced(seed: 916, ["Bram"])
        let (anna, bram) = (company.host, company.guests[0])
        let service = try company.service()
        try company.answer(anna, service, false)
        try company.answer(bram, service, true)
        company.meeting.run(6_000)
        let dewi = try company.meeting.enter("Dewi")
        try #require(company.meeting.run(until: { anna.lobby.count == 1 }))
        // The server keeps the host away until the service has said goodbye, and nobody else takes it out.
        company.meeting.disconnect(anna)
        company.meeting.tell(anna, .admit([anna.lobby[0].requestHash]))
        company.server.hears = { member, frame, _ in
            if case .commit = frame, member !== anna { return nil }
            return frame
        }
        company.meeting.say(service.goodbye, as: service)
        company.meeting.run(500)
        let before = anna.mediaEpochs.count
        company.meeting.connect(anna)
        try #require(company.meeting.run(until: { anna.mediaEpochs.count > before }), "\(anna.state) \(anna.faults)")
        let step = anna.mediaEpochs[before]
        try #require(step.added.count == 1 && step.removed.count == 1, "one Commit does both")
        company.server.hears = { _, frame, _ in frame }
        let names = ["Anna", "Bram", "Dewi"]
        #expect(
            company.meeting.run(
                until: { [anna, bram, dewi].allSatisfy { $0.isLive && $0.names == names } }, within: 20_000),
            "\(dewi.names) \(dewi.state) \(anna.gateReasons as Any)")
    }

    @Test("a server that hands on nothing of what people say hides no service: it stands in the tree")
    func suppressed() throws {
        let company = try Company.serviced(seed: 904)
        company.server.says = { _, frame in
            if case .event(let event) = frame, case .privateMessage = event.message { return nil }
            return frame
        }
        _ = try company.knock(.recorder)
        company.meeting.tell(company.host, .admit([company.host.lobby[0].requestHash]))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.roster.count == 4 } }))
        for member in company.everybody {
            let shown = try #require(member.roster.first { $0.service != nil })
            let info = try company.info(.recorder)
            #expect(shown.service?.info == info && shown.label == .service)
            #expect(shown.role == .recorder && member.gateReasons?.contains(.consent) == true)
        }
    }

    @Test("a yes in somebody else's name, of another epoch, group or service is nobody's, and its author is named")
    func forged() throws {
        let company = try Company.serviced(seed: 905, ["Bram"])
        let bram = company.guests[0]
        let rogue = try company.rogue()
        let leaf = try company.leaf(of: rogue.key)
        let service = try company.service()
        company.meeting.run(6_000)
        let (groupID, epoch) = (service.engine.groupID ?? [], try #require(service.epoch))
        let key = try #require(service.key)
        let good = ConsentStatement(
            groupID: groupID, epoch: epoch, person: rogue.key, service: key, role: .captions, purposes: .transcribe,
            scope: .all, decision: .yes, time: 9, textHash: [UInt8](repeating: 1, count: 32))
        let bramsKey = try #require(bram.key)
        let wrong: [(inout ConsentStatement) -> Void] = [
            { $0.person = bramsKey }, { $0.epoch -= 1 }, { $0.epoch += 1 }, { $0.groupID[31] ^= 1 },
            { $0.service = bramsKey }, { $0.role = .recorder }, { $0.purposes = [.transcribe, .record] },
        ]
        for change in wrong {
            var statement = good
            change(&statement)
            try rogue.tell(.consent, try rogue.signed(statement).encoded)
            company.meeting.run(100)
        }
        var unsigned = try rogue.signed(good)
        unsigned.signature[5] ^= 1
        try rogue.tell(.consent, unsigned.encoded)
        try rogue.tell(.consent, [1, 2, 3])
        company.meeting.run(500)
        for member in company.everybody + [service] {
            #expect(member.faultCodes() == Array(repeating: .app, count: wrong.count + 2), "\(member.name)")
            #expect(member.faults.allSatisfy { $0.leaf == leaf } && member.heard(.consent).isEmpty)
        }
        #expect(service.roster.allSatisfy { $0.usable.isEmpty })
        // Of its own it may.
        try rogue.tell(.consent, try rogue.signed(good).encoded)
        company.meeting.run(200)
        #expect(service.roster.first { $0.signatureKey == rogue.key }?.usable == .all && service.usable(bram) == [])
    }

    @Test("what a server hands on late takes no withdrawal back")
    func order() throws {
        let company = try Company.serviced(seed: 906, ["Bram"])
        let rogue = try company.rogue()
        let service = try company.service()
        company.meeting.run(6_000)
        func statement(_ decision: ConsentDecision, at time: UInt64) throws -> [UInt8] {
            let unsigned = ConsentStatement(
                groupID: service.engine.groupID ?? [], epoch: try #require(service.epoch),
                person: rogue.key, service: try #require(service.key), role: .captions, purposes: .transcribe,
                scope: decision == .yes ? .all : [], decision: decision, time: time,
                textHash: [UInt8](repeating: 1, count: 32))
            return try rogue.signed(unsigned).encoded
        }
        func usable() -> ConsentScope? { service.roster.first { $0.signatureKey == rogue.key }?.usable }
        let steps: [(ConsentDecision, UInt64, ConsentScope)] = [
            (.withdrawn, 20, []), (.yes, 10, []), (.yes, 20, []), (.yes, 21, .all), (.no, 5, []), (.yes, 21, []),
            (.yes, 22, .all),
        ]
        for (decision, time, scope) in steps {
            try rogue.tell(.consent, try statement(decision, at: time))
            company.meeting.run(200)
            #expect(usable() == scope, "\(decision) \(time)")
        }
    }
}
