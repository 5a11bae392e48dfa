import BeraadTesting
import E2EE
import Testing

/// Codes that people compare by ear (`e2ee.md` 9).
@Suite("Comparing codes")
struct CompareTests {
    /// Anna with the host link, and Bram and Chris whom she let in.
    private func meeting(seed: UInt64) throws -> (meeting: TestMeeting, host: TestMember, guests: [TestMember]) {
        let meeting = try TestMeeting(seed: seed)
        let host = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { host.isLive }))
        let guests = try ["Bram", "Chris"].map { try meeting.enter($0) }
        try #require(meeting.run(until: { host.lobby.count == 2 }))
        meeting.tell(host, .admit([]))
        try #require(
            meeting.run(until: { ([host] + guests).allSatisfy { $0.isLive && $0.names == ["Anna", "Bram", "Chris"] } }))
        return (meeting, host, guests)
    }

    private func client(_ bytes: [UInt8]) -> ClientFrame? {
        guard let frame = try? Frame(decoding: bytes) else { return nil }
        return try? ClientFrame(frame)
    }

    private func shown(_ member: TestMember) -> [UInt8]? {
        guard let view = member.comparisons.last, view.phase == .shown else { return nil }
        return view.pictures
    }

    @Test("Everybody reads the same 30 digits, and other ones after each change of who is in")
    func code() throws {
        let (meeting, host, guests) = try self.meeting(seed: 300)
        #expect(Set(([host] + guests).map(\.code)).count == 1)
        #expect(host.code.count == 30 && host.code.allSatisfy { $0.isASCII && $0.isNumber })
        let before = host.code
        meeting.tell(host, .sendBack(try #require(host.key(of: "Chris"))))
        #expect(meeting.run(until: { guests[0].roster.count == 2 && host.roster.count == 2 }))
        #expect(host.code == guests[0].code && host.code != before)
    }

    @Test("A round shows everybody the same seven pictures; who says they are equal knows the others from then on")
    func round() throws {
        let (meeting, host, guests) = try self.meeting(seed: 301)
        let all = [host] + guests
        meeting.tell(host, .compare)
        #expect(meeting.run(until: { all.allSatisfy { self.shown($0) != nil } }), "\(all.map { $0.comparisons.last })")
        let pictures = try #require(self.shown(host))
        #expect(pictures.count == 7 && pictures.allSatisfy { $0 < 64 })
        #expect(guests.allSatisfy { self.shown($0) == pictures })
        #expect(all.allSatisfy { Set($0.comparisons.last?.people ?? []) == Set(host.roster.map(\.signatureKey)) })
        // Admission was frozen for the round and is open again; that is another epoch, and the pictures stay.
        meeting.run(2_000)
        let late = try meeting.enter("Dewi")
        #expect(meeting.run(until: { host.lobby.count == 1 }))
        meeting.tell(host, .admit([]))
        #expect(meeting.run(until: { late.isLive }), "\(late.state) \(host.refused)")
        #expect(self.shown(guests[0]) == pictures)
        let bram = guests[0]
        #expect(bram.roster.first { $0.signatureKey == bram.key(of: "Chris") }?.label == .guest)
        meeting.tell(bram, .compared(true))
        meeting.run(100)
        #expect(bram.roster.first { $0.signatureKey == bram.key(of: "Chris") }?.label == .verified)
        #expect(bram.roster.first { $0.signatureKey == bram.key(of: "Anna") }?.label == .host)
        #expect(bram.roster.first { $0.signatureKey == bram.key(of: "Dewi") }?.label == .guest, "was not in the code")
        #expect(
            host.roster.first { $0.signatureKey == host.key(of: "Chris") }?.label == .guest, "Anna said nothing yet")
    }

    @Test("Another round has other pictures")
    func again() throws {
        let (meeting, host, guests) = try self.meeting(seed: 302)
        var seen: Set<[UInt8]> = []
        for round in 1...3 {
            meeting.tell(host, .compare)
            #expect(meeting.run(until: { host.comparisons.filter { $0.phase == .shown }.count == round }))
            meeting.run(3_000)
            seen.insert(try #require(self.shown(guests[1])))
        }
        #expect(seen.count == 3)
    }

    @Test("Nobody comes in while a round is on, and whoever was let in meanwhile does right after it")
    func frozen() throws {
        let (meeting, host, guests) = try self.meeting(seed: 303)
        // Bram's part never comes, so the round lasts its ten seconds.
        meeting.clientSays = { member, bytes in
            if member === guests[0], case .app? = self.client(bytes) { return nil }
            return bytes
        }
        let late = try meeting.enter("Dewi")
        #expect(meeting.run(until: { host.lobby.count == 1 }))
        meeting.tell(host, .compare)
        #expect(meeting.run(until: { host.comparisons.last?.phase == .collecting }))
        meeting.tell(host, .admit([]))
        meeting.run(5_000)
        #expect(late.state == .knocking && host.comparisons.last?.phase == .collecting)
        #expect(meeting.run(until: { late.state.isMember }), "\(host.refused)")
        #expect(self.shown(host) != nil && host.refused.isEmpty)
    }

    @Test("Who does not answer is not in the code, and sees none; the others do after ten seconds")
    func silent() throws {
        let (meeting, host, guests) = try self.meeting(seed: 304)
        meeting.clientSays = { member, bytes in
            if member === guests[0], case .app? = self.client(bytes) { return nil }
            return bytes
        }
        meeting.tell(host, .compare)
        meeting.run(8_000)
        #expect(self.shown(host) == nil)
        #expect(meeting.run(until: { self.shown(host) != nil && self.shown(guests[1]) != nil }))
        #expect(self.shown(host) == self.shown(guests[1]))
        #expect(host.comparisons.last?.people.count == 2)
        #expect(guests[0].comparisons.last?.phase == .failed)
        meeting.tell(guests[0], .compared(true))
        meeting.run(100)
        #expect(guests[0].refused == [.compared(true)])
    }

    @Test("Other pictures close the gate, and only an equal round opens it again")
    func unequal() throws {
        let (meeting, host, guests) = try self.meeting(seed: 305)
        let bram = guests[0]
        meeting.tell(host, .compare)
        #expect(meeting.run(until: { self.shown(bram) != nil }))
        meeting.tell(bram, .compared(false))
        meeting.run(100)
        #expect(bram.state == .paused && bram.gateReasons == .compareFail)
        meeting.run(2_000)
        meeting.tell(host, .compare)
        #expect(meeting.run(until: { bram.comparisons.last?.phase == .shown && bram.comparisons.last?.isEqual == nil }))
        #expect(bram.gateReasons == .compareFail, "a new round alone changes nothing")
        meeting.tell(bram, .compared(true))
        meeting.run(100)
        #expect(bram.isLive)
    }

    @Test("A guest cannot begin a round, and a start without the Commit is none")
    func rights() throws {
        let (meeting, host, guests) = try self.meeting(seed: 306)
        meeting.tell(guests[0], .compare)
        let start = EngineCommand.send(kind: 36, body: [UInt8](repeating: 1, count: 48), deliverTo: [])
        meeting.tell(guests[0], start)
        meeting.run(2_000)
        #expect(guests[0].refused == [.compare, start])
        #expect(([host] + guests).allSatisfy { $0.comparisons.isEmpty })
    }

    @Test("A leader who vanishes leaves the door frozen for a minute at most")
    func vanished() throws {
        let (meeting, host, guests) = try self.meeting(seed: 307)
        meeting.clientSays = { member, bytes in
            if member === guests[0], case .app? = self.client(bytes) { return nil }
            return bytes
        }
        meeting.tell(host, .compare)
        #expect(meeting.run(until: { guests[1].comparisons.last?.phase == .collecting }))
        meeting.crash(host)
        meeting.clientSays = nil
        meeting.run(16_000)
        #expect(guests[1].comparisons.last?.phase == .failed)
        let again = try meeting.enter("Anna", isHost: true)
        // Nobody is there to vouch for the meeting, so Anna is asked.
        #expect(meeting.run(until: { again.gateReasons?.contains(.unhosted) == true }))
        meeting.tell(again, .continueUnhosted)
        meeting.run(70_000)
        let late = try meeting.enter("Dewi")
        #expect(meeting.run(until: { again.lobby.contains { String(decoding: $0.name, as: UTF8.self) == "Dewi" } }))
        meeting.tell(again, .admit([]))
        #expect(meeting.run(until: { late.state.isMember }), "\(late.state) \(again.state) \(again.refused)")
    }
}
