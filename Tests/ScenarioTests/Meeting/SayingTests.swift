import BeraadTesting
import E2EE
import Testing

/// What members say to each other (`e2ee.md` 8; `docs/decisions/0011`): who hears it, in what order, and what is switched on.
@Suite("What people say to each other")
struct SayingTests {
    @Test("what somebody writes everybody reads once, its author too, as soon as the service has taken it")
    func chat() throws {
        let company = try Company(seed: 700)
        let bram = company.guests[0]
        company.meeting.tell(bram, .chat("hallo"))
        #expect(bram.heard.isEmpty, "nobody has taken it yet")
        company.meeting.run(200)
        for member in company.everybody {
            let event = try #require(member.heard(.chat).first)
            #expect(member.heard.count == 1 && event.text == "hallo" && event.to.isEmpty && event.id.count == 16)
            #expect(event.signatureKey == bram.key && event.id == bram.heard[0].id)
        }
        #expect(company.everybody.allSatisfy { $0.faults.isEmpty && $0.refused.isEmpty })
    }

    @Test("what the next epoch overtakes is said in that one, in the order in which it was written")
    func overtaken() throws {
        let company = try Company(seed: 701)
        let bram = company.guests[0], epoch = try #require(company.host.epoch)
        let texts = (1...5).map { "\($0)" }
        company.meeting.tell(company.host, .lock(true))
        for text in texts { company.meeting.tell(bram, .chat(text)) }
        company.meeting.run(2_000)
        #expect(company.host.epoch != epoch)
        for member in [company.host, company.guests[1]] { #expect(member.read == texts) }
        #expect(bram.heard(.chat).compactMap(\.text) == texts && bram.refused.isEmpty)
    }

    @Test("what was on its way when the line broke is said again after it, and nobody hears it twice")
    func brokenLine() throws {
        let company = try Company(seed: 702)
        let bram = company.guests[0]
        // It arrives, and its answer does not.
        var isCut = false
        company.server.says = { member, frame in member === bram && isCut ? nil : frame }
        isCut = true
        company.meeting.tell(bram, .chat("hallo"))
        company.meeting.run(200)
        #expect(company.host.read == ["hallo"] && bram.heard.isEmpty)
        company.meeting.disconnect(bram)
        isCut = false
        company.meeting.connect(bram)
        #expect(company.meeting.run(until: { bram.heard(.chat).count == 1 }), "\(bram.states) \(bram.refused)")
        company.meeting.run(1_000)
        #expect(company.host.read == ["hallo"] && company.guests[1].read == ["hallo"] && bram.refused.isEmpty)
    }

    @Test("what nobody takes is refused in the end, and behind a closed gate at once")
    func refused() throws {
        let company = try Company(seed: 703)
        let bram = company.guests[0]
        company.server.hears = { member, frame, _ in
            if member === bram, case .app = frame { return nil }
            return frame
        }
        company.meeting.tell(bram, .chat("wacht"))
        company.meeting.run(15_000)
        #expect(bram.refused.isEmpty && bram.heard.isEmpty)
        company.meeting.run(8_000)
        #expect(bram.refused == [.chat("wacht")] && bram.heard.isEmpty && bram.isLive)
        company.server.hears = { _, frame, _ in frame }
        company.server.says = { member, frame in member === bram ? nil : frame }
        try #require(company.meeting.run(until: { !bram.isLive }, within: 30_000))
        company.meeting.tell(bram, .chat("dicht"))
        #expect(bram.refused.last == .chat("dicht"))
        company.server.says = { $1 }
        #expect(company.meeting.run(until: { bram.isLive }, within: 30_000), "\(bram.states)")
        company.meeting.run(2_000)
        #expect(company.host.read.isEmpty, "what was refused is not said later")
    }

    @Test("what was taken when the line broke is not refused, though nobody may say it now, and can be taken back")
    func takenBeforeTheRule() throws {
        let company = try Company(seed: 713)
        let bram = company.guests[0]
        var isCut = true
        company.server.says = { member, frame in member === bram && isCut ? nil : frame }
        company.meeting.tell(bram, .chat("hallo"))
        company.meeting.run(200)
        company.meeting.disconnect(bram)
        company.meeting.tell(company.host, .setFeatures([.hostsChat]))
        company.meeting.run(1_000)
        #expect(company.host.read == ["hallo"] && bram.heard.isEmpty)
        isCut = false
        company.meeting.connect(bram)
        try #require(company.meeting.run(until: { bram.heard(.chat).count == 1 }), "\(bram.states) \(bram.refused)")
        let id = try #require(company.host.heard(.chat).first?.id)
        #expect(bram.heard(.chat)[0].id == id && bram.policies.last?.features == [.hostsChat])
        company.meeting.tell(bram, .say(.chatChange, ChatChange(target: id, act: .retract)))
        company.meeting.run(1_000)
        #expect(company.host.heard(.chatChange).count == 1 && bram.refused.isEmpty && company.host.faults.isEmpty)
    }

    @Test("what was refused because no answer came is one's own message all the same when the order has it")
    func takenAndRefused() throws {
        let company = try Company(seed: 714)
        let bram = company.guests[0]
        var isCut = true
        company.server.says = { member, frame in member === bram && isCut ? nil : frame }
        company.meeting.tell(bram, .chat("hallo"))
        try #require(company.meeting.run(until: { bram.refused == [.chat("hallo")] }, within: 25_000))
        #expect(company.host.read == ["hallo"] && bram.heard.isEmpty)
        isCut = false
        #expect(company.meeting.run(until: { bram.heard(.chat).count == 1 }, within: 30_000), "\(bram.states)")
        company.meeting.run(2_000)
        #expect(bram.heard(.chat).map(\.id) == company.host.heard(.chat).map(\.id) && company.host.read == ["hallo"])
    }

    @Test("what waits to be said when the place is lost is refused, and is not said in whatever group comes then")
    func lostPlace() throws {
        let company = try Company(seed: 712)
        let bram = company.guests[0]
        company.server.hears = { member, frame, _ in
            if member === bram, case .app = frame { return nil }
            return frame
        }
        company.meeting.tell(bram, .chat("oud"))
        company.meeting.run(500)
        company.meeting.disconnect(bram)
        // The server says that there is no such group.
        var isLying = true
        company.server.says = { member, frame in
            guard member === bram, isLying, case .ok = frame else { return frame }
            isLying = false
            return .error(.unknownGroup)
        }
        let count = bram.states.count
        company.meeting.connect(bram)
        try #require(company.meeting.run(until: { bram.states.dropFirst(count).contains(.checking) }, within: 3_000))
        #expect(bram.refused == [.chat("oud")])
        company.server.hears = { _, frame, _ in frame }
        try #require(company.meeting.run(until: { bram.isLive }, within: 30_000), "\(bram.states)")
        company.meeting.run(2_000)
        #expect(company.host.read.isEmpty && bram.refused.count == 1)
    }

    @Test("what is said before somebody who came by themselves knows that the group is right is read when they do")
    func beforeProof() throws {
        let company = try Company(seed: 715) { $0.admission = .open }
        company.meeting.openDoor()
        // No sign of the host arrives.
        company.server.hears = { member, frame, _ in
            if member === company.host, case .app = frame { return nil }
            return frame
        }
        let eva = try company.meeting.enter("Eva")
        try #require(
            company.meeting.run(until: { eva.state == .unproven && company.host.roster.count == 4 }),
            "\(eva.states), \(company.host.roster.count)")
        company.meeting.tell(company.guests[0], .chat("welkom"))
        company.meeting.run(500)
        #expect(eva.state == .unproven && eva.heard.isEmpty && company.host.read == ["welkom"])
        company.server.hears = { _, frame, _ in frame }
        try #require(company.meeting.run(until: { eva.isLive }, within: 30_000), "\(eva.states)")
        #expect(eva.read == ["welkom"] && eva.heard(.chat).count == 1 && eva.faults.isEmpty)
    }

