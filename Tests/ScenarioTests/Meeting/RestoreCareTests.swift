import BeraadTesting
import E2EE
import Testing

/// What somebody whose program crashed does not do with what was kept (`e2ee.md` 4.4, restored; 11; 13, SavedState).
@Suite("Going on after a crash, and no further")
struct RestoreCareTests {
    /// The service takes an empty Commit of somebody once in this time, and a newcomer may have made one.
    private static let minute: UInt64 = 61_000

    /// Everybody sends, in one epoch and with one key, and sees everybody.
    private func areTogether(_ meeting: TestMeeting, _ people: [TestMember]) -> Bool {
        meeting.run(until: {
            people.allSatisfy { $0.isLive && $0.baseKey == people[0].baseKey && $0.roster.count == people.count }
        })
    }

    private func sender(_ message: MLSMessage?) -> Sender? {
        guard case .publicMessage(let open)? = message, case .commit = open.content.content else { return nil }
        return open.content.sender
    }

    /// Whether somebody commits as a member. The Commit of a joiner is no proof to anybody.
    private func isMembers(_ frame: ClientFrame) -> Bool {
        guard case .commit(let commit) = frame else { return false }
        return self.sender(try? MLSMessage(decoding: commit.commit))?.type == .member
    }

    /// How often somebody came in by a Commit of their own.
    private func joins(_ server: HostileServer) -> Int {
        server.events.count { self.sender($0.message) == .newMemberCommit }
    }

    // MARK: A word that is worth something

