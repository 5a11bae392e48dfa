import BeraadTesting
import E2EE
import Testing

/// Hands, spotlights, names, and what a host asks of somebody's devices (`e2ee.md` 8; `docs/decisions/0011`).
@Suite("Hands, spotlights, names and orders")
struct SignsTests {
    private func hands(_ member: TestMember) -> [String] {
        member.roster.filter(\.isHandUp).map { String(decoding: $0.name, as: UTF8.self) }.sorted()
    }

    private func letIn(_ name: String, _ company: Company) throws -> TestMember {
        let member = try company.meeting.enter(name)
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 }))
        company.meeting.tell(company.host, .admit([]))
        try #require(company.meeting.run(until: { member.isLive && member.names.contains(name) }))
        return member
    }

    @Test("a hand is up until its owner lowers it or goes, and whoever comes later sees it by its owner's own word")
    func hand() throws {
        let company = try Company(seed: 720)
        let bram = company.guests[0], chris = company.guests[1]
        for member in [bram, chris] { company.meeting.tell(member, .say(.hand, Hand(isUp: true))) }
        #expect(company.meeting.run(until: { company.everybody.allSatisfy { self.hands($0) == ["Bram", "Chris"] } }))
        company.meeting.tell(chris, .say(.hand, Hand(isUp: false)))
        #expect(company.meeting.run(until: { company.everybody.allSatisfy { self.hands($0) == ["Bram"] } }))
        let eva = try self.letIn("Eva", company)
        #expect(company.meeting.run(until: { self.hands(eva) == ["Bram"] }), "\(eva.faultCodes())")
        #expect(company.host.heard(.hand).count == 3, "who was there is not told again")
        company.meeting.tell(bram, .leave)
        let rest = [company.host, chris, eva]
        #expect(company.meeting.run(until: { rest.allSatisfy { $0.roster.count == 3 && self.hands($0).isEmpty } }))
        #expect(rest.allSatisfy { $0.faults.isEmpty })
    }

    @Test("a hand stays up over a lost line")
    func lostLine() throws {
        let company = try Company(seed: 721)
        let bram = company.guests[0]
        company.meeting.tell(bram, .say(.hand, Hand(isUp: true)))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { self.hands($0) == ["Bram"] } }))
        company.meeting.disconnect(bram)
        company.meeting.tell(company.host, .lock(true))
        company.meeting.run(5_000)
        company.meeting.connect(bram)
        try #require(company.meeting.run(until: { bram.isLive && bram.epoch == company.host.epoch }))
        #expect(company.everybody.allSatisfy { self.hands($0) == ["Bram"] })
    }

    private func spotlit(_ member: TestMember) throws -> [UInt8]? {
        try member.heard(.spotlight).last.map { try Spotlight(decoding: $0.body).key }
    }

    @Test("who is shown large is what was said last, whoever comes later hears it too, and a guest says nothing of it")
    func spotlight() throws {
        let company = try Company(seed: 722)
        let bram = try #require(company.host.key(of: "Bram")), chris = try #require(company.host.key(of: "Chris"))
        company.meeting.tell(company.guests[0], .say(.spotlight, Spotlight(on: bram)))
        #expect(company.guests[0].refused == [.say(.spotlight, Spotlight(on: bram))])
        for key in [bram, chris] { company.meeting.tell(company.host, .say(.spotlight, Spotlight(on: key))) }
        company.meeting.run(500)
        for member in company.everybody { #expect(try self.spotlit(member) == chris) }
        let eva = try self.letIn("Eva", company)
        #expect(company.meeting.run(until: { (try? self.spotlit(eva)) == chris }))
        let count = company.host.heard(.spotlight).count
        company.meeting.tell(company.host, .say(.spotlight, Spotlight(on: [])))
        company.meeting.run(500)
        for member in company.everybody + [eva] { #expect(try self.spotlit(member) == []) }
        #expect(company.host.heard(.spotlight).count == count + 1)
        // Nobody is shown large any more: there is nothing to tell to the next one.
        let fay = try self.letIn("Fay", company)
        company.meeting.run(1_000)
        #expect(fay.heard(.spotlight).isEmpty)
    }

    @Test("a spotlight that is said again for a newcomer does not come back over one that was set meanwhile")
    func spotlightOvertaken() throws {
        let company = try Company(seed: 729)
        let host = company.host, bram = company.guests[0]
        let key = try #require(host.key(of: "Bram")), chris = try #require(host.key(of: "Chris"))
        company.meeting.tell(host, .makeCohost(key))
        try #require(company.meeting.run(until: { bram.policies.last?.rights.contains(.moderate) == true }))
        company.meeting.tell(host, .say(.spotlight, Spotlight(on: key)))
        company.meeting.run(500)
        let eva = try company.meeting.enter("Eva")
        try #require(company.meeting.run(until: { host.lobby.count == 1 }))
        // What the host says again for Eva does not arrive at first.
        var isHeld = true
        company.server.hears = { member, frame, _ in
            if isHeld, member === host, case .app = frame { return nil }
            return frame
        }
        company.meeting.tell(host, .admit([]))
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.roster.count == 4 } }))
        company.meeting.run(500)
        company.meeting.tell(bram, .say(.spotlight, Spotlight(on: chris)))
        company.meeting.run(500)
        isHeld = false
        company.meeting.run(8_000)
        for member in company.everybody + [eva] { #expect(try self.spotlit(member) == chris) }
    }

    @Test("the spotlight goes with the person, and nobody who comes later hears of it")
    func spotlightLeaves() throws {
        let company = try Company(seed: 723)
        let chris = try #require(company.host.key(of: "Chris"))
        company.meeting.tell(company.host, .say(.spotlight, Spotlight(on: chris)))
        company.meeting.run(500)
        company.meeting.tell(company.guests[1], .leave)
        try #require(company.meeting.run(until: { company.host.roster.count == 2 }))
        let eva = try self.letIn("Eva", company)
        company.meeting.run(1_000)
        #expect(eva.heard(.spotlight).isEmpty && eva.faults.isEmpty)
        let wish = EngineCommand.say(.spotlight, Spotlight(on: chris))
        company.meeting.tell(company.host, wish)
        #expect(company.host.refused == [wish])
    }

    @Test("a host's order reaches those whom it is about; an order to all is not about hosts and co-hosts")
    func moderation() throws {
        let company = try Company(seed: 724, ["Bram", "Chris", "Dewi"])
        let host = company.host, bram = company.guests[0], chris = company.guests[1], dewi = company.guests[2]
        let key = try #require(host.key(of: "Chris"))
        company.meeting.tell(host, .makeCohost(try #require(host.key(of: "Dewi"))))
        try #require(company.meeting.run(until: { dewi.policies.last?.rights.contains(.moderate) == true }))
        company.meeting.tell(host, .say(.moderation, Moderation(target: key, act: .mute)))
        company.meeting.run(500)
        #expect(chris.heard(.moderation).count == 1 && bram.heard(.moderation).isEmpty)
        company.meeting.tell(host, .say(.moderation, Moderation(target: nil, act: .stopVideo)))
        company.meeting.run(500)
        #expect([bram, chris].map { $0.heard(.moderation).count } == [1, 2])
        #expect(dewi.heard(.moderation).isEmpty && host.heard(.moderation).count == 2)
        // A co-host may as well, but not to a host; and a guest to nobody.
        let hostKey = try #require(host.key)
        let order = EngineCommand.say(.moderation, Moderation(target: hostKey, act: .mute))
        company.meeting.tell(dewi, .say(.moderation, Moderation(target: key, act: .askToUnmute)))
        for member in [dewi, bram] { company.meeting.tell(member, order) }
        company.meeting.run(500)
        #expect(dewi.refused == [order] && bram.refused == [order] && chris.heard(.moderation).count == 3)
        #expect(company.everybody.allSatisfy { $0.faults.isEmpty })
    }

    @Test("a hand that a host lowers is down for everybody, and for whoever comes later")
    func lowered() throws {
        let company = try Company(seed: 725)
        let key = try #require(company.host.key(of: "Bram"))
        company.meeting.tell(company.guests[0], .say(.hand, Hand(isUp: true)))
        try #require(company.meeting.run(until: { self.hands(company.host) == ["Bram"] }))
        company.meeting.tell(company.host, .say(.moderation, Moderation(target: key, act: .lowerHand)))
        #expect(company.meeting.run(until: { company.everybody.allSatisfy { self.hands($0).isEmpty } }))
        let eva = try self.letIn("Eva", company)
        company.meeting.run(1_000)
        #expect(self.hands(eva).isEmpty)
    }

    @Test("a hand that did not go down the first time a host lowered it goes down the next time")
    func loweredAgain() throws {
        let company = try Company(seed: 727)
        let host = company.host, bram = company.guests[0]
        let key = try #require(host.key(of: "Bram"))
        let lower = EngineCommand.say(.moderation, Moderation(target: key, act: .lowerHand))
        company.meeting.tell(bram, .say(.hand, Hand(isUp: true)))
        try #require(company.meeting.run(until: { self.hands(host) == ["Bram"] }))
        // What Bram says does not arrive, until his engine gives it up.
        company.server.hears = { member, frame, _ in
            if member === bram, case .app = frame { return nil }
            return frame
        }
        company.meeting.tell(host, lower)
        company.meeting.run(23_000)
        #expect(company.everybody.allSatisfy { self.hands($0) == ["Bram"] }, "nobody shows what the others do not know")
        company.server.hears = { _, frame, _ in frame }
        company.meeting.run(1_000)
        company.meeting.tell(host, lower)
        #expect(company.meeting.run(until: { company.everybody.allSatisfy { self.hands($0).isEmpty } }))
        let eva = try self.letIn("Eva", company)
        company.meeting.run(1_000)
        #expect(self.hands(eva).isEmpty && company.everybody.allSatisfy { $0.faults.isEmpty })
    }

    @Test("whoever lost their place shows no hand that went down meanwhile, and keeps their own")
    func newPlace() throws {
        let company = try Company(seed: 728)
        let host = company.host, bram = company.guests[0], chris = company.guests[1]
        for member in company.everybody { company.meeting.tell(member, .say(.hand, Hand(isUp: true))) }
        let all = ["Anna", "Bram", "Chris"]
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { self.hands($0) == all } }))
        // Bram hears nothing for a while, and then the log is not there any more.
        var isCut = true
        company.server.says = { member, frame in
            guard member === bram else { return frame }
            if isCut, case .event = frame { return nil }
            guard !bram.states.contains(.resync), case .data(let bytes) = frame,
                case .log? = try? DataFrame(decoding: bytes)
            else { return frame }
            return .error(.gone)
        }
        company.meeting.tell(chris, .say(.hand, Hand(isUp: false)))
        company.meeting.run(500)
        isCut = false
        company.meeting.tell(host, .chat("verder"))
        try #require(company.meeting.run(until: { bram.states.contains(.resync) && bram.isLive }, within: 30_000))
        #expect(company.meeting.run(until: { company.everybody.allSatisfy { self.hands($0) == ["Anna", "Bram"] } }))
    }

    @Test("who may take another name does, and is called so by whoever comes later; others keep theirs")
    func rename() throws {
        let company = try Company(seed: 726)
        company.meeting.tell(company.guests[0], .rename(Array("Brammetje".utf8)))
        let names = ["Anna", "Brammetje", "Chris"]
        #expect(company.meeting.run(until: { company.everybody.allSatisfy { $0.names == names } }))
        let eva = try self.letIn("Eva", company)
        #expect(company.meeting.run(until: { eva.names == names + ["Eva"] }))
        let rest = FeatureSet.coaching.atFirst.subtracting(.rename)
        company.meeting.tell(company.host, .setFeatures(rest))
        try #require(
            company.meeting.run(until: { company.everybody.allSatisfy { $0.policies.last?.features == rest } }))
        let wish = EngineCommand.rename(Array("Bram".utf8))
        company.meeting.tell(company.guests[0], wish)
        company.meeting.tell(company.host, .rename(Array("Anna de host".utf8)))
        company.meeting.run(1_000)
        #expect(company.guests[0].refused == [wish])
        #expect(company.everybody.allSatisfy { $0.names.contains("Anna de host") && $0.names.contains("Brammetje") })
        for name in [[], [0xFF]] as [[UInt8]] { company.meeting.tell(company.host, .rename(name)) }
        #expect(company.host.refused == [.rename([]), .rename([0xFF])])
        #expect((company.everybody + [eva]).allSatisfy { $0.faults.isEmpty })
    }

    @Test("a name that arrives nowhere before names are fixed is refused, and makes nobody a liar")
    func renameTooLate() throws {
        let company = try Company(seed: 752)
        let bram = company.guests[0], rest = FeatureSet.coaching.atFirst.subtracting(.rename)
        company.server.hears = { member, frame, _ in
            if member === bram, case .app = frame { return nil }
            return frame
        }
        let wish = EngineCommand.rename(Array("Brammetje".utf8))
        company.meeting.tell(bram, wish)
        company.meeting.tell(company.host, .setFeatures(rest))
        try #require(
            company.meeting.run(until: { company.everybody.allSatisfy { $0.policies.last?.features == rest } }))
        company.meeting.run(7_000)
        #expect(bram.refused == [wish])
        company.server.hears = { _, frame, _ in frame }
        company.meeting.run(7_000)
        let eva = try self.letIn("Eva", company)
        company.meeting.run(2_000)
        for member in company.everybody + [eva] {
            #expect(member.names == ["Anna", "Bram", "Chris", "Eva"] && member.faults.isEmpty)
        }
    }
}
