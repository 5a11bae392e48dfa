import BeraadTesting
import E2EE
import Testing

/// Passes (`e2ee.md` 4.1 to 4.4): whoever drops out comes back by themselves, through waiting room and lock.
@Suite("Coming back with a pass")
struct PassTests {
    /// How the door stands meanwhile.
    enum Door: CaseIterable {
        case waiting, locked, closed

        /// What a host does for it.
        var command: EngineCommand? {
            switch self {
            case .waiting: nil
            case .locked: .lock(true)
            case .closed: .setAdmission(.closed)
            }
        }
    }

    /// Somebody's line is dead until the others have taken them out of the keys.
    private func dropOut(_ member: TestMember, of company: Company) throws {
        let key = try #require(company.host.key(of: member.name))
        company.meeting.disconnect(member)
        try #require(
            company.meeting.run(
                until: { !company.host.roster.contains { $0.signatureKey == key } }, within: 45_000))
    }

    private func areTogether(_ company: Company) -> Bool {
        let names = company.everybody.map(\.name).sorted()
        return company.everybody.allSatisfy { $0.isLive && $0.names == names }
            && Set(company.everybody.map(\.baseKey)).count == 1
    }

    @Test("whoever comes in has a pass of their own within two seconds, and everybody gets one when a host locks")
    func given() throws {
        let company = try Company(seed: 600)
        company.meeting.run(2_000)
        let host = try #require(company.host.key(of: "Anna"))
        for guest in company.guests {
            let own = try #require(company.host.key(of: guest.name))
            let passes = try guest.passes
            #expect(passes.map(\.subjectKey) == [own])
            #expect(passes.map { $0.issuer.subjectKey } == [host])
        }
        #expect(try company.host.passes.isEmpty, "a host needs none")
        let generations = Set(try company.guests.flatMap { try $0.passes.map(\.generation) })
        #expect(generations.count == 1 && generations.allSatisfy { 0 < $0 && $0 < 1 << 31 }, "drawn by the founder")
        let rogue = try company.rogue()
        #expect(rogue.passes.map { $0.pass.subjectKey } == [rogue.key], "it goes to whom it is for")
        company.meeting.tell(company.host, .lock(true))
        company.meeting.run(2_000)
        #expect(rogue.passes.count == 1 + 3 && Set(rogue.passes.map { $0.pass.subjectKey }).count == 3)
        #expect(company.everybody.allSatisfy { $0.faults.isEmpty })
    }

    @Test(
        "a line that was dead for longer than the group waits comes back by itself, and nobody is asked",
        .promise("P-016"), arguments: Door.allCases)
    func comesBack(_ door: Door) throws {
        let company = try Company(seed: 601)
        let bram = company.guests[0]
        company.meeting.run(2_000)
        if let command = door.command { company.meeting.tell(company.host, command) }
        let count = bram.states.count
        try self.dropOut(bram, of: company)
        company.meeting.connect(bram)
        // The promise is three seconds.
        #expect(
            company.meeting.run(until: { self.areTogether(company) }, within: 3_000),
            "\(bram.states) \(bram.faultCodes()) \(company.host.faultCodes()) \(company.host.refused)")
        let states = bram.states.dropFirst(count)
        #expect(states.contains(.joining(.reentry)) && !states.contains(.knocking), "\(states)")
        #expect(company.host.refused.isEmpty && company.everybody.allSatisfy { $0.faults.isEmpty })
        // Once more: whoever is back has a pass again.
        company.meeting.run(2_000)
        try self.dropOut(bram, of: company)
        company.meeting.connect(bram)
        #expect(company.meeting.run(until: { self.areTogether(company) }), "\(bram.states)")
    }

    @Test("no host need be there for it")
    func withoutHost() throws {
        let company = try Company(seed: 602, ["Bram", "Chris", "Dewi"]) { $0.flags = [.unhostedOK] }
        let meeting = company.meeting, bram = company.guests[0], rest = company.guests.dropFirst()
        meeting.run(2_000)
        meeting.tell(company.host, .leave)
        try #require(meeting.run(until: { company.guests.allSatisfy { $0.isLive && $0.roster.count == 3 } }))
        meeting.disconnect(bram)
        try #require(meeting.run(until: { rest.allSatisfy { $0.roster.count == 2 } }, within: 45_000))
        meeting.connect(bram)
        #expect(
            meeting.run(until: { company.guests.allSatisfy { $0.isLive && $0.roster.count == 3 } }),
            "\(company.guests.map(\.states)) \(bram.faultCodes())")
        #expect(bram.states.contains(.joining(.reentry)) && Set(company.guests.map(\.baseKey)).count == 1)
    }

    @Test(
        "where the service knows nobody who was lost a pass is shown at the door, and opens it without a question",
        arguments: [false, true])
    func atTheDoor(_ isLocked: Bool) throws {
        let company = try Company(seed: 603)
        let bram = company.guests[0]
        company.meeting.run(2_000)
        if isLocked { company.meeting.tell(company.host, .lock(true)) }
        try self.dropOut(bram, of: company)
        company.server.says = { member, frame in
            if member === bram, case .error(.gone) = frame { return .error(.denied) }
            return frame
        }
        company.meeting.connect(bram)
        #expect(
            company.meeting.run(until: { self.areTogether(company) }),
            "\(bram.states) \(bram.faultCodes()) \(company.host.faultCodes()) \(company.host.refused)")
        #expect(bram.states.contains(.knocking) && !bram.states.contains(.joining(.reentry)), "\(bram.states)")
        #expect(company.host.refused.isEmpty && company.host.lobby.isEmpty)
    }

    @Test("whoever was put out meanwhile is told no, pass or not", .promise("P-028"))
    func putOut() throws {
        let company = try Company(seed: 604)
        let bram = company.guests[0], key = try #require(company.host.key(of: "Bram"))
        company.meeting.run(2_000)
        company.meeting.disconnect(bram)
        company.meeting.tell(company.host, .eject(key))
        try #require(company.meeting.run(until: { company.host.roster.count == 2 }))
        let epochs = bram.epochs.count
        company.meeting.connect(bram)
        #expect(company.meeting.run(until: { bram.state == .out(.refused) }), "\(bram.states)")
        #expect(bram.epoch == nil && bram.epochs.count == epochs)
        #expect(company.host.lobby.isEmpty && company.host.roster.count == 2)
    }

    @Test(
        "whoever was sent back waits, though they have a pass; the host reads that they were in, and may let them in, also through a lock",
        arguments: [false, true])
    func sentBack(_ isLocked: Bool) throws {
        let company = try Company(seed: 605)
        let bram = company.guests[0], key = try #require(company.host.key(of: "Bram"))
        company.meeting.run(2_000)
        // He does not hear of it.
        company.meeting.disconnect(bram)
        company.meeting.tell(company.host, .sendBack(key))
        if isLocked { company.meeting.tell(company.host, .lock(true)) }
        try #require(company.meeting.run(until: { company.host.roster.count == 2 }))
        company.meeting.connect(bram)
        try #require(
            company.meeting.run(until: { bram.state == .knocking && company.host.lobby.count == 1 }), "\(bram.states)")
        company.meeting.run(10_000)
        #expect(bram.state == .knocking && company.host.roster.count == 2)
        #expect(company.host.lobby.map(\.wasIn) == [true] && company.host.lobby.map(\.isFromLink) == [true])
        #expect(!bram.states.contains(.joining(.reentry)), "\(bram.states)")
        company.meeting.tell(company.host, .admit([]))
        #expect(company.meeting.run(until: { self.areTogether(company) }), "\(bram.states) \(company.host.refused)")
    }

    // MARK: Who remembers

    @Test(
        "a host who starts again remembers nobody's wishes, and asks for whoever was sent back",
        arguments: [false, true])
    func newHost(_ isKept: Bool) throws {
        let company = try Company(seed: 609, keepsState: isKept)
        let meeting = company.meeting, bram = company.guests[0], chris = company.guests[1]
        let key = try #require(company.host.key(of: "Bram"))
        meeting.run(2_000)
        // He does not hear of it.
        meeting.disconnect(bram)
        meeting.tell(company.host, .sendBack(key))
        try #require(meeting.run(until: { company.host.roster.count == 2 && chris.roster.count == 2 }))
        meeting.run(1_000)
        let anna = isKept ? try company.restart(company.host, hasHostLink: true) : try self.openAgain(company)
        try #require(meeting.run(until: { anna.isLive && chris.isLive }, within: 30_000), "\(anna.states)")
        meeting.connect(bram)
        try #require(meeting.run(until: { bram.state == .knocking && anna.lobby.count == 1 }), "\(bram.states)")
        meeting.run(10_000)
        #expect(bram.state == .knocking && anna.roster.count == 2 && anna.lobby.map(\.wasIn) == [true])
        meeting.tell(anna, .admit([]))
        #expect(meeting.run(until: { bram.isLive && anna.roster.count == 3 }), "\(bram.states) \(anna.refused)")
    }

    /// The host's page is loaded anew, and told to go on.
    private func openAgain(_ company: Company) throws -> TestMember {
        company.meeting.crash(company.host)
        let anna = try company.meeting.enter("Anna", isHost: true)
        try #require(company.meeting.run(until: { anna.gateReasons == .unhosted }), "\(anna.states)")
        company.meeting.tell(anna, .continueUnhosted)
        return anna
    }

    /// The server takes somebody for lost, and the others carry that out before the Commit arrives that a host makes about them.
    private func isLost(_ member: TestMember, of company: Company, before command: EngineCommand) throws {
        let meeting = company.meeting, host = company.host, key = try #require(host.key(of: member.name))
        meeting.run(2_000)
        meeting.disconnect(member)
        meeting.run(25_000)
        company.server.hears = { sender, frame, _ in
            if sender === host, case .commit = frame { return nil }
            return frame
        }
        meeting.tell(host, command)
        let isGone = meeting.run(until: { !host.roster.contains { $0.signatureKey == key } }, within: 20_000)
        try #require(isGone)
        company.server.hears = { _, frame, _ in frame }
    }

    @Test("whoever a host sends back just when the server takes them for lost is asked for as well")
    func sentBackAsLost() throws {
        let company = try Company(seed: 614)
        let meeting = company.meeting, host = company.host, bram = company.guests[0]
        try self.isLost(bram, of: company, before: .sendBack(try #require(host.key(of: "Bram"))))
        meeting.run(2_000)
        meeting.connect(bram)
        try #require(meeting.run(until: { bram.state == .knocking && host.lobby.count == 1 }), "\(bram.states)")
        meeting.run(5_000)
        #expect(host.roster.count == 2 && host.lobby.map(\.wasIn) == [true])
    }

    @Test("whoever a host puts out just when the server takes them for lost is put out by the keys all the same")
    func putOutAsLost() throws {
        let company = try Company(seed: 615)
        let meeting = company.meeting, host = company.host, bram = company.guests[0]
        let witness = try company.rogue()
        let key = try #require(host.key(of: "Bram"))
        func isOut() -> Bool {
            var isOut = false
            _ = try? witness.policy { isOut = $0.isOut(key) }
            return isOut
        }
        try self.isLost(bram, of: company, before: .eject(key))
        #expect(!isOut())
        #expect(meeting.run(until: isOut), "\(host.refused) \(host.faultCodes())")
        meeting.connect(bram)
        meeting.run(10_000)
        #expect(!host.roster.contains { $0.signatureKey == key } && !bram.isLive, "\(bram.states)")
    }

    @Test("somebody else who saw that they were lost lets them in, when the host did not")
    func vouchedFor() throws {
        let company = try Company(seed: 610)
        let meeting = company.meeting, bram = company.guests[0], chris = company.guests[1]
        meeting.run(2_000)
        try self.dropOut(bram, of: company)
        let anna = try self.openAgain(company)
        try #require(meeting.run(until: { anna.isLive && chris.isLive }, within: 30_000), "\(anna.states)")
        let count = bram.states.count
        meeting.connect(bram)
        #expect(meeting.run(until: { bram.isLive && anna.roster.count == 3 }, within: 3_000), "\(bram.states)")
        let states = bram.states.dropFirst(count)
        #expect(states.contains(.joining(.reentry)) && !states.contains(.knocking), "\(states)")
    }

    @Test("when nobody is left who saw it they knock, with the pass, and the host is asked")
    func nobodySaw() throws {
        let company = try Company(seed: 611, ["Bram"], keepsState: true)
        let meeting = company.meeting, bram = company.guests[0]
        try self.dropOut(bram, of: company)
        let anna = try company.restart(company.host, hasHostLink: true)
        try #require(meeting.run(until: { anna.isLive }, within: 30_000), "\(anna.states)")
        meeting.connect(bram)
        try #require(
            meeting.run(until: { bram.state == .knocking && anna.lobby.count == 1 }, within: 30_000), "\(bram.states)")
        meeting.run(5_000)
        #expect(anna.roster.count == 1 && anna.lobby.map(\.wasIn) == [true])
        meeting.tell(anna, .admit([]))
        #expect(meeting.run(until: { bram.isLive && anna.roster.count == 2 }), "\(bram.states) \(anna.refused)")
    }

    // MARK: Bad lines

    @Test("a pass that was on the way when the line broke is given again")
    func lineBreaks() throws {
        let company = try Company(seed: 612, [])
        let meeting = company.meeting, host = company.host
        let bram = try meeting.enter("Bram")
        try #require(meeting.run(until: { host.lobby.count == 1 }))
        company.server.hears = { member, frame, _ in
            if member === host, case .app = frame { return nil }
            return frame
        }
        meeting.tell(host, .admit([]))
        try #require(meeting.run(until: { bram.epoch != nil && host.roster.count == 2 }))
        meeting.run(1_500)
        #expect(try bram.passes.isEmpty)
        meeting.disconnect(host)
        company.server.hears = { _, frame, _ in frame }
        meeting.connect(host)
        meeting.run(3_000)
        #expect(try bram.passes.count == 1, "\(host.states) \(bram.states)")
    }

    @Test("how long a Commit on the way was waited for is forgotten with the line that carried it")
    func waitsAnew() throws {
        let company = try Company(seed: 613)
        let meeting = company.meeting, bram = company.guests[0]
        meeting.run(2_000)
        try self.dropOut(bram, of: company)
        var joins = 0, isFirst = true
        company.server.says = { member, frame in
            // The first one is taken, and what tells him so gets lost.
            if member === bram, isFirst, case .event = frame { return nil }
            return frame
        }
        company.server.hears = { member, frame, _ in
            if member === bram, case .commit = frame { joins += 1 }
            // The host thinks about the second one, and Chris is asked a second later.
            if member === company.host, !isFirst, case .ack = frame { return nil }
            return frame
        }
        meeting.connect(bram)
        try #require(meeting.run(until: { joins == 1 }))
        meeting.run(200)
        meeting.disconnect(bram)
        meeting.run(4_200)
        isFirst = false
        meeting.connect(bram)
        #expect(meeting.run(until: { self.areTogether(company) }), "\(bram.states)")
        #expect(joins == 2)
    }

    @Test("one of those who may gives passes; when nothing is heard of the first, the next one does")
    func oneOfThem() throws {
        let company = try Company(seed: 606)
        let rogue = try company.rogue()
        let bram = company.guests[0]
        let leaves = try ["Anna", "Bram"].map { try company.leaf(of: try #require(company.host.key(of: $0))) }
        company.meeting.tell(company.host, .makeCohost(try #require(company.host.key(of: "Bram"))))
        try #require(company.meeting.run(until: { bram.policies.last?.rights.contains(.admit) == true }))
        company.meeting.run(2_000)
        var before = rogue.passes.count
        company.meeting.tell(company.host, .lock(true))
        company.meeting.run(6_000)
        #expect(rogue.passes.dropFirst(before).map { $0.leaf } == Array(repeating: leaves[0], count: 3))
        company.meeting.tell(company.host, .lock(false))
        company.meeting.run(1_000)
        before = rogue.passes.count
        company.server.hears = { member, frame, _ in
            if member === company.host, case .app = frame { return nil }
            return frame
        }
        company.meeting.tell(company.host, .lock(true))
        company.meeting.run(6_000)
        #expect(rogue.passes.dropFirst(before).map { $0.leaf } == Array(repeating: leaves[1], count: 3))
        #expect(company.everybody.allSatisfy { $0.faults.isEmpty })
    }

    @Test("a device that keeps a state keeps the pass in it")
    func kept() throws {
        let company = try Company(seed: 607, keepsState: true)
        let bram = company.guests[0]
        let passes = try bram.passes
        let state = try SavedState(kept: try #require(bram.saved).secret, company.meeting.crypto)
        #expect(passes.count == 1 && state.passes == passes)
        let again = try company.restart(bram)
        try #require(company.meeting.run(until: { again.isLive }), "\(again.states)")
        #expect(try again.passes == passes)
    }

    @Test("a state with a pass that is another's, or of another time, is no state")
    func keptFalsely() throws {
        let company = try Company(seed: 608, keepsState: true)
        let bram = company.guests[0], chris = company.guests[1]
        var state = try SavedState(kept: try #require(bram.saved).secret, company.meeting.crypto)
        let own = try #require(state.passes.first)
        var old = own
        old.generation += 1
        for passes in [try chris.passes, [old], Array(repeating: own, count: 5)] {
            state.passes = passes
            #expect(throws: E2EEError(.validation, .signature)) {
                _ = try company.meeting.restore(
                    "Bram", from: HeldSecret(state.kept(company.meeting.crypto)))
            }
        }
    }
}

extension TestMember {
    /// With which they may come back.
    var passes: [ReentryPass] {
        get throws { try self.engine.savedState(now: EngineTime(monotonic: 7, unix: 8)).passes }
    }
}