    /// Eva comes in by an open door, hears no sign of the host, and her program crashes: her key, and what was kept.
    private func unproven(seed: UInt64) throws -> (company: Company, key: [UInt8], saved: HeldSecret) {
        let company = try Company(seed: seed, ["Chris"], keepsState: true) { $0.admission = .open }
        let meeting = company.meeting
        meeting.openDoor()
        let eva = try meeting.open("Eva")
        company.server.says = { member, frame in
            if member === eva, case .event(let event) = frame, case .privateMessage = event.message { return nil }
            return frame
        }
        meeting.tell(eva, .enter)
        try #require(
            meeting.run(until: { eva.state == .unproven && company.host.roster.count == 3 }), "\(eva.states)")
        let key = try #require(company.host.roster.first { $0.name.isEmpty }?.signatureKey)
        let saved = try #require(eva.saved)
        let state = try SavedState(kept: saved.secret, meeting.crypto)
        try #require(!state.isConfirmed)
        meeting.crash(eva)
        return (company, key, saved)
    }

    private func isCohost(_ key: [UInt8], to member: TestMember) -> Bool {
        member.roster.contains { $0.signatureKey == key && $0.role == .cohost }
    }

    @Test("whoever reads in the log that they are a co-host, of a group nobody proved to them, commits nothing in it")
    func becameCohost() throws {
        let (company, key, saved) = try self.unproven(seed: 540)
        let meeting = company.meeting
        meeting.tell(company.host, .makeCohost(key))
        try #require(meeting.run(until: { self.isCohost(key, to: company.host) }))
        var commits = 0
        company.server.hears = { member, frame, _ in
            if member.name == "Eva", self.isMembers(frame) { commits += 1 }
            return frame
        }
        let eva = try meeting.restore("Eva", from: saved)
        #expect(self.areTogether(meeting, company.everybody + [eva]), "\(eva.states)")
        #expect(eva.states.prefix(2) == [.restored, .resync] && commits == 0, "\(eva.states) \(commits)")
    }

    @Test("whoever becomes a co-host while their Commit is on its way, in such a group, does not make it anew")
    func becameCohostMeanwhile() throws {
        let (company, key, saved) = try self.unproven(seed: 541)
        let meeting = company.meeting
        var commits = 0
        company.server.hears = { member, frame, _ in
            guard member.name == "Eva", self.isMembers(frame) else { return frame }
            commits += 1
            return nil
        }
        let eva = try meeting.restore("Eva", from: saved)
        try #require(meeting.run(until: { commits == 1 }), "\(eva.states)")
        meeting.tell(company.host, .makeCohost(key))
        #expect(self.areTogether(meeting, company.everybody + [eva]), "\(eva.states)")
        #expect(self.isCohost(key, to: company.host))
        #expect(eva.states.prefix(2) == [.restored, .resync] && commits == 1, "\(eva.states) \(commits)")
    }

    @Test("the state that says that a Commit is on its way is given out before that Commit is")
    func savedFirst() throws {
        let company = try Company(seed: 547, keepsState: true)
        let meeting = company.meeting, host = company.host
        var kept: [Bool] = []
        company.server.hears = { member, frame, _ in
            guard member === host, case .commit(let commit) = frame else { return frame }
            let state = host.saved.flatMap { try? SavedState(kept: $0.secret, meeting.crypto) }
            kept.append(state?.hasOwnCommit == true && state?.group.context.epoch == commit.epoch)
            return frame
        }
        for isLocked in [true, false] {
            meeting.tell(host, .lock(isLocked))
            meeting.run(1_000)
        }
        #expect(kept == [true, true])
    }

    // MARK: One key in two places

    @Test(
        "of two programs with one key one comes in anew and the other goes: they do not throw each other out for ever")
    func twins() throws {
        let company = try Company(seed: 542, keepsState: true)
        let meeting = company.meeting, bram = company.guests[0]
        meeting.run(Self.minute)
        meeting.disconnect(bram)
        let copy = try meeting.restore("Bram", from: try #require(bram.saved))
        try #require(meeting.run(until: { copy.isLive }), "\(copy.states)")
        // The first one reads a Commit in its own name, which it cannot follow.
        meeting.disconnect(copy)
        meeting.connect(bram)
        try #require(meeting.run(until: { bram.isLive && self.joins(company.server) == 1 }), "\(bram.states)")
        meeting.disconnect(bram)
        meeting.connect(copy)
        #expect(meeting.run(until: { copy.state == .out(.sentBack) }), "\(copy.states)")
        #expect(!copy.states.contains(.resync) && copy.isSavedDeleted)
        meeting.crash(copy)
        meeting.connect(bram)
        #expect(self.areTogether(meeting, [company.host] + company.guests), "\(bram.states)")
        #expect(self.joins(company.server) == 1)
    }

    @Test("two programs with one key and a connection each: one goes, the other came in anew once")
    func twinsAtOnce() throws {
        let company = try Company(seed: 543, keepsState: true)
        let meeting = company.meeting, bram = company.guests[0]
        meeting.run(Self.minute)
        let copy = try meeting.restore("Bram", from: try #require(bram.saved))
        #expect(
            meeting.run(until: { [bram, copy].contains { $0.state == .out(.sentBack) } }, within: 60_000),
            "\(bram.states) \(copy.states)")
        meeting.run(30_000)
        let rest = [bram, copy].filter { $0.state != .out(.sentBack) }
        #expect(rest.count == 1 && self.areTogether(meeting, [company.host, company.guests[1]] + rest))
        #expect(self.joins(company.server) == 1, "\(bram.states) \(copy.states)")
    }

    @Test("whoever came in anew just before the crash, and had not kept that yet, reads of it and does so once more")
    func cameInAnew() throws {
        let company = try Company(seed: 546, keepsState: true)
        let meeting = company.meeting, bram = company.guests[0]
        let saved = try #require(bram.saved)
        // What Bram missed while his line was down is not in the log any more.
        company.server.says = { member, frame in
            guard member === bram, bram.state == .live, case .data(let data) = frame,
                case .log? = try? DataFrame(decoding: data)
            else { return frame }
            return .error(.gone)
        }
        meeting.disconnect(bram)
        meeting.connect(bram)
        try #require(meeting.run(until: { bram.isLive && self.joins(company.server) == 1 }), "\(bram.states)")
        meeting.crash(bram)
        let again = try meeting.restore("Bram", from: saved)
        #expect(self.areTogether(meeting, [company.host, again, company.guests[1]]), "\(again.states)")
        #expect(again.states.prefix(2) == [.restored, .resync] && self.joins(company.server) == 2)
    }

    // MARK: A round, and a clock

    @Test("whoever comes back while codes are compared does not wait for the end: a new way into the own place")
    func comparing() throws {
        let company = try Company(seed: 544, keepsState: true)
        let meeting = company.meeting
        meeting.run(Self.minute)
        let saved = try #require(company.guests[0].saved)
        meeting.crash(company.guests[0])
        meeting.tell(company.host, .compare)
        try #require(meeting.run(until: { company.host.comparisons.last?.phase == .collecting }))
        let bram = try meeting.restore("Bram", from: saved)
        #expect(self.areTogether(meeting, [company.host, bram, company.guests[1]]), "\(bram.states)")
        #expect(bram.states.prefix(2) == [.restored, .resync] && bram.faults.isEmpty)
        #expect(company.host.comparisons.last?.phase == .failed, "the code was of the epoch before")
    }

    @Test("beacons are believed too when the state was old and the clock on the wall was set back since")
    func clockSetBack() throws {
        let company = try Company(seed: 545, keepsState: true)
        let meeting = company.meeting
        let saved = try #require(company.host.saved), saves = company.host.saves
        // A little longer, and it would have been renewed.
        meeting.run(4 * 60_000)
        try #require(company.host.saves == saves)
        meeting.crash(company.host)
        meeting.run(500)
        let anna = try meeting.restore("Anna", from: saved, clockBehind: meeting.now - 5, wallBehind: 5 * 60_000)
        #expect(self.areTogether(meeting, [anna] + company.guests), "\(anna.states)")
        #expect(anna.states == [.restored, .unproven, .live])
        meeting.run(60_000)
        #expect(company.guests.allSatisfy { $0.isLive && $0.faults.isEmpty && $0.openedAt.count == 1 })
    }
}
