import BeraadTesting
import E2EE
import Testing

/// A program that crashed starts again with what its device kept (`e2ee.md` 4.4, restored; 13, SavedState).
@Suite("Going on after a crash")
struct RestoreTests {
    private let settled: [MemberState] = [.restored, .unproven, .live]
    /// The service takes an empty Commit of somebody once in this time, and a newcomer may have made one.
    private static let minute: UInt64 = 61_000

    /// Everybody sends, in one epoch and with one key, sees everybody by name, and hears everybody.
    private func expectTogether(_ meeting: TestMeeting, _ people: [TestMember]) {
        let names = people.map(\.name).sorted()
        let together = meeting.run(
            until: {
                people.allSatisfy {
                    $0.isLive && $0.epoch == people[0].epoch && $0.baseKey == people[0].baseKey && $0.names == names
                }
            }, within: 30_000)
        #expect(
            together,
            "\(people.map { "\($0.name) \($0.states) \(String(describing: $0.gateReasons)) \($0.epoch ?? 0) \($0.faultCodes()) \($0.names)" })"
        )
        let before = people.map(\.read.count)
        for (number, member) in people.enumerated() {
            meeting.tell(member, .chat("\(number)"))
        }
        meeting.run(200)
        for (number, member) in people.enumerated() {
            let said = member.read.dropFirst(before[number]).sorted()
            #expect(said == people.indices.filter { $0 != number }.map { "\($0)" }.sorted(), "\(member.name)")
        }
    }

    @Test(
        "a host in a meeting of three is back in the same place: no new way in, no question, and everybody hears everybody"
    )
    func hostOfThree() throws {
        let company = try Company(seed: 500, keepsState: true)
        let before = try #require(company.host.mediaEpochs.last)
        let anna = try company.restart(company.host, hasHostLink: true)
        #expect(anna.state == .restored && anna.gateReasons == .restored)
        self.expectTogether(company.meeting, [anna] + company.guests)
        #expect(anna.states == self.settled && anna.faults.isEmpty)
        let after = try #require(anna.mediaEpochs.last)
        #expect(anna.mediaEpochs.count == 1 && after.ownLeaf == before.ownLeaf && after.epoch == before.epoch + 1)
        #expect(company.guests.allSatisfy { !$0.states.contains(.resync) && $0.faults.isEmpty })
        // And still is the host.
        let dewi = try company.meeting.enter("Dewi")
        try #require(company.meeting.run(until: { anna.lobby.count == 1 }))
        company.meeting.tell(anna, .admit([]))
        self.expectTogether(company.meeting, [anna] + company.guests + [dewi])
    }

    @Test("a guest in a meeting of three is back in the same place, and says nothing before a sign of the host")
    func guestOfThree() throws {
        let company = try Company(seed: 501, keepsState: true)
        let bram = try company.restart(company.guests[0])
        try #require(company.meeting.run(until: { bram.state == .unproven }))
        #expect(bram.roster.isEmpty && bram.openedAt.isEmpty && !bram.mediaEpochs.isEmpty)
        self.expectTogether(company.meeting, [company.host, bram, company.guests[1]])
        #expect(bram.states == self.settled && bram.faults.isEmpty)
    }

    @Test("in a meeting of two both come back, one after the other, and at once", arguments: [false, true])
    func two(_ isAtOnce: Bool) throws {
        let company = try Company(seed: 502, ["Bram"], keepsState: true)
        let guest = company.guests[0]
        if isAtOnce {
            let kept = (try #require(company.host.saved), try #require(guest.saved))
            company.meeting.crash(company.host)
            company.meeting.crash(guest)
            company.meeting.run(1_000)
            let anna = try company.meeting.restore("Anna", from: kept.0)
            let bram = try company.meeting.restore("Bram", from: kept.1)
            // The other's Commit came first, perhaps: then it is made once more, in the epoch that followed.
            self.expectTogether(company.meeting, [anna, bram])
            #expect([anna, bram].allSatisfy { !$0.states.contains(.resync) }, "\(anna.states) \(bram.states)")
        } else {
            let anna = try company.restart(company.host)
            self.expectTogether(company.meeting, [anna, guest])
            let bram = try company.restart(guest)
            self.expectTogether(company.meeting, [anna, bram])
            #expect(anna.states == self.settled && bram.states == self.settled)
        }
    }

    @Test("a host who was alone goes on alone, and lets people in")
    func alone() throws {
        let company = try Company(seed: 503, [], keepsState: true)
        let anna = try company.restart(company.host, hasHostLink: true)
        self.expectTogether(company.meeting, [anna])
        let bram = try company.meeting.enter("Bram")
        try #require(company.meeting.run(until: { anna.lobby.count == 1 }))
        company.meeting.tell(anna, .admit([]))
        self.expectTogether(company.meeting, [anna, bram])
    }

    @Test("what happened meanwhile is read in the log, and no key of an epoch that was only read comes out")
    func replay() throws {
        let company = try Company(seed: 504, keepsState: true)
        let meeting = company.meeting
        meeting.run(Self.minute)
        let saved = try #require(company.guests[0].saved), epoch = try #require(company.guests[0].epoch)
        meeting.crash(company.guests[0])
        meeting.tell(company.host, .lock(true))
        meeting.run(1_000)
        meeting.tell(company.guests[1], .chat("7"))
        meeting.tell(company.host, .lock(false))
        meeting.run(1_000)
        try #require(company.host.epoch == epoch + 2)
        let bram = try meeting.restore("Bram", from: saved)
        self.expectTogether(meeting, [company.host, bram, company.guests[1]])
        #expect(bram.states == self.settled && bram.faults.isEmpty)
        #expect(bram.mediaEpochs.map(\.epoch) == [epoch + 3])
        #expect(!bram.read.contains("7"), "what was said in an epoch that nothing proves is not shown")
    }

    @Test("a crash between the start of an epoch and the saving of it: nothing is said in that epoch again")
    func lateSave() throws {
        let nonces = NonceLog()
        let company = try Company(seed: 505, keepsState: true, nonces: nonces)
        let meeting = company.meeting, guest = company.guests[0]
        let saved = try #require(guest.saved), epoch = try #require(guest.epoch)
        meeting.tell(company.host, .lock(true))
        try #require(meeting.run(until: { guest.epoch == epoch + 1 }))
        for body in 0..<5 as Range<UInt8> { meeting.tell(guest, .chat("\(body)")) }
        try guest.speak(with: meeting.crypto)
        meeting.run(500)
        meeting.crash(guest)
        let bram = try meeting.restore("Bram", from: saved)
        self.expectTogether(meeting, [company.host, bram, company.guests[1]])
        #expect(bram.states == self.settled && bram.mediaEpochs.map(\.epoch) == [epoch + 2])
        try bram.speak(with: meeting.crypto)
        #expect(nonces.repeats == 0 && nonces.count > 50)
    }

    @Test("no key is used with a counter twice, however often somebody crashes; the same counting finds it when it is")
    func nonces() throws {
        let nonces = NonceLog()
        let company = try Company(seed: 506, keepsState: true, nonces: nonces)
        let meeting = company.meeting
        var bram = company.guests[0]
        try bram.speak(with: meeting.crypto)
        for _ in 0..<3 {
            meeting.tell(bram, .chat("1"))
            meeting.run(300)
            bram = try company.restart(bram)
            self.expectTogether(meeting, [company.host, bram, company.guests[1]])
            try bram.speak(with: meeting.crypto)
            // An empty Commit is one a minute.
            meeting.run(Self.minute)
        }
        #expect(nonces.repeats == 0 && nonces.count > 100)
        try bram.speak(with: meeting.crypto)
        #expect(nonces.repeats == 3, "three frames under the counters of before")
    }

    @Test("the second crash within a minute: the service takes no second empty Commit, and there is another way in")
    func twiceInAMinute() throws {
        let company = try Company(seed: 507, keepsState: true)
        company.meeting.run(Self.minute)
        let first = try company.restart(company.guests[0])
        self.expectTogether(company.meeting, [company.host, first, company.guests[1]])
        let second = try company.restart(first)
        self.expectTogether(company.meeting, [company.host, second, company.guests[1]])
        #expect(second.states.contains(.restored) && second.states.contains(.resync))
    }

    @Test("a crash while going on: the Commit that was on its way is found in the log, and cannot be followed")
    func crashWhileRestoring() throws {
        let company = try Company(seed: 508, keepsState: true)
        let meeting = company.meeting
        let epoch = try #require(company.host.epoch)
        let first = try company.restart(company.guests[0])
        company.server.says = { member, frame in
            if member === first, case .event = frame { nil } else { frame }
        }
        try #require(meeting.run(until: { company.host.epoch == epoch + 1 }))
        #expect(first.state == .restored && first.mediaEpochs.isEmpty)
        let second = try company.restart(first)
        self.expectTogether(meeting, [company.host, second, company.guests[1]])
        #expect(second.states.prefix(2) == [.restored, .resync])
    }

    @Test("beacons of a process whose clock began anew are believed like those before")
    func clock() throws {
        let company = try Company(seed: 509, keepsState: true)
        let meeting = company.meeting
        meeting.run(60_000)
        let saved = try #require(company.host.saved)
        meeting.crash(company.host)
        meeting.run(500)
        let anna = try meeting.restore("Anna", from: saved, clockBehind: meeting.now - 5)
        self.expectTogether(meeting, [anna] + company.guests)
        meeting.run(60_000)
        #expect(company.guests.allSatisfy { $0.isLive && $0.faults.isEmpty && $0.openedAt.count == 1 })
    }

    // MARK: What cannot be gone on from

    @Test("the log is not there any more: a new way into the own place")
    func logGone() throws {
        let company = try Company(seed: 510, keepsState: true)
        let saved = try #require(company.guests[0].saved)
        company.meeting.crash(company.guests[0])
        company.meeting.run(500)
        let bram = try company.meeting.restore("Bram", from: saved)
        company.server.says = { member, frame in
            guard member === bram, bram.state == .restored, case .data(let data) = frame,
                case .log? = try? DataFrame(decoding: data)
            else { return frame }
            return .error(.gone)
        }
        self.expectTogether(company.meeting, [company.host, bram, company.guests[1]])
        #expect(bram.states.prefix(2) == [.restored, .resync])
    }

    @Test("whoever was put out meanwhile is told no at the door, gets no key, and what was kept is deleted")
    func putOut() throws {
        let company = try Company(seed: 511, keepsState: true)
        let meeting = company.meeting
        let saved = try #require(company.guests[0].saved)
        let key = try #require(company.host.key(of: "Bram"))
        meeting.crash(company.guests[0])
        meeting.tell(company.host, .eject(key))
        try #require(meeting.run(until: { company.host.roster.count == 2 }))
        let bram = try meeting.restore("Bram", from: saved)
        #expect(meeting.run(until: { [.out(.refused), .out(.denied)].contains(bram.state) }), "\(bram.state)")
        #expect(bram.epochs.isEmpty && bram.isSavedDeleted && bram.saved == nil)
        #expect([company.host, company.guests[1]].allSatisfy { $0.isLive && $0.faults.isEmpty })
    }

    @Test("whom the server took for lost comes back with the pass that was kept, and asks nobody")
    func lost() throws {
        let company = try Company(seed: 512, keepsState: true)
        let saved = try #require(company.guests[0].saved)
        company.meeting.crash(company.guests[0])
        try #require(company.meeting.run(until: { company.host.roster.count == 2 }, within: 40_000))
        let bram = try company.meeting.restore("Bram", from: saved)
        self.expectTogether(company.meeting, [company.host, bram, company.guests[1]])
        #expect(bram.states.contains(.joining(.reentry)) && !bram.states.contains(.resync), "\(bram.states)")
        #expect(!bram.states.contains(.knocking) && company.host.lobby.isEmpty)
    }

    @Test("a state of more than a quarter of an hour is used for nothing but the name in the group, and deleted")
    func old() throws {
        let company = try Company(seed: 513, keepsState: true)
        let saved = try #require(company.guests[0].saved)
        company.meeting.crash(company.guests[0])
        company.meeting.run(15 * 60_000 + 1_000)
        let bram = try company.meeting.restore("Bram", from: saved)
        #expect(bram.states.first == .resync && bram.isSavedDeleted)
        company.meeting.run(2_000)
        #expect(bram.epochs.isEmpty || bram.states.contains(.knocking))
        self.expectTogether(company.meeting, [company.host, bram, company.guests[1]])
    }

    @Test(
        "a host whose own Commit was on its way vouches for nothing: a new way in, and a question",
        arguments: [false, true])
    func ownCommit(_ isOrdered: Bool) throws {
        let company = try Company(seed: 514, keepsState: true)
        let meeting = company.meeting
        let key = try #require(company.host.key(of: "Bram"))
        meeting.tell(company.host, .eject(key))
        if isOrdered { meeting.run(10) }
        let anna = try company.restart(company.host, hasHostLink: true)
        #expect(anna.states.first == .resync)
        try #require(meeting.run(until: { anna.gateReasons == .unhosted }), "\(anna.states)")
        #expect(anna.openedAt.isEmpty && anna.names.contains("Bram") == !isOrdered)
        meeting.tell(anna, .continueUnhosted)
        let rest = isOrdered ? [company.guests[1]] : company.guests
        self.expectTogether(meeting, [anna] + rest)
        if isOrdered { #expect(company.guests[0].state == .out(.ejected)) }
    }

    @Test("a host who did not know yet whether this is the right group does not know it after a crash either")
    func unconfirmed() throws {
        let company = try Company(seed: 515, keepsState: true)
        let meeting = company.meeting
        meeting.crash(company.host)
        let again = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { again.gateReasons == .unhosted }))
        let anna = try company.restart(again, hasHostLink: true)
        #expect(anna.states.first == .resync)
        try #require(meeting.run(until: { anna.gateReasons == .unhosted }))
        #expect(anna.openedAt.isEmpty)
    }

    // MARK: What is kept, and when

    @Test("a state is given out at every epoch, and only to whoever asked for it; at the end it is deleted")
    func saves() throws {
        let guest = try Company(seed: 516)
        guest.meeting.tell(guest.host, .leave)
        #expect(guest.everybody.allSatisfy { $0.saves == 0 && $0.saved == nil && !$0.isSavedDeleted })

        let company = try Company(seed: 517, keepsState: true)
        let bram = company.guests[0]
        for isLocked in [true, false, true] {
            let (saves, epoch) = (bram.saves, try #require(bram.epoch))
            company.meeting.tell(company.host, .lock(isLocked))
            try #require(company.meeting.run(until: { bram.epoch == epoch + 1 }))
            let state = try SavedState(kept: try #require(bram.saved).secret, company.meeting.crypto)
            #expect(bram.saves > saves && state.group.context.epoch == epoch + 1)
        }
        company.meeting.tell(bram, .leave)
        #expect(bram.state == .out(.left) && bram.isSavedDeleted && bram.saved == nil)
        let key = try #require(company.host.key(of: "Chris"))
        company.meeting.tell(company.host, .eject(key))
        let chris = company.guests[1]
        #expect(company.meeting.run(until: { chris.state == .out(.ejected) }))
        #expect(chris.isSavedDeleted && chris.saved == nil)
    }

    @Test("where nothing happens for long a state is renewed, so that its age tells when somebody was there last")
    func renewed() throws {
        let company = try Company(seed: 518, [], keepsState: true)
        company.meeting.run(20 * 60_000)
        let anna = try company.restart(company.host)
        self.expectTogether(company.meeting, [anna])
        #expect(anna.states == self.settled)
    }
}

extension Company {
    /// Somebody's program crashes, and starts again with what it had kept, half a second later.
    func restart(_ member: TestMember, hasHostLink: Bool = false) throws -> TestMember {
        let saved = try #require(member.saved)
        self.meeting.crash(member)
        self.meeting.run(500)
        return try self.meeting.restore(member.name, from: saved, hasHostLink: hasHostLink)
    }
}

extension TestMember {
    /// Three frames of a voice in the epoch of today, from its beginning: as the media side would send them.
    func speak(with crypto: SeededCryptoProvider) throws {
        if let epoch = self.mediaEpochs.last { try Self.speak(in: epoch, crypto) }
    }

    /// The same in one epoch of all.
    static func speak(in epoch: MediaEpoch, _ crypto: SeededCryptoProvider) throws {
        var keys = GroupFrameKeys()
        keys.begin(epoch, now: 0)
        guard var sealer = try keys.sealer(.microphone, .opus, crypto) else { return }
        for time in 0..<3 as Range<UInt32> {
            _ = try sealer.seal([1, 2, 3].span, isKeyFrame: false, mediaTime: time)
        }
    }
}
