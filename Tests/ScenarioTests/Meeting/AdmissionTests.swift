import BeraadTesting
import E2EE
import Meeting
import Testing

/// The waiting room, the door and the way out, by keys (`e2ee.md` 4.3, 9).
@Suite("Admission is a key")
struct AdmissionTests {
    /// Anna, who has the host link, and people she let in, all of them live.
    private func meeting(
        seed: UInt64, _ names: [String], _ change: (inout MeetingDraft) -> Void = { _ in }
    ) throws -> (meeting: TestMeeting, host: TestMember, guests: [TestMember]) {
        let meeting = try TestMeeting(seed: seed, change)
        let host = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { host.isLive }), "\(host.state) \(host.faults)")
        let guests = try names.map { try meeting.enter($0) }
        try #require(meeting.run(until: { host.lobby.count == names.count }))
        meeting.tell(host, .admit([]))
        let everybody = [host] + guests
        let all = (["Anna"] + names).sorted()
        try #require(
            meeting.run(until: { everybody.allSatisfy { $0.isLive && $0.names == all } }),
            "\(everybody.map { ($0.name, $0.state, $0.names, $0.faults) })")
        return (meeting, host, guests)
    }

    @Test("A host opens the meeting, a guest knocks, is let in, and both have one key and see both names")
    func admit() throws {
        let meeting = try TestMeeting(seed: 1)
        let host = try meeting.enter("Anna", isHost: true)
        #expect(meeting.run(until: { host.isLive }), "\(host.state) \(host.faults)")
        let guest = try meeting.enter("Bram")
        #expect(meeting.run(until: { host.lobby.first?.words != nil }), "\(guest.state) \(host.faults) \(guest.faults)")
        #expect(host.lobby.map { String(decoding: $0.name, as: UTF8.self) } == ["Bram"])
        #expect(host.lobby.first?.words == guest.words)
        #expect(guest.epoch == nil && guest.roster.isEmpty)
        meeting.tell(host, .admit([]))
        #expect(meeting.run(until: { guest.isLive && host.isLive }), "\(guest.state) \(guest.faults) \(host.faults)")
        #expect(
            meeting.run(until: { guest.names == ["Anna", "Bram"] && host.names == ["Anna", "Bram"] }),
            "\(guest.names) \(host.names)")
        #expect(host.baseKey == guest.baseKey && host.baseKey != nil)
        #expect(host.lobby.isEmpty)
    }

    @Test("Whose line breaks before the Welcome has come gets in all the same, without waiting for anybody's click")
    func welcomeLost() throws {
        let meeting = try TestMeeting(seed: 19)
        let host = try meeting.enter("Anna", isHost: true)
        #expect(meeting.run(until: { host.isLive }))
        let guest = try meeting.enter("Bram")
        #expect(meeting.run(until: { host.lobby.count == 1 }))
        let epoch = try #require(host.epoch)
        meeting.serverSays = { member, bytes in
            // Type 44 is the Welcome.
            member === guest && bytes[0] == 0x44 ? nil : bytes
        }
        meeting.tell(host, .admit([]))
        #expect(meeting.run(until: { host.epoch == epoch + 1 }))
        meeting.disconnect(guest)
        meeting.serverSays = nil
        meeting.run(200)
        meeting.connect(guest)
        #expect(
            meeting.run(until: { guest.isLive && guest.baseKey == host.baseKey }, within: 15_000),
            "\(guest.state) \(guest.states) \(host.lobby.count)")
        #expect(host.roster.count == 2)
    }

    @Test(
        "Of three who wait one is let in; the others stay and get no roster, no key and no message of the group",
        .promise("P-013"))
    func admitOne() throws {
        let meeting = try TestMeeting(seed: 2)
        let host = try meeting.enter("Anna", isHost: true)
        let guests = try ["Bram", "Chris", "Dewi"].map { try meeting.enter($0) }
        #expect(meeting.run(until: { host.lobby.count == 3 }))
        var seen: [UInt8] = []
        meeting.serverSays = { member, bytes in
            if member !== host, member !== guests[1] { seen.append(bytes[0]) }
            return bytes
        }
        let chris = try #require(host.lobby.first { String(decoding: $0.name, as: UTF8.self) == "Chris" })
        meeting.tell(host, .admit([chris.requestHash]))
        #expect(meeting.run(until: { guests[1].isLive }))
        meeting.run(12_000)
        for other in [guests[0], guests[2]] {
            #expect(other.state == .knocking && other.roster.isEmpty && other.epochs.isEmpty)
        }
        // 0x43 and 0x44 are messages of the group and Welcomes, 0x48 what can be asked for.
        #expect(!seen.contains(0x43) && !seen.contains(0x44) && !seen.contains(0x48))
        #expect(host.lobby.count == 2)
    }

    @Test("Whoever is refused reads the host's word and is out; the server cannot refuse anybody")
    func refuse() throws {
        let meeting = try TestMeeting(seed: 3)
        let host = try meeting.enter("Anna", isHost: true)
        let guest = try meeting.enter("Bram")
        #expect(meeting.run(until: { host.lobby.count == 1 }))
        meeting.tell(host, .refuse(host.lobby[0].requestHash, note: Array("Morgen graag".utf8)))
        #expect(meeting.run(until: { guest.state == .out(.refused) }))
        #expect(guest.notes == [Array("Morgen graag".utf8)])
        #expect(host.lobby.isEmpty)
    }

    @Test("A name that the server finds too much at once is said again after a pause, and not with each answer")
    func nameInHaste() throws {
        let company = try Company(seed: 146)
        let bram = company.guests[0]
        company.meeting.run(6_000)
        var count = 0
        company.server.hears = { member, frame, request in
            guard member === bram, case .app = frame else { return frame }
            count += 1
            company.meeting.inject(.error(.rate), request: request, to: bram)
            return nil
        }
        company.meeting.tell(bram, .rename(Array("Bram B.".utf8)))
        company.meeting.run(3_000)
        #expect((2...10).contains(count), "\(count): twice a second, and signs of life")
        #expect(!company.host.names.contains("Bram B."))
        company.server.hears = { _, frame, _ in frame }
        #expect(company.meeting.run(until: { company.everybody.allSatisfy { $0.names.contains("Bram B.") } }))
    }

    @Test("A name that was on its way when the line broke is said again")
    func nameOnBrokenLine() throws {
        let company = try Company(seed: 147)
        let bram = company.guests[0]
        company.meeting.run(6_000)
        company.server.hears = { member, frame, _ in
            if member === bram, case .app = frame { nil } else { frame }
        }
        company.meeting.tell(bram, .rename(Array("Bram B.".utf8)))
        company.meeting.run(100)
        company.meeting.disconnect(bram)
        company.server.hears = { _, frame, _ in frame }
        company.meeting.run(1_000)
        company.meeting.connect(bram)
        #expect(
            company.meeting.run(until: { company.everybody.allSatisfy { $0.names.contains("Bram B.") } }),
            "\(company.host.names) \(bram.state)")
    }

    @Test("A host's word to somebody who waits decides nothing; an empty one, and one to nobody, is refused")
    func message() throws {
        let meeting = try TestMeeting(seed: 331)
        let host = try meeting.enter("Anna", isHost: true)
        let guest = try meeting.enter("Bram")
        #expect(meeting.run(until: { host.lobby.count == 1 }))
        let request = host.lobby[0].requestHash
        for text in ["Nog vijf minuten", "Nu echt"] {
            meeting.tell(host, .message(request, text: Array(text.utf8)))
            #expect(meeting.run(until: { guest.notes.last == Array(text.utf8) }))
        }
        #expect(guest.state == .knocking && host.lobby.count == 1 && host.refused.isEmpty)
        let strangers = [UInt8](repeating: 7, count: 32)
        let wrong: [EngineCommand] = [.message(request, text: []), .message(strangers, text: [65])]
        for command in wrong { meeting.tell(host, command) }
        meeting.tell(guest, .message(request, text: [65]))
        #expect(host.refused == wrong && guest.refused == [.message(request, text: [65])])
        meeting.tell(host, .admit([request]))
        #expect(meeting.run(until: { guest.isLive && guest.baseKey == host.baseKey }))
        #expect(guest.faults.isEmpty && host.faults.isEmpty)
    }

    @Test(
        "The name for the others is chosen while one waits, and nobody but the host has the one before",
        .promise("P-039"))
    func shownName() throws {
        let (meeting, host, guests) = try self.meeting(seed: 332, ["Chris"])
        let bram = try meeting.enter("Bram de Vries")
        #expect(meeting.run(until: { host.lobby.count == 1 }))
        for name in [[], [0xFF]] as [[UInt8]] { meeting.tell(bram, .rename(name)) }
        #expect(bram.refused == [.rename([]), .rename([0xFF])])
        for name in ["Brammetje", "Bram"] { meeting.tell(bram, .rename(Array(name.utf8))) }
        #expect(host.lobby.map(\.name) == [Array("Bram de Vries".utf8)])
        meeting.tell(host, .admit([]))
        let names = ["Anna", "Bram", "Chris"]
        #expect(meeting.run(until: { ([host, bram] + guests).allSatisfy { $0.names == names } }))
        #expect(bram.refused.count == 2 && ([host, bram] + guests).allSatisfy { $0.faults.isEmpty })
    }

    @Test(
        "Whoever is removed for good has no key of the next epoch, and does not get in with the same key",
        .promise("P-028"))
    func eject() throws {
        let (meeting, host, guests) = try self.meeting(seed: 4, ["Bram", "Chris"])
        let key = try #require(host.key(of: "Bram"))
        let before = try #require(host.epoch)
        meeting.tell(host, .eject(key))
        #expect(meeting.run(until: { guests[0].state == .out(.ejected) }), "\(guests[0].state) \(host.refused)")
        #expect(meeting.run(until: { host.epoch == before + 1 && guests[1].epoch == before + 1 }))
        #expect(host.baseKey == guests[1].baseKey && guests[0].epochs[before + 1] == nil)
        #expect(host.names == ["Anna", "Chris"] && guests[1].names == ["Anna", "Chris"])
    }

    @Test("Whoever is sent back may knock again")
    func sendBack() throws {
        let (meeting, host, guests) = try self.meeting(seed: 5, ["Bram"])
        meeting.tell(host, .sendBack(try #require(host.key(of: "Bram"))))
        #expect(meeting.run(until: { guests[0].state == .out(.sentBack) }))
        let again = try meeting.enter("Bram")
        #expect(meeting.run(until: { host.lobby.count == 1 }))
        meeting.tell(host, .admit([]))
        #expect(meeting.run(until: { again.isLive && again.baseKey == host.baseKey }))
    }

    @Test("Whoever is taken out and is not told finds out, and is not left waiting for sound")
    func removedUnheard() throws {
        let (meeting, host, guests) = try self.meeting(seed: 30, ["Bram", "Chris"])
        meeting.serverSays = { member, bytes in
            // Every message of the group that is meant for Bram gets lost.
            member.name == "Bram" && bytes.first == 0x43 ? nil : bytes
        }
        meeting.tell(host, .sendBack(try #require(host.key(of: "Bram"))))
        #expect(
            meeting.run(until: { guests[0].state == .knocking && guests[0].epoch == nil }, within: 40_000),
            "\(guests[0].state)")
        #expect(host.names == ["Anna", "Chris"])
    }

    @Test("A host who was alone and away for long makes the meeting anew")
    func aloneAndAway() throws {
        let meeting = try TestMeeting(seed: 31)
        let host = try meeting.enter("Anna", isHost: true)
        #expect(meeting.run(until: { host.isLive }))
        meeting.disconnect(host)
        meeting.run(45_000)
        meeting.connect(host)
        #expect(meeting.run(until: { host.isLive }), "\(host.state)")
        let guest = try meeting.enter("Bram")
        #expect(meeting.run(until: { host.lobby.count == 1 }))
        meeting.tell(host, .admit([]))
        #expect(meeting.run(until: { guest.isLive && guest.baseKey == host.baseKey }), "\(guest.state)")
    }

    @Test("Behind a lock nobody is let in, not even by the host; unlocked they are", .promise("P-016"))
    func lock() throws {
        let (meeting, host, _) = try self.meeting(seed: 6, ["Bram"])
        meeting.tell(host, .lock(true))
        meeting.run(500)
        let late = try meeting.enter("Dewi")
        #expect(meeting.run(until: { host.lobby.count == 1 }))
        meeting.tell(host, .admit([]))
        meeting.run(3_000)
        #expect(late.state == .knocking && !host.refused.isEmpty)
        meeting.tell(host, .lock(false))
        meeting.run(500)
        meeting.tell(host, .admit([]))
        #expect(meeting.run(until: { late.isLive && late.baseKey == host.baseKey }), "\(late.state) \(host.refused)")
    }

    @Test("Whoever leaves is out of the keys within five seconds, by somebody else's Commit")
    func leave() throws {
        let (meeting, host, guests) = try self.meeting(seed: 7, ["Bram", "Chris", "Dewi"])
        let before = try #require(host.epoch)
        meeting.tell(guests[1], .leave)
        #expect(guests[1].state == .out(.left))
        #expect(meeting.run(until: { host.epoch ?? 0 > before }, within: 5_000))
        #expect(meeting.run(until: { guests[0].baseKey == host.baseKey && guests[2].baseKey == host.baseKey }))
        #expect(host.names == ["Anna", "Bram", "Dewi"])
    }

    @Test("Whoever vanishes is out of the keys after half a minute")
    func vanish() throws {
        let (meeting, host, guests) = try self.meeting(seed: 8, ["Bram", "Chris"])
        meeting.crash(guests[0])
        #expect(meeting.run(until: { host.names == ["Anna", "Chris"] }, within: 40_000), "\(host.names)")
        #expect(meeting.run(until: { guests[1].baseKey == host.baseKey }))
    }

    @Test("A line that broke for ten seconds comes back to the same epoch by itself")
    func comeBack() throws {
        let (meeting, host, guests) = try self.meeting(seed: 9, ["Bram", "Chris"])
        meeting.disconnect(guests[0])
        meeting.tell(host, .sendBack(try #require(host.key(of: "Chris"))))
        meeting.run(10_000)
        #expect(guests[0].epoch != host.epoch)
        meeting.connect(guests[0])
        #expect(meeting.run(until: { guests[0].isLive && guests[0].baseKey == host.baseKey }), "\(guests[0].state)")
    }

    @Test("A host whose program crashed opens the host link again and is in control, also of a full meeting of two")
    func hostComesBack() throws {
        let (meeting, host, guests) = try self.meeting(seed: 10, ["Bram"]) { $0.membersMax = 2 }
        meeting.crash(host)
        meeting.run(1_000)
        let again = try meeting.enter("Anna", isHost: true)
        // Nobody else there could vouch for this group: the host looks who is in it, and says so.
        #expect(meeting.run(until: { again.gateReasons == .unhosted }, within: 4_000), "\(again.state)")
        #expect(again.roster.count == 2)
        meeting.tell(again, .continueUnhosted)
        #expect(
            meeting.run(until: { again.isLive && guests[0].baseKey == again.baseKey }, within: 5_000),
            "\(again.state) \(again.faults) \(guests[0].faults)")
        #expect(meeting.run(until: { again.names == ["Anna", "Bram"] }), "\(again.names)")
        meeting.tell(again, .eject(try #require(again.key(of: "Bram"))))
        #expect(meeting.run(until: { guests[0].state == .out(.ejected) }))
    }

    @Test("A host who was alone and crashed is back at once, and lets people in")
    func hostAloneComesBack() throws {
        let (meeting, host, _) = try self.meeting(seed: 14, [])
        meeting.crash(host)
        meeting.run(1_000)
        let again = try meeting.enter("Anna", isHost: true)
        #expect(meeting.run(until: { again.isLive && again.names == ["Anna"] }, within: 5_000), "\(again.state)")
        let guest = try meeting.enter("Bram")
        #expect(meeting.run(until: { again.lobby.count == 1 }))
        meeting.tell(again, .admit([]))
        #expect(
            meeting.run(until: { guest.isLive && guest.baseKey == again.baseKey }), "\(guest.state) \(again.refused)")
    }

    @Test("Where the door is open people come in by themselves, and go on when the host leaves")
    func open() throws {
        let meeting = try TestMeeting(seed: 11) { $0.admission = .open }
        meeting.gate = .joins
        let host = try meeting.enter("Anna", isHost: true)
        #expect(meeting.run(until: { host.isLive }))
        var guests: [TestMember] = []
        for name in ["Bram", "Chris", "Dewi"] {
            let guest = try meeting.open(name)
            guests.append(guest)
            meeting.tell(guest, .enter)
            #expect(
                meeting.run(until: { guest.isLive && guest.baseKey == host.baseKey }, within: 20_000),
                "\(guest.state) \(guest.faults)")
        }
        meeting.tell(host, .leave)
        #expect(
            meeting.run(
                until: { Set(guests.map { $0.baseKey }).count == 1 && guests[0].roster.count == 3 }, within: 10_000))
        meeting.run(60_000)
        #expect(guests.allSatisfy { $0.isLive }, "\(guests.map { ($0.state, $0.gateReasons) })")
    }

    @Test("A co-host the host made may let people in and remove them, and takes the host's place")
    func cohost() throws {
        let (meeting, host, guests) = try self.meeting(seed: 12, ["Bram", "Chris"])
        meeting.tell(host, .makeCohost(try #require(host.key(of: "Bram"))))
        #expect(meeting.run(until: { guests[0].roster.contains { $0.isOwn && $0.role == .cohost } }))
        meeting.tell(host, .leave)
        #expect(meeting.run(until: { guests[0].names == ["Bram", "Chris"] }))
        meeting.tell(guests[0], .eject(try #require(guests[0].key(of: "Chris"))))
        #expect(meeting.run(until: { guests[1].state == .out(.ejected) }), "\(guests[0].refused)")
    }

    @Test("A guest's client is not even asked for what only a host may do")
    func rights() throws {
        let (meeting, host, guests) = try self.meeting(seed: 13, ["Bram", "Chris"])
        // Whoever renews keys after coming in has done so.
        meeting.run(6_000)
        let epoch = host.epoch
        meeting.tell(guests[0], .eject(try #require(host.key(of: "Chris"))))
        meeting.tell(guests[0], .lock(true))
        meeting.run(3_000)
        #expect(guests[0].refused.count == 2 && host.epoch == epoch)
    }
}
