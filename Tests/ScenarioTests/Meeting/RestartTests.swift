import BeraadTesting
import E2EE
import Testing

/// The server is killed while people are in (`docs/decisions/0017`): its registration is there again, its group is not.
@Suite("A server that is started anew")
struct RestartTests {
    /// Everybody of these sees just these, has the same keys, and nobody was asked about anything.
    private func areTogether(_ people: [TestMember]) -> Bool {
        let names = people.map(\.name).sorted()
        return people.allSatisfy { $0.isLive && $0.names == names } && Set(people.map(\.baseKey)).count == 1
    }

    /// Kills the server and lets those of them be together again, in another group: the one before still stands in
    /// everybody's mind when the server is gone.
    private func goOn(
        _ company: Company, _ people: [TestMember]? = nil, asksPasscode: Bool = false, within: UInt64 = 30_000,
        until isSo: () -> Bool = { true }
    ) -> Bool {
        let before = company.host.engine.groupID, back = people ?? company.everybody
        company.meeting.killServer(people, asksPasscode: asksPasscode)
        return company.meeting.run(
            until: { company.host.engine.groupID != before && self.areTogether(back) && isSo() }, within: within)
    }

    /// Whether the host was told of somebody at the door since then.
    private func watch(_ company: Company) -> () -> Bool {
        var wasAsked = false
        company.meeting.engineHears = { member, _, _ in
            if member === company.host, !member.lobby.isEmpty { wasAsked = true }
        }
        return { wasAsked || !company.host.lobby.isEmpty }
    }

    private func policy(_ member: TestMember) throws -> PolicyView { try #require(member.policies.last) }

    @Test("host and guests go on by themselves, in another group, and nobody is asked", arguments: [false, true])
    func goesOn(_ asksPasscode: Bool) throws {
        let company = try Company(seed: 900)
        company.meeting.run(2_000)
        let wasAsked = self.watch(company)
        #expect(
            self.goOn(company, asksPasscode: asksPasscode),
            "\(company.everybody.map(\.states)) \(company.host.faultCodes()) \(company.host.refused)")
        #expect(!wasAsked() && company.everybody.allSatisfy { $0.refused.isEmpty && $0.faults.isEmpty })
        // Once more, and whoever drops out afterwards comes back as ever.
        #expect(self.goOn(company, asksPasscode: asksPasscode))
        company.meeting.run(2_000)
        #expect(!wasAsked())
        #expect(try !self.policy(company.host).isLocked)
    }

    @Test("many come back in few steps")
    func many() throws {
        let company = try Company(seed: 901, (0..<12).map { "Gast \($0)" })
        company.meeting.run(2_000)
        let wasAsked = self.watch(company)
        #expect(self.goOn(company))
        #expect(!wasAsked() && company.host.refused.isEmpty)
        #expect(try #require(company.host.epoch) <= 8)
    }

