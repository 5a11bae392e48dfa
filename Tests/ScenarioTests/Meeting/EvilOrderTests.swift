import BeraadTesting
import E2EE
import Testing

/// A server that plays with the order of messages: it keeps back, doubles, swaps, shows different people different things
/// (`e2ee.md` 5, 11, 14). Whoever cannot know that it is where the host is says nothing, and says why.
@Suite("A malicious server that orders")
struct EvilOrderTests {
    @Test("withhold-from-one: whoever gets nothing of the group any more stops sending within 20 seconds")
    func withholdFromOne() throws {
        let company = try Company(seed: 130)
        let bram = company.guests[0]
        company.server.says = { member, frame in
            guard member === bram else { return frame }
            // Nothing of the group reaches Bram any more; the connection lives.
            switch frame {
            case .event, .data, .error: return nil
            default: return frame
            }
        }
        company.meeting.tell(company.host, .eject(try #require(company.host.key(of: "Chris"))))
        company.meeting.run(21_000)
        #expect(bram.gateReasons?.isEmpty == false && !bram.isLive, "\(bram.state)")
        #expect(bram.epoch != company.host.epoch && company.host.isLive)
    }

    @Test("withhold-commit: an ejection that only the host sees stops everybody else within 20 seconds")
    func withholdCommit() throws {
        let company = try Company(seed: 131)
        let epoch = try #require(company.host.epoch)
        company.server.says = { member, frame in
            if case .event = frame, member !== company.host { return nil }
            // The log ends before it, too.
            if case .data(let bytes) = frame, case .log? = try? DataFrame(decoding: bytes), member !== company.host {
                return .data(DataFrame.log(next: company.server.last, last: company.server.last - 1, []).encoded)
            }
            return frame
        }
        company.meeting.tell(company.host, .eject(try #require(company.host.key(of: "Chris"))))
        #expect(company.meeting.run(until: { company.host.epoch == epoch + 1 }))
        company.meeting.run(21_000)
        let bram = company.guests[0]
        #expect(bram.epoch == epoch && bram.gateReasons?.contains(.noProof) == true, "\(bram.state)")
        #expect(!bram.isLive && !company.guests[1].isLive)
        #expect(company.host.isLive && company.host.names == ["Anna", "Bram"])
    }

    @Test("withhold-commit: an ejection that the server swallows is not shown as done, and the host is told")
    func swallowCommit() throws {
        let company = try Company(seed: 132)
        company.server.hears = { _, frame, _ in
            if case .commit = frame { return nil }
            return frame
        }
        let chris = try #require(company.host.key(of: "Chris"))
        company.meeting.tell(company.host, .eject(chris))
        company.meeting.run(25_000)
        #expect(company.host.roster.contains { $0.signatureKey == chris }, "whoever has keys is shown")
        #expect(company.host.refused == [.eject(chris)])
        // It is wanted still.
        company.server.hears = { _, frame, _ in frame }
        #expect(company.meeting.run(until: { company.host.names == ["Anna", "Bram"] }))
        #expect(company.guests[1].state == .out(.ejected))
    }

    @Test("starve-eject: where the server says 'too late' for ever the host is told")
    func staleForEver() throws {
        let company = try Company(seed: 133)
        company.server.hears = { member, frame, request in
            guard case .commit = frame else { return frame }
            company.meeting.inject(.error(.stale), request: request, to: member)
            return nil
        }
        let chris = try #require(company.host.key(of: "Chris"))
        company.meeting.tell(company.host, .eject(chris))
        company.meeting.run(25_000)
        #expect(company.host.roster.contains { $0.signatureKey == chris })
        #expect(company.host.refused == [.eject(chris)])
    }

    @Test("lost-beacons: without a sign of the host for 20 seconds guests stop sending, and go on when there is one")
    func lostBeacons() throws {
        let company = try Company(seed: 140)
        company.server.hears = { member, frame, _ in
            if member === company.host, case .app = frame { return nil }
            return frame
        }
        company.meeting.run(26_000)
        for guest in company.guests { #expect(guest.gateReasons == .noProof && guest.state == .paused) }
        #expect(company.host.isLive)
        company.server.hears = { _, frame, _ in frame }
        company.meeting.run(6_000)
        for guest in company.guests {
            #expect(guest.isLive, "\(guest.state) \(String(describing: guest.gateReasons))")
        }
    }

    @Test("drop-host: when the server takes the host away, the others stop and are asked")
    func dropHost() throws {
        let company = try Company(seed: 160)
        // The server says that the host's connection is gone for good, as it could of anybody.
        company.meeting.crash(company.host)
        #expect(company.meeting.run(until: { company.guests[0].roster.count == 2 }, within: 45_000))
        company.meeting.run(1_000)
        for guest in company.guests { #expect(guest.gateReasons?.contains(.unhosted) == true, "\(guest.state)") }
        company.meeting.tell(company.guests[0], .continueUnhosted)
        company.meeting.run(1_000)
        #expect(company.guests[0].isLive && !company.guests[1].isLive)
    }

    @Test("drop-host: a successor in whose place the server puts them is asked, and the others wait for their word")
    func dropHostWithSuccessor() throws {
        let key = try #require(try Company(seed: 161).host.key(of: "Bram"))
        let company = try Company(seed: 161) { $0.successors = [key] }
        let bram = company.guests[0], chris = company.guests[1], meeting = company.meeting
        try #require(company.host.key(of: "Bram") == key)
        meeting.crash(company.host)
        try #require(meeting.run(until: { bram.roster.count == 2 && chris.roster.count == 2 }, within: 45_000))
        meeting.run(45_000)
        #expect(bram.gateReasons == .unhosted && !bram.isLive, "\(bram.state)")
        #expect(chris.gateReasons?.contains(.noProof) == true && !chris.isLive, "\(chris.state)")
        meeting.tell(bram, .continueUnhosted)
        #expect(meeting.run(until: { bram.isLive && chris.isLive }, within: 10_000), "\(bram.state) \(chris.state)")
        meeting.run(60_000)
        #expect(bram.isLive && chris.isLive)
        // Who stands in does what a host does.
        meeting.tell(bram, .lock(true))
        #expect(meeting.run(until: { chris.policies.last?.isLocked == true }))
        // A host who comes back hears that they are right from whoever stood in, and nobody stops for it.
        let opened = bram.openedAt.count + chris.openedAt.count
        let host = try meeting.enter("Anna", isHost: true)
        #expect(meeting.run(until: { host.isLive }, within: 5_000), "\(host.state)")
        meeting.run(40_000)
        #expect(host.isLive && bram.isLive && chris.isLive)
        #expect(bram.openedAt.count + chris.openedAt.count == opened)
    }

    @Test("drop-host: a successor who is asked and goes away has said nothing about the host")
    func successorGoesAway() throws {
        let key = try #require(try Company(seed: 163, ["Bram", "Chris", "Dewi"]).host.key(of: "Bram"))
        let company = try Company(seed: 163, ["Bram", "Chris", "Dewi"]) { $0.successors = [key] }
        let bram = company.guests[0], others = company.guests.dropFirst(), meeting = company.meeting
        try #require(company.host.key(of: "Bram") == key)
        meeting.crash(company.host)
        try #require(meeting.run(until: { company.guests.allSatisfy { $0.roster.count == 3 } }, within: 45_000))
        meeting.run(25_000)
        #expect(bram.gateReasons == .unhosted && others.allSatisfy { !$0.isLive })
        meeting.tell(bram, .leave)
        let since = meeting.now
        try #require(meeting.run(until: { others.allSatisfy { $0.roster.count == 2 } }, within: 20_000))
        meeting.run(20_000)
        for member in others { #expect(!member.hasOpened(since: since) && member.gateReasons == .unhosted) }
    }

    @Test("drop-host: a host who comes back, is heard by nobody and says goodbye is none whose goodbye counts")
    func goodbyeOfTheUnheard() throws {
        let company = try Company(seed: 164)
        let meeting = company.meeting
        meeting.crash(company.host)
        let host = try meeting.open("Anna", isHost: true)
        company.server.hears = { member, frame, _ in
            if member === host, case .app = frame { return nil }
            return frame
        }
        meeting.tell(host, .enter)
        try #require(meeting.run(until: { host.isLive || host.state == .paused }, within: 30_000), "\(host.state)")
        meeting.run(1_000)
        meeting.tell(host, .leave)
        try #require(meeting.run(until: { company.guests.allSatisfy { $0.roster.count == 2 } }, within: 20_000))
        meeting.run(2_000)
        for guest in company.guests { #expect(guest.gateReasons == .unhosted && !guest.isLive, "\(guest.state)") }
    }

    @Test("a successor who is alone does what a host does, and a host who comes back hears that all is well")
    func successorAlone() throws {
        let key = try #require(try Company(seed: 168, ["Bram"]).host.key(of: "Bram"))
        let company = try Company(seed: 168, ["Bram"]) { $0.successors = [key] }
        let bram = company.guests[0], meeting = company.meeting
        meeting.run(12_000)
        meeting.tell(company.host, .leave)
        try #require(meeting.run(until: { bram.roster.count == 1 }, within: 20_000))
        meeting.run(30_000)
        meeting.tell(bram, .lock(true))
        #expect(meeting.run(until: { bram.policies.last?.isLocked == true }), "\(bram.refused)")
        let host = try meeting.enter("Anna", isHost: true)
        #expect(meeting.run(until: { host.isLive && bram.isLive }, within: 5_000), "\(host.state) \(bram.state)")
        meeting.run(30_000)
        #expect(host.isLive && bram.isLive)
    }

    @Test("of two hosts who go one after the other the second one's goodbye counts, though they came late")
    func hostsGo() throws {
        let company = try Company(seed: 169, ["Bram", "Chris", "Dewi"])
        let bram = company.guests[0], others = company.guests.dropFirst(), meeting = company.meeting
        meeting.run(40_000)
        meeting.tell(company.host, .makeCohost(try #require(company.host.key(of: "Bram"))))
        meeting.run(2_000)
        meeting.tell(company.host, .leave)
        try #require(meeting.run(until: { others.allSatisfy { $0.roster.count == 3 } }, within: 20_000))
        meeting.tell(bram, .leave)
        try #require(meeting.run(until: { others.allSatisfy { $0.roster.count == 2 } }, within: 20_000))
        meeting.run(30_000)
        for member in others { #expect(member.isLive && member.openedAt.count == 1, "\(member.state)") }
    }

    @Test("a successor stands in at once after the host's goodbye, also beside another one")
    func successorAfterGoodbye() throws {
        let rehearsal = try Company(seed: 162)
        let keys = try ["Bram", "Chris"].map { try #require(rehearsal.host.key(of: $0)) }
        let company = try Company(seed: 162) { $0.successors = keys }
        let bram = company.guests[0], chris = company.guests[1], meeting = company.meeting
        meeting.run(12_000)
        meeting.tell(company.host, .leave)
        try #require(meeting.run(until: { bram.roster.count == 2 && chris.roster.count == 2 }, within: 20_000))
        meeting.run(90_000)
        #expect(bram.isLive && chris.isLive && bram.openedAt.count == 1 && chris.openedAt.count == 1)
        meeting.tell(bram, .rotateLink)
        #expect(meeting.run(until: { chris.invites.count == 1 }), "\(bram.refused)")
    }

    /// A meeting in which much happens: words, a lock, somebody who comes and somebody who is put out.
    private func live(_ company: Company) throws {
        let meeting = company.meeting
        for number in 0..<3 as Range<UInt8> {
            meeting.tell(company.guests[0], .chat("\(number)"))
            meeting.tell(company.host, .lock(number == 0))
            meeting.run(400)
        }
        try meeting.enter("Eva")
        meeting.run(until: { company.host.lobby.count == 1 })
        meeting.tell(company.host, .admit([]))
        meeting.run(1_000)
        meeting.tell(company.host, .eject(try #require(company.host.key(of: "Chris"))))
        meeting.run(8_000)
    }

    @Test("duplicate: what comes twice counts once, and is no alarm")
    func duplicate() throws {
        let company = try Company(seed: 170)
        company.server.says = { member, frame in
            company.meeting.inject(frame, to: member)
            return frame
        }
        try self.live(company)
        let host = company.host, bram = company.guests[0]
        #expect(host.read == ["0", "1", "2"])
        #expect(host.names == ["Anna", "Bram", "Eva"] && bram.names == host.names)
        #expect(host.isLive && bram.isLive && host.baseKey == bram.baseKey)
        #expect(host.faults.isEmpty && bram.faults.isEmpty, "\(host.faultCodes()) \(bram.faultCodes())")
    }

    @Test("duplicate: what came before, under a new number, moves nobody and is not heard again")
    func replay() throws {
        let company = try Company(seed: 171)
        try self.live(company)
        let host = company.host, bram = company.guests[0]
        let before = (host.epoch, host.heard.count, host.roster, bram.roster)
        for event in company.server.events { try company.server.order(event.message, to: [host, bram]) }
        company.meeting.run(2_000)
        #expect(host.epoch == before.0 && host.heard.count == before.1 && host.roster == before.2)
        #expect(bram.epoch == before.0 && bram.roster == before.3)
        #expect(host.isLive && bram.isLive, "\(host.state) \(bram.state)")
    }

    @Test(
        "reorder: what comes in another order is put right by the log; where that lies too, nothing is sent",
        arguments: [false, true])
    func reorder(_ isLogSwapped: Bool) throws {
        let company = try Company(seed: 172)
        let host = company.host, bram = company.guests[0]
        var held: ServerFrame?
        company.server.says = { member, frame in
            guard member === bram else { return frame }
            if case .event(let event) = frame, case .publicMessage = event.message {
                guard let first = held else {
                    held = frame
                    return nil
                }
                held = nil
                company.meeting.inject(frame, to: member)
                return first
            }
            if isLogSwapped, case .data(let bytes) = frame,
                case .log(let next, let last, let lines)? = try? DataFrame(decoding: bytes)
            {
                let swapped = zip(lines, lines.reversed()).map {
                    DataFrame.LogLine(sequence: $0.sequence, message: $1.message)
                }
                return .data(DataFrame.log(next: next, last: last, swapped).encoded)
            }
            return frame
        }
        try self.live(company)
        company.meeting.run(22_000)
        if bram.isLive {
            #expect(bram.baseKey == host.baseKey)
            #expect(bram.roster.map { $0.signatureKey } == host.roster.map { $0.signatureKey })
            #expect(isLogSwapped || bram.names == host.names)
        } else {
            #expect(bram.gateReasons?.isEmpty == false, "\(bram.state)")
        }
        #expect(isLogSwapped || bram.isLive, "\(bram.state) \(bram.faultCodes())")
        // Whatever it was shown, it never had keys of an epoch that is not the host's.
        for (epoch, key) in bram.epochs where host.epochs[epoch] != nil { #expect(host.epochs[epoch] == key) }
    }

    @Test("fork: a server that answers nothing gets two Commits out of an honest host; the guests who see both are out")
    func forkWithoutHelp() throws {
        let company = try Company(seed: 181)
        let epoch = try #require(company.host.epoch)
        var commits: [MLSMessage] = []
        company.server.hears = { _, frame, _ in
            guard case .commit(let commit) = frame, let message = try? MLSMessage(decoding: commit.commit) else {
                return frame
            }
            commits.append(message)
            return nil
        }
        company.meeting.tell(company.host, .lock(true))
        try #require(company.meeting.run(until: { commits.count == 2 }, within: 15_000))
        for commit in commits {
            #expect(company.guests.allSatisfy { $0.epoch == epoch + (commit == commits[0] ? 0 : 1) })
            try company.server.order(commit, to: company.guests)
            company.meeting.run(200)
        }
        #expect(company.guests.allSatisfy { $0.state == .out(.fault) }, "\(company.guests.map { $0.state })")
    }

    @Test("fork: two Commits for one epoch; who has no host in their half stops, and who sees both is out")
    func fork() throws {
        let company = try Company(seed: 180)
        let rogue = try company.rogue()
        let epoch = try #require(company.host.epoch)
        // Both are as they should be; only that there are two of them is not.
        let one = try MLSMessage(decoding: try rogue.commit(rogue.plan).commit)
        let other = try MLSMessage(decoding: try rogue.commit(rogue.plan).commit)
        let state = try company.server.state, last = company.server.last
        let left = Bubble(company.server, [company.host], state: state, at: last)
        let right = Bubble(company.server, company.guests + [rogue.seat], state: state, at: last)
        left.order(one)
        right.order(other)
        company.meeting.run(500)
        #expect(company.everybody.allSatisfy { $0.epoch == epoch + 1 })
        #expect(company.guests[0].baseKey == company.guests[1].baseKey)
        #expect(company.guests[0].baseKey != company.host.baseKey)
        #expect(rogue.mediaEpochs.last?.keyBytes == company.guests[0].baseKey, "and the rogue listens")
        company.meeting.run(21_000)
        for guest in company.guests { #expect(guest.state == .paused && guest.gateReasons == .noProof) }
        #expect(company.host.isLive, "a host needs no other host")

        // A tag that anybody can write does not make a second Commit of the first.
        guard case .publicMessage(var copy) = one else { throw RogueError.outside }
        copy.membershipTag = [UInt8](repeating: 3, count: 32)
        left.order(.publicMessage(copy))
        company.meeting.run(200)
        #expect(company.host.isLive && company.host.faults.isEmpty)

        left.order(other)
        right.order(one)
        company.meeting.run(200)
        for member in company.everybody {
            #expect(member.state == .out(.fault) && member.epoch == nil, "\(member.name): \(member.state)")
            #expect(member.faultCodes() == [.frame])
        }
    }
}
