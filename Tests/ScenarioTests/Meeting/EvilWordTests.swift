import BeraadTesting
import E2EE
import Testing

/// Members who say what they may not, and servers that hand on what was not meant for somebody (`e2ee.md` 8;
/// `docs/decisions/0011`).
@Suite("Words that are not believed")
struct EvilWordTests {
    /// All report who it was, and hear nothing.
    private func expectRefused(_ company: Company, by leaf: UInt32, _ count: Int = 1, _ comment: Comment? = nil) {
        for member in company.everybody {
            #expect(member.faultCodes() == Array(repeating: .app, count: count), comment)
            #expect(member.faults.allSatisfy { $0.leaf == leaf } && member.heard.isEmpty && member.isLive, comment)
        }
    }

    private func set(_ features: FeatureSet, in company: Company) throws {
        company.meeting.tell(company.host, .setFeatures(features))
        try #require(
            company.meeting.run(until: { company.everybody.allSatisfy { $0.policies.last?.features == features } }))
    }

    // MARK: What may not be said

    @Test("a member without the right to chat, to react or to send files is not heard, and named")
    func withoutRight() throws {
        let company = try Company(seed: 740)
        let rogue = try company.rogue()
        let leaf = try company.leaf(of: rogue.key)
        try self.set([.hostsChat, .microphone], in: company)
        let key = [UInt8](repeating: 1, count: 32)
        let file = FileRef(
            blobID: [UInt8](repeating: 2, count: 16), key: key, size: 5, hash: key, name: Array("a.txt".utf8),
            mediaType: [], expires: 0)
        try rogue.chat("hoor mij")
        try rogue.tell(.chat, Chat(text: [], files: [file]).encoded)
        try rogue.tell(.reaction, Reaction(emoji: Array("👏".utf8)).encoded)
        company.meeting.run(500)
        self.expectRefused(company, by: leaf, 3)
        // Where everybody chats, files still wait for a host.
        try self.set([.chat, .microphone], in: company)
        try rogue.tell(.chat, Chat(text: [65], files: [file]).encoded)
        try rogue.chat("nu wel")
        company.meeting.run(500)
        for member in company.everybody {
            #expect(member.faultCodes() == [.app, .app, .app, .app] && member.read == ["nu wel"])
        }
    }

    @Test("a change of the rules makes nobody a liar: what was said before it is heard, what comes after it is not")
    func aroundAChange() throws {
        let company = try Company(seed: 741)
        let rogue = try company.rogue()
        try rogue.chat("op tijd")
        // Said in the epoch before, it comes too late for the service, and opens for nobody any more.
        let message = try rogue.sealed(.chat, Chat("te laat").encoded)
        try self.set([.hostsChat], in: company)
        rogue.say(.app(AppFrame(message: message.encoded, keeping: .retained)))
        company.meeting.run(500)
        try company.server.order(message, to: company.everybody)
        company.meeting.run(500)
        #expect(company.everybody.allSatisfy { $0.read == ["op tijd"] && $0.faults.isEmpty && $0.isLive })
    }

    @Test("a member who may not take another name keeps the first, whoever passes the other one on")
    func rename() throws {
        let company = try Company(seed: 742)
        let rogue = try company.rogue()
        try rogue.tell(.profile, try rogue.profile(of: rogue.key, name: "Mallory", revision: 0).encoded)
        company.meeting.run(500)
        try self.set(FeatureSet.coaching.atFirst.subtracting(.rename), in: company)
        try rogue.tell(.profile, try rogue.profile(of: rogue.key, name: "Anna", revision: 1).encoded)
        company.meeting.run(500)
        #expect(company.everybody.allSatisfy { $0.names == ["Anna", "Bram", "Chris", "Mallory"] })
        // It may be an honest name of before, of which others know nothing.
        #expect(company.everybody.allSatisfy { $0.faults.isEmpty })
    }

    @Test("nonsense in the place of words is not shown, and named")
    func nonsense() throws {
        let company = try Company(seed: 743)
        let rogue = try company.rogue()
        let leaf = try company.leaf(of: rogue.key)
        let bodies: [(AppMessage.Kind, [UInt8])] = [
            (.chat, [1]), (.chat, Chat(text: [0xFF]).encoded), (.chatChange, []), (.reaction, [0, 0, 1]), (.hand, [7]),
            (.spotlight, [1, 1]), (.moderation, [1]), (.direct, [0]),
        ]
        for (kind, body) in bodies { try rogue.tell(kind, body) }
        company.meeting.run(1_000)
        self.expectRefused(company, by: leaf, bodies.count)
    }

    // MARK: Orders

    @Test("an order of somebody who may give none is obeyed by nobody")
    func forgedModeration() throws {
        let company = try Company(seed: 744)
        let rogue = try company.rogue()
        let leaf = try company.leaf(of: rogue.key)
        let bram = try #require(company.host.key(of: "Bram"))
        for target in [bram, nil] { try rogue.tell(.moderation, Moderation(target: target, act: .mute).encoded) }
        try rogue.tell(.spotlight, Spotlight(on: rogue.key).encoded)
        company.meeting.run(500)
        self.expectRefused(company, by: leaf, 3)
    }

    @Test("a co-host gives a host no orders, alone or among all")
    func cohostOverHost() throws {
        let company = try Company(seed: 745)
        let rogue = try Rogue("Mallory", in: company.meeting, role: .cohost)
        try company.letIn(rogue)
        let leaf = try company.leaf(of: rogue.key)
        let host = try #require(company.host.key)
        try rogue.tell(.moderation, Moderation(target: host, act: .stopVideo).encoded)
        company.meeting.run(500)
        self.expectRefused(company, by: leaf)
        try rogue.tell(.moderation, Moderation(target: nil, act: .stopVideo).encoded)
        company.meeting.run(500)
        #expect(company.host.heard.isEmpty && company.guests.allSatisfy { $0.heard(.moderation).count == 1 })
    }

    // MARK: What others said

    @Test("nobody takes back or changes what somebody else wrote, nor takes its place by writing under the same id")
    func anothersMessage() throws {
        let company = try Company(seed: 746)
        let rogue = try company.rogue()
        let host = company.host, bram = company.guests[0]
        company.meeting.tell(bram, .chat("van Bram"))
        company.meeting.run(300)
        let id = try #require(host.heard.first?.id)
        let eva = try company.meeting.enter("Eva")
        try #require(company.meeting.run(until: { host.lobby.count == 1 }))
        company.meeting.tell(host, .admit([]))
        try #require(company.meeting.run(until: { eva.isLive && bram.roster.count == 5 }))
        company.meeting.run(500)
        try rogue.tell(.chatChange, ChatChange(target: id, act: .retract).encoded)
        try rogue.tell(.chatChange, ChatChange(target: id, act: .edit, text: [65]).encoded)
        try rogue.chat("van Bram, echt", under: id)
        company.meeting.run(500)
        for member in company.everybody {
            #expect(member.heard(.chat).compactMap(\.text) == ["van Bram", "van Bram, echt"])
            #expect(member.heard(.chat).map(\.signatureKey) == [bram.key, rogue.key] && member.heard.count == 2)
        }
        // It is still Bram's to change, and nobody takes him for a liar by it who knows only the other one.
        let change = EngineCommand.say(.chatChange, ChatChange(target: id, act: .edit, text: [66]))
        company.meeting.tell(bram, change)
        company.meeting.run(500)
        #expect(company.everybody.allSatisfy { $0.heard(.chatChange).map(\.signatureKey) == [bram.key] })
        #expect(eva.read == ["van Bram, echt"] && eva.heard(.chatChange).isEmpty)
        #expect((company.everybody + [eva]).allSatisfy { $0.faults.isEmpty && $0.refused.isEmpty })
        // Whoever moderates takes both back, and then the id is nobody's any more.
        company.meeting.tell(host, .say(.chatChange, ChatChange(target: id, act: .retract)))
        company.meeting.run(500)
        try rogue.tell(.chatChange, ChatChange(target: id, act: .edit, text: [67]).encoded)
        company.meeting.tell(bram, change)
        company.meeting.run(500)
        #expect(bram.refused == [change] && company.everybody.allSatisfy { $0.heard(.chatChange).count == 2 })
        #expect(eva.heard(.chatChange).count == 1 && (company.everybody + [eva]).allSatisfy { $0.faults.isEmpty })
    }

    @Test("what the server says once more, in this epoch or a later one, is not heard again")
    func replayedChat() throws {
        let company = try Company(seed: 747)
        company.meeting.tell(company.guests[1], .chat("een keer"))
        company.meeting.run(500)
        let said = company.server.events.map(\.message).filter { if case .privateMessage = $0 { true } else { false } }
        for _ in 0..<2 {
            for message in said { try company.server.order(message, to: [company.host, company.guests[0]]) }
            company.meeting.tell(company.host, .lock(true))
            company.meeting.run(1_000)
        }
        #expect(company.host.read == ["een keer"] && company.guests[0].read == ["een keer"])
    }

    @Test("whose hand is up says its owner alone, whatever others claim")
    func claimedHand() throws {
        let company = try Company(seed: 748)
        let rogue = try company.rogue()
        let bram = try #require(company.host.key(of: "Bram"))
        try rogue.tell(.hand, Hand(isUp: true).encoded)
        try rogue.tell(.state, bram + [1])
        try rogue.tell(.roster, bram + [1])
        company.meeting.run(500)
        for member in company.everybody {
            #expect(member.roster.filter(\.isHandUp).map(\.signatureKey) == [rogue.key])
        }
        // Nor does a newcomer believe it of anybody else.
        let eva = try company.meeting.enter("Eva")
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 }))
        company.meeting.tell(company.host, .admit([]))
        try #require(company.meeting.run(until: { eva.isLive }))
        try rogue.tell(.state, bram + [1])
        company.meeting.run(1_000)
        #expect(eva.roster.allSatisfy { !$0.isHandUp }, "who had it up before says so, and this one does not")
    }

    // MARK: To one person

    @Test("what is written to one person another member cannot read, though the server hands it over")
    func handedOver() throws {
        let company = try Company(seed: 749)
        let rogue = try company.rogue()
        let bram = company.guests[0], text = "alleen voor jou"
        var sealed: [MLSMessage] = []
        company.server.says = { member, frame in
            if member === bram, case .event(let event) = frame, case .privateMessage = event.message,
                !company.server.events.contains(where: { $0.message.encoded == event.message.encoded })
            {
                sealed.append(event.message)
            }
            return frame
        }
        company.meeting.tell(company.host, .whisper(text, to: [try #require(bram.key)]))
        company.meeting.run(300)
        #expect(bram.read == [text] && !sealed.isEmpty)
        let (heard, faults) = (company.guests[1].heard.count, company.guests[1].faults.count)
        for message in sealed {
            rogue.follow(message)
            try company.server.order(message, to: [company.guests[1]])
        }
        company.meeting.run(300)
        // The group's keys open the outside, and there is another seal inside.
        let direct = try #require(rogue.heard.last { $0.message.kind == .direct }?.message)
        let words = Array(text.utf8)
        #expect(!direct.body.indices.contains { direct.body[$0...].starts(with: words) })
        #expect(company.guests[1].heard.count == heard && company.guests[1].faults.count == faults)
    }

    @Test("who was put out reads nothing that is written to one person afterwards, whoever hands it over")
    func exMember() throws {
        let company = try Company(seed: 750)
        let rogue = try company.rogue()
        let bram = company.guests[0]
        company.meeting.tell(company.host, .eject(rogue.key))
        try #require(company.meeting.run(until: { company.host.roster.count == 3 && bram.roster.count == 3 }))
        let count = rogue.heard.count
        var sealed: [MLSMessage] = []
        company.server.says = { member, frame in
            if member === bram, case .event(let event) = frame { sealed.append(event.message) }
            return frame
        }
        company.meeting.tell(company.host, .whisper("zonder jou", to: [try #require(bram.key)]))
        company.meeting.run(300)
        for message in sealed { rogue.follow(message) }
        #expect(bram.read == ["zonder jou"] && !sealed.isEmpty && rogue.heard.count == count)
    }

    @Test(
        "a guest who may write to nobody alone is not read, nor a seal in another's name, nor a kind that has no place there"
    )
    func forgedDirect() throws {
        let company = try Company(seed: 751)
        let rogue = try company.rogue()
        let leaf = try company.leaf(of: rogue.key)
        let bram = company.guests[0], key = try #require(company.host.key(of: "Bram"))
        let target = try company.leaf(of: key)
        try rogue.whisper(.chat, Chat("mag niet").encoded, to: target)
        company.meeting.run(300)
        #expect(bram.faultCodes() == [.app] && bram.faults.last?.leaf == leaf && bram.heard.isEmpty)
        try self.set(FeatureSet.coaching.atFirst.union(.direct), in: company)
        try rogue.whisper(.chat, Chat("namens Anna").encoded, to: target, from: 0)
        try rogue.whisper(.hand, Hand(isUp: true).encoded, to: target)
        try rogue.whisper(.moderation, Moderation(target: key, act: .mute).encoded, to: target)
        try rogue.whisper(.lobbyKey, [UInt8](repeating: 1, count: 32), to: target)
        company.meeting.run(500)
        #expect(bram.faultCodes() == Array(repeating: .app, count: 5) && bram.heard.isEmpty)
        #expect(bram.roster.allSatisfy { !$0.isHandUp })
        try rogue.whisper(.chat, Chat("mag wel").encoded, to: target)
        company.meeting.run(300)
        #expect(bram.read == ["mag wel"] && bram.faults.count == 5)
        let others = [company.host, company.guests[1]]
        #expect(others.allSatisfy { $0.heard.isEmpty && $0.faults.isEmpty })
    }
}
