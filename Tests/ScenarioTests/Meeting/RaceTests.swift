import BeraadTesting
import E2EE
import Meeting
import Testing

/// Several people who want something of the group at once: nobody loses their place, and nobody is kept out by others.
@Suite("Many hands at once")
struct RaceTests {
    /// Anna and Aart with the host link, and guests whom Anna let in.
    private func meeting(
        seed: UInt64, _ names: [String] = ["Bram", "Chris"]
    ) throws -> (meeting: TestMeeting, hosts: [TestMember], guests: [TestMember]) {
        let meeting = try TestMeeting(seed: seed)
        let anna = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { anna.isLive }))
        let guests = try names.map { try meeting.enter($0) }
        try #require(meeting.run(until: { anna.lobby.count == names.count }))
        meeting.tell(anna, .admit([]))
        try #require(meeting.run(until: { ([anna] + guests).allSatisfy { $0.isLive } }))
        meeting.tell(anna, .makeCohost(try #require(anna.key(of: names[0]))))
        try #require(meeting.run(until: { guests[0].policies.last?.rights.contains(.admit) == true }))
        meeting.run(2_000)
        return (meeting, [anna, guests[0]], Array(guests.dropFirst()))
    }

    @Test("Two hosts who do something in the same moment both get it, and nobody loses their place over it")
    func sameMoment() throws {
        for seed in 400..<410 as Range<UInt64> {
            let (meeting, hosts, guests) = try self.meeting(seed: seed)
            let dewi = try meeting.enter("Dewi")
            #expect(meeting.run(until: { hosts[0].lobby.count == 1 }))
            meeting.tell(hosts[0], .admit([]))
            meeting.tell(hosts[1], .setAdmission(.closed))
            meeting.tell(hosts[1], .sendBack(try #require(hosts[1].key(of: "Chris"))))
            meeting.run(5_000)
            let all = hosts + [dewi]
            #expect(all.allSatisfy { !$0.states.contains(.resync) && $0.faults.isEmpty }, "\(all.map(\.states))")
            #expect(hosts[0].policies.last?.admission == .closed)
            #expect(guests[0].state == .out(.sentBack))
            #expect(hosts[0].baseKey == hosts[1].baseKey)
        }
    }

    @Test("Whoever one host let in waits with no other one")
    func twoHosts() throws {
        let meeting = try TestMeeting(seed: 420)
        let hosts = try ["Anna", "Aart"].map { try meeting.enter($0, isHost: true) }
        meeting.run(3_000)
        // Two host links: the second takes the first one's place, for both are the authority itself.
        let host = try #require(hosts.first { $0.isLive })
        let bram = try meeting.enter("Bram")
        #expect(meeting.run(until: { host.lobby.count == 1 }))
        meeting.tell(host, .admit([]))
        #expect(meeting.run(until: { bram.isLive }))
        meeting.tell(host, .admit([]))
        meeting.run(2_000)
        #expect(host.lobby.isEmpty && bram.states.filter { $0 == .unproven }.count == 1)
    }

    @Test("A co-host of the host's making can be put out, and sent back, by the host")
    func cohost() throws {
        for isFinal in [true, false] {
            let (meeting, hosts, guests) = try self.meeting(seed: isFinal ? 430 : 431)
            let key = try #require(hosts[0].key(of: "Bram"))
            meeting.tell(hosts[0], isFinal ? .eject(key) : .sendBack(key))
            #expect(
                meeting.run(until: { hosts[1].state == .out(isFinal ? .ejected : .sentBack) }), "\(hosts[0].refused)")
            #expect(hosts[0].refused.isEmpty && guests[0].isLive && guests[0].baseKey == hosts[0].baseKey)
        }
    }

    @Test("A goodbye that was made beforehand takes its author out of the keys as soon as it is said")
    func goodbye() throws {
        let (meeting, hosts, guests) = try self.meeting(seed: 450)
        let chris = guests[0]
        let epoch = try #require(hosts[0].epoch)
        meeting.say(chris.goodbye, as: chris)
        meeting.run(50)
        meeting.crash(chris)
        #expect(meeting.run(until: { hosts.allSatisfy { $0.roster.count == 2 && $0.epoch != epoch } }, within: 6_000))
        #expect(hosts[0].baseKey == hosts[1].baseKey)
    }

    @Test("Thirty people at once come in through an open door, by themselves and by each other")
    func storm() throws {
        let meeting = try TestMeeting(seed: 460, hasRealKEM: false) { draft in
            draft.admission = .open
            draft.flags = [.unhostedOpen, .unhostedOK]
        }
        meeting.gate = .joins
        let people = try (1...30).map { try meeting.enter("Person \($0)") }
        #expect(
            meeting.run(until: { people.allSatisfy { $0.isLive && $0.roster.count == 30 } }, within: 40_000),
            "\(people.filter { !$0.isLive }.map { ($0.name, $0.state) })")
        #expect(Set(people.map(\.code)).count == 1)
        #expect(
            people.allSatisfy { !$0.states.contains(.resync) },
            "\(people.map(\.states).filter { $0.contains(.resync) })")
    }

    @Test(
        "With a personal link one need not wait, if it says so; after an ejection it opens nothing any more",
        .promise("P-028"))
    func ticket() throws {
        let meeting = try TestMeeting(seed: 470)
        let host = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { host.isLive }))
        let fragment = try meeting.personalFragment([.enter])
        let bram = try meeting.enter("Bram", fragment: fragment)
        #expect(meeting.run(until: { bram.isLive && host.names == ["Anna", "Bram"] }), "\(bram.state) \(bram.faults)")
        // The same link in another tab takes the old one's place.
        let again = try meeting.enter("Bram", fragment: fragment)
        #expect(meeting.run(until: { again.isLive && host.roster.count == 2 }), "\(again.state) \(again.faults)")
        meeting.tell(host, .eject(try #require(host.key(of: "Bram"))))
        #expect(meeting.run(until: { again.state == .out(.ejected) }), "\(again.state)")
        let back = try meeting.enter("Somebody else", fragment: fragment)
        meeting.run(5_000)
        #expect(back.state == .out(.refused) || back.state == .out(.denied), "\(back.state)")
        #expect(host.lobby.isEmpty && back.epochs.isEmpty)
    }

    @Test("A personal link without the right to enter knocks like everybody")
    func ticketWaits() throws {
        let meeting = try TestMeeting(seed: 471)
        let host = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { host.isLive }))
        let bram = try meeting.enter("Bram", fragment: try meeting.personalFragment())
        #expect(meeting.run(until: { host.lobby.count == 1 }), "\(bram.state)")
        meeting.tell(host, .admit([]))
        #expect(meeting.run(until: { bram.isLive }))
    }

    @Test("A personal link whose certificate the server does not have is no link")
    func ticketUnknown() throws {
        let meeting = try TestMeeting(seed: 472)
        let fragment = try meeting.personalFragment([.enter])
        meeting.delivery.meeting.certificates = [:]
        let bram = try meeting.enter("Bram", fragment: fragment)
        #expect(meeting.run(until: { bram.state == .out(.denied) }), "\(bram.state)")
    }
}