    @Test("a page says what people say, to everybody, and nothing of the engine's own; and no nonsense")
    func kinds() throws {
        let company = try Company(seed: 704)
        let bram = company.guests[0]
        let own = [0, 1, 2, 3, 5, 6, 7, 8, 20, 23, 27, 33, 35, 36, 40, 255] as [UInt8]
        let key = try #require(company.host.key(of: "Chris"))
        let leaf = try company.leaf(of: key)
        var wishes: [EngineCommand] = own.map { .send(kind: $0, body: Hand(isUp: true).encoded, deliverTo: []) }
        wishes += [
            .send(kind: 16, body: Chat("a").encoded, deliverTo: [leaf]), .send(kind: 16, body: [1], deliverTo: []),
            .chat(""), .say(.reaction, Reaction(emoji: [])), .direct([], kind: 16, body: Chat("a").encoded),
            .direct([key], kind: 19, body: Hand(isUp: true).encoded),
            .direct([key], kind: 27, body: [UInt8](repeating: 1, count: 32)),
            .say(.chatChange, ChatChange(target: [UInt8](repeating: 1, count: 16), act: .retract)),
        ]
        for wish in wishes { company.meeting.tell(bram, wish) }
        company.meeting.run(1_000)
        #expect(bram.refused == wishes)
        #expect(company.everybody.allSatisfy { $0.heard.isEmpty && $0.faults.isEmpty })
    }