    @Test("a newcomer waits for the person, also while those who were in come back")
    func newcomer() throws {
        let company = try Company(seed: 902)
        company.meeting.run(2_000)
        let before = company.host.engine.groupID
        company.meeting.killServer()
        let dewi = try company.meeting.enter("Dewi")
        #expect(
            company.meeting.run(until: {
                company.host.engine.groupID != before && self.areTogether(company.everybody)
                    && company.host.lobby.count == 1
            }))
        company.meeting.run(60_000)
        #expect(dewi.state == .knocking && company.host.roster.count == 3)
    }

    /// How somebody goes before the server does; `AtOnce`: it is said, and not ordered any more.
    enum Going: CaseIterable {
        case putOut, sentBack, putOutAtOnce, sentBackAtOnce, goodbye, goodbyeAtOnce, sentBackLater
    }

    @Test("whoever was put out, sent back or left does not come back by themselves", arguments: Going.allCases)
    func gone(_ going: Going) throws {
        let company = try Company(seed: 903)
        let meeting = company.meeting, server = company.server
        let bram = company.guests[0], key = try #require(company.host.key(of: "Bram"))
        let rest = [company.host, company.guests[1]]
        meeting.run(2_000)
        // He hears of nothing, so that what runs on in his hands tries.
        server.says = { member, frame in member === bram ? nil : frame }
        switch going {
        case .putOut, .putOutAtOnce: meeting.tell(company.host, .eject(key))
        case .sentBack, .sentBackAtOnce: meeting.tell(company.host, .sendBack(key))
        case .goodbye: meeting.say(bram.goodbye, as: bram)
        case .goodbyeAtOnce:
            server.hears = { _, frame, _ in if case .commit = frame { nil } else { frame } }
            meeting.say(bram.goodbye, as: bram)
            meeting.run(200)
        case .sentBackLater: break
        }
        switch going {
        case .putOut, .sentBack, .goodbye: try #require(meeting.run(until: { company.host.roster.count == 2 }))
        case .putOutAtOnce, .sentBackAtOnce, .goodbyeAtOnce: #expect(company.host.roster.count == 3)
        case .sentBackLater: break
        }
        server.says = { $1 }
        server.hears = { _, said, _ in said }
        try #require(self.goOn(company, rest), "\(rest.map(\.states))")
        if going == .sentBackLater { meeting.tell(company.host, .sendBack(key)) }
        meeting.run(500)
        meeting.connect(bram)
        meeting.run(20_000)
        #expect(rest.allSatisfy { $0.isLive && $0.roster.count == 2 }, "\(rest.map(\.states)) \(rest.map(\.names))")
        #expect(!bram.isLive, "\(bram.states)")
        if going == .putOutAtOnce { #expect(bram.state == .out(.refused), "for good, and so in the next group") }
    }

    @Test("whoever comes too late is a newcomer", arguments: [false, true])
    func late(_ isTooLate: Bool) throws {
        let company = try Company(seed: 904)
        let meeting = company.meeting, bram = company.guests[0], rest = [company.host, company.guests[1]]
        meeting.run(2_000)
        try #require(self.goOn(company, rest))
        meeting.run(isTooLate ? 601_000 : 560_000)
        meeting.connect(bram)
        meeting.run(10_000)
        #expect(bram.isLive != isTooLate && company.host.lobby.count == (isTooLate ? 1 : 0), "\(bram.states)")
    }

    /// How the door stood.
    enum Door: CaseIterable {
        case locked, closed

        var command: EngineCommand { self == .locked ? .lock(true) : .setAdmission(.closed) }

        func stands(_ policy: PolicyView?) -> Bool {
            self == .locked ? policy?.isLocked == true : policy?.admission == .closed
        }
    }

    @Test("a door that was shut is shut again when all are back, or after half a minute", arguments: Door.allCases)
    func shut(_ door: Door) throws {
        let company = try Company(seed: 905)
        let meeting = company.meeting, bram = company.guests[0], rest = [company.host, company.guests[1]]
        meeting.run(2_000)
        meeting.tell(company.host, door.command)
        try #require(meeting.run(until: { company.everybody.allSatisfy { door.stands($0.policies.last) } }))
        meeting.run(2_000)
        #expect(
            self.goOn(company) { company.everybody.allSatisfy { door.stands($0.policies.last) } },
            "\(company.everybody.map(\.states)) \(company.host.refused)")
        try #require(self.goOn(company, rest))
        #expect(!door.stands(company.host.policies.last))
        meeting.run(31_000)
        #expect(rest.allSatisfy { door.stands($0.policies.last) })
        meeting.connect(bram)
        meeting.run(5_000)
        #expect(!bram.isLive && company.host.lobby.count == 1, "through a lock nobody comes by themselves")
    }

    @Test("a server that forgets again and again opens no lock")
    func forgetful() throws {
        let company = try Company(seed: 906)
        let meeting = company.meeting, rest = [company.host, company.guests[1]]
        meeting.run(2_000)
        meeting.tell(company.host, .lock(true))
        meeting.run(1_000)
        // Bram is missing each time, and the lock waits for him.
        for _ in 0..<3 {
            try #require(self.goOn(company, rest))
            #expect(try !self.policy(company.host).isLocked)
        }
        let dewi = try meeting.enter("Dewi")
        #expect(meeting.run(until: { rest.allSatisfy { $0.policies.last?.isLocked == true } }, within: 35_000))
        #expect(dewi.state == .knocking && company.host.refused.isEmpty)
    }

    @Test("what people could do and how the door stood is as it was")
    func switches() throws {
        let company = try Company(seed: 907)
        let meeting = company.meeting
        meeting.run(2_000)
        let features = try self.policy(company.host).features.subtracting([.chat, .reactions])
        meeting.tell(company.host, .setFeatures(features))
        meeting.tell(company.host, .setAdmission(.open))
        func isSo() -> Bool {
            company.everybody.allSatisfy {
                $0.policies.last?.features == features && $0.policies.last?.admission == .open
            }
        }
        try #require(meeting.run(until: isSo))
        #expect(self.goOn(company, until: isSo), "\(company.host.refused)")
    }

    @Test(
        "an old knock said again brings nobody in, of somebody who left or of somebody who is missing",
        arguments: [false, true])
    func saidAgain(_ hasLeft: Bool) throws {
        let company = try Company(seed: 908)
        let meeting = company.meeting, server = company.server
        meeting.run(2_000)
        var knocks: [[UInt8]] = []
        server.says = { member, frame in
            if member === company.host, case .lobby(let bytes) = frame { knocks.append(bytes) }
            return frame
        }
        let dewi = try meeting.enter("Dewi")
        try #require(meeting.run(until: { company.host.lobby.count == 1 }))
        meeting.tell(company.host, .admit([]))
        try #require(meeting.run(until: { self.areTogether(company.everybody + [dewi]) }))
        meeting.run(2_000)
        if hasLeft {
            meeting.tell(dewi, .leave)
            try #require(meeting.run(until: { company.host.roster.count == 3 }))
        }
        server.says = { $1 }
        try #require(self.goOn(company, company.everybody))
        #expect(!knocks.isEmpty)
        for knock in knocks { meeting.inject(.lobby(knock), to: company.host) }
        meeting.run(10_000)
        #expect(company.everybody.allSatisfy { $0.isLive && $0.roster.count == 3 })
    }

    @Test(
        "a personal link that was taken back, or whose end was on its way, opens nothing in the next group either",
        arguments: [false, true])
    func ticket(_ isOrdered: Bool) throws {
        let company = try Company(seed: 910)
        let meeting = company.meeting
        meeting.run(2_000)
        let fragment = try meeting.personalFragment([.enter]), other = try meeting.personalFragment([.enter])
        let path = meeting.links.path
        let link = try Link(meetingID: path.span, fragment: fragment.span, meeting.crypto)
        let key = try #require(try link.publicKey(meeting.crypto))
        let before = try #require(company.host.epoch)
        if !isOrdered { company.server.hears = { _, frame, _ in if case .commit = frame { nil } else { frame } } }
        meeting.tell(company.host, .revokeTicket(key))
        meeting.run(1_000)
        #expect(company.host.epoch == (isOrdered ? before + 1 : before))
        company.server.hears = { _, frame, _ in frame }
        // Once more: what one group was told the next one knows, also where nobody wants it anew.
        for _ in 0..<2 {
            try #require(self.goOn(company), "\(company.everybody.map(\.states))")
            meeting.run(2_000)
        }
        let bram = try meeting.enter("Gast", fragment: fragment)
        let dewi = try meeting.enter("Dewi", fragment: other)
        #expect(meeting.run(until: { dewi.isLive && company.host.roster.count == 4 }), "\(dewi.state)")
        meeting.run(5_000)
        #expect(bram.epochs.isEmpty && company.host.roster.count == 4, "\(bram.state)")
        #expect(company.host.refused.isEmpty && company.host.faults.isEmpty)
    }

    @Test("whoever was put out comes into no group after it by their personal link, which needs nobody's word")
    func personal() throws {
        let company = try Company(seed: 911)
        let meeting = company.meeting
        let fragment = try meeting.personalFragment([.enter])
        let guest = try meeting.enter("Gast", fragment: fragment)
        try #require(meeting.run(until: { guest.isLive && company.host.roster.count == 4 }), "\(guest.state)")
        meeting.run(6_000)
        meeting.tell(company.host, .eject(try #require(company.host.key(of: "Gast"))))
        try #require(meeting.run(until: { company.everybody.allSatisfy { $0.roster.count == 3 } }))
        for _ in 0..<2 {
            try #require(self.goOn(company), "\(company.everybody.map(\.states))")
            meeting.run(2_000)
        }
        let again = try meeting.enter("Gast", fragment: fragment)
        meeting.run(10_000)
        #expect(again.epochs.isEmpty && company.host.roster.count == 3, "\(again.states)")
        #expect(company.everybody.allSatisfy { $0.isLive && $0.refused.isEmpty })
    }

    @Test("where the group was ended nobody comes back")
    func ended() throws {
        let company = try Company(seed: 909)
        company.meeting.run(2_000)
        let known = company.host.engine.groupID
        let group = try #require(known)
        for member in company.everybody { company.meeting.inject(.ended(groupID: group), to: member) }
        company.meeting.run(1_000)
        company.meeting.killServer()
        company.meeting.run(10_000)
        #expect(company.everybody.allSatisfy { $0.state == .out(.ended) })
    }
}
