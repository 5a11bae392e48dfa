import BeraadTesting
import E2EE
import Testing

/// A server that keeps what the host says, and hands it out when it likes: a sign counts from when it was given, and so
/// nobody is held in the past (`docs/decisions/0010`).
@Suite("A malicious server that hands out the past")
struct EvilClockTests {
    /// What was kept for somebody, in its order.
    private final class Hoard {
        var kept: [(frame: ServerFrame, at: UInt64)] = []
        var isCut = false
    }

    /// Takes note of what the host says and the service forgets: Beacons, and answers unless only what is for all counts.
    private func signs(
        of host: TestMember, in company: Company, onlyForAll: Bool = false
    ) -> () -> Set<[UInt8]> {
        final class Seen { var messages: Set<[UInt8]> = [] }
        let seen = Seen()
        company.server.hears = { member, frame, _ in
            guard member === host, case .app(let app) = frame, app.keeping == .fleeting,
                !onlyForAll || app.deliverTo.isEmpty
            else { return frame }
            seen.messages.insert(app.message)
            return frame
        }
        return { seen.messages }
    }

    @Test("hoarded-beacons: signs of the host that the server saved up hold nobody after an ejection")
    func hoarded() throws {
        let company = try Company(seed: 141)
        let meeting = company.meeting, bram = company.guests[0], hoard = Hoard()
        let beacons = self.signs(of: company.host, in: company, onlyForAll: true)
        company.server.says = { member, frame in
            guard member === bram else { return frame }
            switch frame {
            case .event(let event) where beacons().contains(event.message.encoded):
                hoard.kept.append((frame, meeting.now))
                return nil
            case .event, .data, .error: return hoard.isCut ? nil : frame
            default: return frame
            }
        }
        // Every third sign reaches Bram, late; nothing else is held back.
        for _ in 0..<8 {
            meeting.run(15_000)
            #expect(bram.isLive, "what came late he asks about, and the host answers")
            meeting.inject(hoard.kept.removeFirst().frame, to: bram)
        }
        #expect(hoard.kept.count > 10)
        hoard.isCut = true
        meeting.tell(company.host, .eject(try #require(company.host.key(of: "Chris"))))
        let since = meeting.now
        for second in 1...90 {
            meeting.run(1_000)
            if second % 10 == 0, !hoard.kept.isEmpty { meeting.inject(hoard.kept.removeFirst().frame, to: bram) }
            if second >= 21 { #expect(!bram.isLive, "\(second) s: \(bram.state)") }
        }
        #expect(bram.gateReasons?.contains(.noProof) == true && !bram.hasOpened(since: since + 21_000))
        #expect(company.host.isLive)
    }

    @Test("stretched time: everything comes, but ever later, and whoever is shown it does not speak into the past")
    func stretched() throws {
        let company = try Company(seed: 142)
        let meeting = company.meeting, bram = company.guests[0], hoard = Hoard()
        let start = meeting.now
        company.server.says = { member, frame in
            guard member === bram else { return frame }
            hoard.kept.append((frame, meeting.now))
            return nil
        }
        // A host at work: Commits prove the epoch, but not when.
        var shown = start
        for second in 1...120 as ClosedRange<UInt64> {
            if second % 4 == 0 { meeting.tell(company.host, .lock(second % 8 == 0)) }
            if second == 40 { meeting.tell(company.host, .eject(try #require(company.host.key(of: "Chris")))) }
            for _ in 0..<10 {
                meeting.run(100)
                // One second in three.
                while let next = hoard.kept.first, start + (next.at - start) * 3 <= meeting.now {
                    hoard.kept.removeFirst()
                    meeting.inject(next.frame, request: 0, to: bram)
                    shown = next.at
                }
                if bram.isLive { #expect(meeting.now - shown <= 20_000 + 1_500, "\(second) s") }
            }
        }
        #expect(!bram.isLive)
    }

    @Test("successors: two who stand by prove nothing to each other where the host has gone on without them")
    func successors() throws {
        // Keys of those who open the link first and second, as another meeting of the same seed shows them.
        let rehearsal = try Company(seed: 143, ["Bram", "Chris", "Dewi"])
        let keys = try ["Bram", "Chris"].map { try #require(rehearsal.host.key(of: $0)) }
        let company = try Company(seed: 143, ["Bram", "Chris", "Dewi"]) { $0.successors = keys }
        try #require(keys.allSatisfy { key in company.host.roster.contains { $0.signatureKey == key } })
        let meeting = company.meeting
        meeting.run(12_000)
        // The host's words reach nobody any more; theirs reach each other.
        company.server.hears = { member, frame, _ in
            if member === company.host { return nil }
            return frame
        }
        company.server.says = { member, frame in
            if member === company.host { return nil }
            return frame
        }
        meeting.run(62_000)
        for guest in company.guests { #expect(!guest.isLive, "\(guest.name): \(guest.state)") }
        company.server.hears = { _, frame, _ in frame }
        company.server.says = { _, frame in frame }
        meeting.run(30_000)
        for guest in company.guests { #expect(guest.isLive, "\(guest.name): \(guest.state)") }
    }

    @Test("a host who came back and was asked hears another one all the same, however late")
    func lateAnswer() throws {
        let company = try Company(seed: 151)
        let meeting = company.meeting
        let dewi = try Rogue("Dewi", in: meeting, role: .host)
        try company.letIn(dewi)
        meeting.crash(company.host)
        let host = try meeting.enter("Anna", isHost: true)
        meeting.run(40_000)
        #expect(host.gateReasons == .unhosted && host.state == .paused, "\(host.state)")
        try dewi.answerChallenges(at: meeting.now)
        #expect(meeting.run(until: { host.isLive }, within: 1_000), "\(host.state)")
    }

    /// Time in which somebody's clock stands still; the one on the wall goes on.
    private func sleep(_ member: TestMember, _ milliseconds: UInt64, in meeting: TestMeeting) {
        for _ in 0..<(milliseconds / 250) {
            meeting.run(250)
            member.clockBehind += 250
        }
    }

    @Test("a host beside another one knows how old that one's signs are, and may renew the link at any time")
    func twoHosts() throws {
        let company = try Company(seed: 147)
        let meeting = company.meeting, bram = company.guests[0], hoard = Hoard()
        meeting.tell(company.host, .makeCohost(try #require(company.host.key(of: "Bram"))))
        meeting.run(60_000)
        company.server.says = { member, frame in
            if hoard.isCut, member === company.host, case .event = frame { return nil }
            return frame
        }
        meeting.tell(company.host, .rotateLink)
        try #require(meeting.run(until: { company.everybody.allSatisfy { $0.invites.count == 1 } }))
        // Where Bram's words do not arrive nothing is told.
        hoard.isCut = true
        meeting.run(15_000)
        meeting.tell(company.host, .rotateLink)
        meeting.run(25_000)
        #expect(company.host.refused == [.rotateLink] && bram.invites.count == 1)
    }

    @Test("a device that slept: what came before counts as old, and a question ends the doubt")
    func slept() throws {
        let company = try Company(seed: 144)
        let meeting = company.meeting, bram = company.guests[0]
        meeting.run(12_000)
        var isCut = true
        company.server.says = { member, frame in member === bram && isCut ? nil : frame }
        self.sleep(bram, 30_000, in: meeting)
        #expect(!bram.isLive && bram.gateReasons?.contains(.noProof) == true, "\(bram.state)")
        isCut = false
        #expect(meeting.run(until: { bram.isLive }, within: 5_000))
        meeting.run(60_000)
        #expect(bram.isLive && bram.openedAt.count == 2, "\(bram.openedAt)")
    }

    @Test("a device that slept: an answer that the server kept for its waking ends no doubt")
    func keptAnswer() throws {
        let company = try Company(seed: 148)
        let meeting = company.meeting, bram = company.guests[0], hoard = Hoard()
        let signs = self.signs(of: company.host, in: company)
        meeting.run(12_000)
        company.server.says = { member, frame in
            guard member === bram else { return frame }
            if case .event(let event) = frame, signs().contains(event.message.encoded) {
                hoard.kept.append((frame, meeting.now))
                return nil
            }
            return hoard.isCut ? nil : frame
        }
        // Nothing comes, and so Bram asks.
        meeting.run(14_000)
        #expect(bram.isLive && hoard.kept.count >= 4)
        hoard.isCut = true
        meeting.tell(company.host, .eject(try #require(company.host.key(of: "Chris"))))
        let before = hoard.kept.count
        self.sleep(bram, 60_000, in: meeting)
        let since = meeting.now
        for kept in hoard.kept.prefix(before) {
            meeting.inject(kept.frame, to: bram)
            meeting.run(4_000)
        }
        #expect(!bram.hasOpened(since: since) && bram.gateReasons?.contains(.noProof) == true, "\(bram.openedAt)")
    }

    @Test("a newcomer whom the server led astray: the first sign of the host counts for so long and no longer")
    func lateFirstSign() throws {
        let company = try Company(seed: 149) { $0.admission = .open }
        let meeting = company.meeting, hoard = Hoard()
        let signs = self.signs(of: company.host, in: company)
        meeting.openDoor()
        let eva = try meeting.enter("Eva")
        company.server.says = { member, frame in
            guard member === eva, case .event(let event) = frame, signs().contains(event.message.encoded) else {
                return frame
            }
            hoard.kept.append((frame, meeting.now))
            return nil
        }
        meeting.run(60_000)
        #expect(eva.epoch == company.host.epoch && eva.openedAt.isEmpty && hoard.kept.count > 10)
        for kept in hoard.kept.prefix(4) { meeting.inject(kept.frame, to: eva) }
        meeting.run(2_000)
        #expect(eva.openedAt.isEmpty && eva.gateReasons?.contains(.noProof) == true)
        company.server.says = { $1 }
        #expect(meeting.run(until: { eva.isLive }, within: 10_000))
    }

    @Test("while all is well nobody asks but whoever comes")
    func calm() throws {
        let names = (1...9).map { "Guest \($0)" }
        let company = try Company(seed: 150, names)
        company.meeting.tell(company.host, .makeCohost(try #require(company.host.key(of: "Guest 1"))))
        company.meeting.run(10_000)
        var questions = 0
        company.server.hears = { _, frame, _ in
            if case .app(let app) = frame, app.keeping == .fleeting, !app.deliverTo.isEmpty { questions += 1 }
            return frame
        }
        company.meeting.run(300_000)
        #expect(questions == 0 && company.everybody.allSatisfy { $0.isLive && $0.openedAt.count == 1 })
        // Then clocks are measured anew, in ten minutes once by each.
        company.meeting.run(600_000)
        #expect(company.everybody.allSatisfy { $0.isLive && $0.openedAt.count == 1 })
        #expect(questions > 0 && questions <= 2 * 2 * company.everybody.count, "\(questions)")
    }

    @Test("a host whose device slept, or whose clock on the wall is set, is believed again by the next answer")
    func hostSlept() throws {
        let company = try Company(seed: 145)
        let meeting = company.meeting, host = company.host
        meeting.run(12_000)
        self.sleep(host, 10_000, in: meeting)
        meeting.run(30_000)
        host.wallBehind = 3_600_000
        meeting.run(30_000)
        for guest in company.guests { #expect(guest.isLive && guest.openedAt.count == 1, "\(guest.openedAt)") }
    }

    @Test("without a host, signs of the others are as old as they are, too")
    func unhosted() throws {
        let company = try Company(seed: 146) { $0.flags.insert(.unhostedOK) }
        let meeting = company.meeting, bram = company.guests[0], chris = company.guests[1], hoard = Hoard()
        meeting.tell(company.host, .leave)
        try #require(meeting.run(until: { bram.roster.count == 2 && bram.isLive && chris.isLive }, within: 20_000))
        let beacons = self.signs(of: chris, in: company, onlyForAll: true)
        company.server.says = { member, frame in
            guard member === bram else { return frame }
            switch frame {
            case .event(let event) where beacons().contains(event.message.encoded):
                hoard.kept.append((frame, meeting.now))
                return nil
            case .event, .data, .error: return hoard.isCut ? nil : frame
            default: return frame
            }
        }
        meeting.run(60_000)
        #expect(bram.isLive && hoard.kept.count >= 8)
        hoard.isCut = true
        for _ in 0..<4 {
            meeting.run(10_000)
            if !hoard.kept.isEmpty { meeting.inject(hoard.kept.removeFirst().frame, to: bram) }
        }
        #expect(!bram.isLive && bram.gateReasons?.contains(.noProof) == true, "\(bram.state)")
    }
}