    /// Switches on these, and waits until everybody knows.
    private func set(_ features: FeatureSet, in company: Company) throws {
        company.meeting.tell(company.host, .setFeatures(features))
        try #require(
            company.meeting.run(until: { company.everybody.allSatisfy { $0.policies.last?.features == features } }))
    }

    @Test("chat is for everybody, or for hosts, or for nobody; what it is told is all that is switched on")
    func whoChats() throws {
        let company = try Company(seed: 705)
        let host = company.host, bram = company.guests[0]
        try self.set([.hostsChat, .microphone], in: company)
        company.meeting.tell(bram, .chat("gast"))
        company.meeting.tell(host, .chat("host"))
        company.meeting.run(500)
        #expect(bram.refused == [.chat("gast")] && bram.read == ["host"] && host.read.isEmpty)
        try self.set([.microphone], in: company)
        for member in [host, bram] { company.meeting.tell(member, .chat("niemand")) }
        company.meeting.run(500)
        #expect(host.refused == [.chat("niemand")] && bram.refused.count == 2 && bram.read == ["host"])
        try self.set([.chat, .microphone], in: company)
        company.meeting.tell(bram, .chat("weer"))
        company.meeting.run(500)
        #expect(host.read == ["weer"] && company.everybody.allSatisfy { $0.faults.isEmpty })
    }

    @Test("nothing is switched on that the invitation closed, nor by anybody but those who set the policy")
    func ceiling() throws {
        let company = try Company(seed: 706) { $0.features = [.chat, .hostsChat] }
        let wishes: [EngineCommand] = [.setFeatures([.chat, .files]), .setFeatures(.board)]
        for wish in wishes { company.meeting.tell(company.host, wish) }
        company.meeting.tell(company.guests[0], .setFeatures([.chat]))
        company.meeting.run(1_000)
        #expect(company.host.refused == wishes && company.guests[0].refused == [.setFeatures([.chat])])
        #expect(company.everybody.allSatisfy { $0.policies.last?.features == [.chat, .hostsChat] })
    }

    @Test("of several settings in one moment the last one counts, and a lock beside it holds too")
    func lastOne() throws {
        let company = try Company(seed: 707)
        for features in [[.chat], [], [.hostsChat, .camera]] as [FeatureSet] {
            company.meeting.tell(company.host, .setFeatures(features))
        }
        company.meeting.tell(company.host, .lock(true))
        company.meeting.run(3_000)
        for member in company.everybody {
            #expect(member.policies.last?.features == [.hostsChat, .camera] && member.policies.last?.isLocked == true)
        }
        #expect(company.host.refused.isEmpty)
    }

    @Test("two who switch different things in one moment both get what they switched, and nothing else")
    func twoAtOnce() throws {
        let company = try Company(seed: 711)
        let bram = company.guests[0], first = FeatureSet.coaching.atFirst
        company.meeting.tell(company.host, .makeCohost(try #require(company.host.key(of: "Bram"))))
        try #require(company.meeting.run(until: { bram.policies.last?.rights.contains(.policy) == true }))
        company.meeting.tell(company.host, .setFeatures(first.subtracting(.chat).union(.direct)))
        company.meeting.tell(bram, .setFeatures(first.subtracting(.reactions).union(.files)))
        company.meeting.run(3_000)
        let both = first.subtracting([.chat, .reactions]).union([.direct, .files])
        for member in company.everybody {
            #expect(member.policies.last?.features == both && member.refused.isEmpty && member.faults.isEmpty)
        }
    }

    @Test("files go with a message where a host has opened that, and the host's do not go before either")
    func files() throws {
        let company = try Company(seed: 708)
        let key = [UInt8](repeating: 1, count: 32)
        let file = FileRef(
            blobID: [UInt8](repeating: 2, count: 16), key: key, size: 5, hash: key, name: Array("a.txt".utf8),
            mediaType: Array("text/plain".utf8), expires: 0)
        let wish = EngineCommand.say(.chat, Chat(text: [], files: [file]))
        for member in company.everybody { company.meeting.tell(member, wish) }
        company.meeting.run(500)
        #expect(company.everybody.allSatisfy { $0.refused == [wish] && $0.heard.isEmpty })
        try self.set(FeatureSet.coaching.atFirst.union(.files), in: company)
        company.meeting.tell(company.guests[0], wish)
        company.meeting.run(500)
        let event = try #require(company.host.heard(.chat).first)
        #expect(try Chat(decoding: event.body).files == [file])
    }

    @Test("whoever wrote something changes it or takes it back, and a host takes it back as well; then it is gone")
    func changes() throws {
        let company = try Company(seed: 709)
        let host = company.host, bram = company.guests[0], chris = company.guests[1]
        for text in ["een", "twee"] { company.meeting.tell(bram, .chat(text)) }
        company.meeting.run(500)
        let ids = host.heard(.chat).map(\.id)
        try #require(ids.count == 2)
        func change(_ index: Int, _ act: ChatChange.Act, _ text: String = "") -> EngineCommand {
            .say(.chatChange, ChatChange(target: ids[index], act: act, text: Array(text.utf8)))
        }
        // Another guest may neither; a host may take back and not put words in anybody's mouth.
        for (member, wishes) in [
            (chris, [change(0, .edit, "x"), change(0, .retract)]), (host, [change(0, .edit, "x")]),
        ] {
            for wish in wishes { company.meeting.tell(member, wish) }
            company.meeting.run(300)
            #expect(member.refused == wishes)
        }
        #expect(company.everybody.allSatisfy { $0.heard(.chatChange).isEmpty })
        company.meeting.tell(bram, change(0, .edit, "één"))
        company.meeting.tell(host, change(1, .retract))
        company.meeting.run(500)
        for member in company.everybody {
            let said = try member.heard(.chatChange).map { try ChatChange(decoding: $0.body) }
            #expect(Set(said.map(\.target)) == Set(ids) && said.count == 2)
        }
        company.meeting.tell(bram, change(1, .edit, "toch"))
        company.meeting.run(300)
        #expect(bram.refused == [change(1, .edit, "toch")] && company.everybody.allSatisfy { $0.faults.isEmpty })
    }

    @Test("reactions pass, where they are on, and nobody keeps them for whoever comes later")
    func reactions() throws {
        let company = try Company(seed: 710)
        var kept: [AppFrame.Class] = []
        company.server.hears = { member, frame, _ in
            if member === company.guests[0], case .app(let app) = frame { kept.append(app.keeping) }
            return frame
        }
        let wish = EngineCommand.say(.reaction, Reaction(emoji: Array("👏".utf8)))
        company.meeting.tell(company.guests[0], wish)
        #expect(kept == [.fleeting])
        company.meeting.run(500)
        #expect(company.everybody.allSatisfy { $0.heard(.reaction).count == 1 })
        try self.set([.chat], in: company)
        company.meeting.tell(company.guests[0], wish)
        #expect(company.guests[0].refused == [wish])
    }
}
