import BeraadTesting
import E2EE
import Testing

/// What is too large, too far ahead, or nothing at all (`e2ee.md` 4.1, 14): it is refused before it costs much, and moves
/// nobody.
@Suite("Too much, and nothing")
struct EvilSizeTests {
    @Test("huge-frames: a frame larger than any is refused unread")
    func hugeFrame() throws {
        let company = try Company(seed: 250)
        let epoch = company.host.epoch
        for count in [2 << 20, 3 << 20] {
            let frame = Frame(type: 0x43, request: 0, body: [UInt8](repeating: 0, count: count)).encoded
            for member in company.everybody {
                member.engine.handle(
                    .wire(frame), now: EngineTime(monotonic: company.meeting.now, unix: TestMeeting.unix * 1_000))
                var faults: [UInt16] = []
                while let output = member.engine.next() {
                    if case .fault(let code, _) = output { faults.append(code) }
                }
                #expect(faults == [FaultCode.frame.rawValue])
            }
        }
        company.meeting.run(6_000)
        #expect(company.everybody.allSatisfy { $0.isLive && $0.epoch == epoch })
    }

    @Test("huge-frames: a member's message or Commit beyond the limits is refused, and its author named")
    func hugeMessages() throws {
        let company = try Company(seed: 251)
        let rogue = try Rogue("Mallory", in: company.meeting, role: .cohost)
        try company.letIn(rogue)
        let leaf = try company.leaf(of: rogue.key)
        let epoch = company.host.epoch
        func refuse(_ message: MLSMessage, _ code: FaultCode, _ comment: Comment) throws {
            let before = company.everybody.map { $0.faults.count }
            try company.server.order(message, to: company.everybody)
            company.meeting.run(200)
            for (member, faults) in zip(company.everybody, before) {
                #expect(member.epoch == epoch && member.isLive && member.heard.isEmpty, comment)
                #expect(member.faultCodes(since: faults) == [code] && member.faults.last?.leaf == leaf, comment)
            }
        }
        let chat = AppMessage(
            kind: .chat, id: [UInt8](repeating: 1, count: 16), sentMilliseconds: 0,
            body: [UInt8](repeating: 65, count: AppMessage.byteCountMax))
        try refuse(try rogue.sealed(chat.encoded), .app, "a long line")

        let extensions = try #require(try rogue.group?.context.extensions)
        var long = extensions
        long[2].data = [UInt8](repeating: 1, count: MeetingPolicy.byteCountMax + 1)
        var plan = rogue.plan
        plan.proposals = [.groupContextExtensions(GroupContextExtensions(extensions: long))]
        try refuse(try MLSMessage(decoding: try rogue.commit(plan).commit), .limit, "a long policy")

        var packages: [KeyPackage] = []
        for _ in 0..<129 {
            let identity = try MeetingGroup.identity(
                BeraadLeaf(
                    MeetingInstance(meetingID: Array(try company.server.groupID.prefix(16)), number: 0),
                    clientVersion: 1),
                signatureKey: try rogue.crypto.signatureKey(.ed25519), rogue.crypto)
            packages.append(
                try MeetingGroup.keyPackage(identity, now: TestMeeting.unix, rogue.crypto).keyPackage)
        }
        plan.proposals = rogue.adding(packages)
        // The core makes no such Commit, whoever asks; that it follows none either shows `CommitLimitTests`.
        #expect(throws: E2EEError(.validation, .limit)) { _ = try rogue.commit(plan) }
    }

    @Test("huge-generation: a message that claims to be the four thousand millionth costs nothing and is not heard")
    func hugeGeneration() throws {
        let company = try Company(seed: 252)
        let rogue = try company.rogue()
        for generation in [UInt32.max, UInt32.max - 1, 1 << 20] {
            rogue.crypto.lie { $0.generation = generation }
            try rogue.chat("1")
            company.meeting.run(200)
        }
        rogue.crypto.stopLying()
        #expect(company.everybody.allSatisfy { $0.heard.isEmpty && $0.isLive })
        #expect(company.everybody.allSatisfy { $0.faultCodes() == [.app, .app, .app] })
        // What it says truly is heard: nothing was used up.
        try rogue.chat("2")
        company.meeting.run(200)
        #expect(company.everybody.allSatisfy { $0.read == ["2"] })
    }

    @Test("huge-generation: a thousand messages may be lost on the way, not one more")
    func skippedGenerations() throws {
        let company = try Company(seed: 253)
        let rogue = try company.rogue()
        for _ in 0..<1_000 { _ = try rogue.sealed(.chat, [0]) }
        try rogue.chat("1")
        company.meeting.run(200)
        #expect(company.everybody.allSatisfy { $0.read == ["1"] && $0.faults.isEmpty })
        for _ in 0..<1_001 { _ = try rogue.sealed(.chat, [0]) }
        try rogue.chat("2")
        company.meeting.run(200)
        #expect(company.everybody.allSatisfy { $0.heard.count == 1 && $0.faultCodes() == [.app] && $0.isLive })
    }

    /// Every sort of frame a server has, out of real ones with a few bytes changed, or made of nothing.
    private func nonsense(_ generator: inout SeededGenerator, _ real: [[UInt8]]) -> [UInt8] {
        guard generator.happens(0.8), !real.isEmpty else {
            let body = generator.bytes(Int(generator.next() % 200))
            let type = UInt8(0x40) + UInt8(generator.next() % 12)
            return Frame(type: type, request: UInt32(generator.next() % 64), body: body).encoded
        }
        var bytes = real[Int(generator.next() % UInt64(real.count))]
        for _ in 0...generator.next() % 3 where !bytes.isEmpty {
            bytes[Int(generator.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: generator.next())
        }
        return bytes
    }

    @Test("Nonsense of every kind, most of it nearly true, gets nobody to do anything, and nothing traps")
    func junk() throws {
        let company = try Company(seed: 170)
        let real = try self.record(company)
        var generator = SeededGenerator(seed: 5)
        let epoch = company.host.epoch
        for _ in 0..<2_000 {
            let frame = self.nonsense(&generator, real)
            guard let decoded = try? Frame(decoding: frame), let said = try? ServerFrame(decoded) else {
                for member in company.everybody {
                    member.engine.handle(
                        .wire(frame), now: EngineTime(monotonic: company.meeting.now, unix: TestMeeting.unix * 1_000))
                }
                continue
            }
            switch said {
            // What the server may say: the meeting is over, or a Commit is taken back.
            case .ended, .void: continue
            default:
                for member in company.everybody {
                    company.meeting.inject(said, request: decoded.request, to: member)
                }
            }
        }
        company.meeting.run(40_000)
        // Whoever was told that their place is gone looks for a way in, or waits; nobody sends without being one of all.
        for member in company.everybody where member.state.isMember {
            #expect(member.isLive || member.gateReasons?.isEmpty == false, "\(member.state)")
        }
        let live = company.everybody.filter { $0.isLive }
        #expect(Set(live.map { $0.baseKey }).count <= 1 && Set(live.map { $0.epoch }).count <= 1)
        #expect(live.allSatisfy { $0.epoch ?? 0 >= epoch ?? 0 })
    }

    /// Frames as they really are: everything the server says while somebody knocks and comes in.
    private func record(_ company: Company) throws -> [[UInt8]] {
        var frames: [[UInt8]] = []
        company.server.says = { _, frame in
            frames.append(frame.frame(request: UInt32(frames.count % 8)))
            return frame
        }
        company.meeting.tell(company.host, .lock(true))
        company.meeting.run(500)
        company.meeting.tell(company.host, .lock(false))
        company.meeting.disconnect(company.guests[0])
        company.meeting.run(500)
        company.meeting.connect(company.guests[0])
        let late = try company.meeting.enter("Eva")
        company.meeting.run(6_000)
        company.meeting.crash(late)
        company.server.says = { $1 }
        try #require(company.meeting.run(until: { company.everybody.allSatisfy { $0.isLive } }))
        return frames
    }

    @Test("fake 'E2EE off': whatever the server says, a gate that is closed stays closed; a host's word opens it")
    func fakeOff() throws {
        let company = try Company(seed: 254)
        let real = try self.record(company)
        // The host is silent, so that the guests stop.
        company.server.hears = { member, frame, _ in
            if member === company.host, case .app = frame { return nil }
            return frame
        }
        company.meeting.run(26_000)
        try #require(company.guests.allSatisfy { !$0.isLive && $0.gateReasons == .noProof })
        let closed = company.meeting.now
        var generator = SeededGenerator(seed: 6)
        for round in 0..<1_500 {
            // Real ones again too, as they were and in every order.
            let frame =
                round.isMultiple(of: 3)
                ? real[Int(generator.next() % UInt64(real.count))] : self.nonsense(&generator, real)
            guard let decoded = try? Frame(decoding: frame), let said = try? ServerFrame(decoded) else { continue }
            if case .ended = said { continue }
            for guest in company.guests { company.meeting.inject(said, request: decoded.request, to: guest) }
            if round.isMultiple(of: 50) { company.meeting.run(100) }
        }
        company.meeting.run(10_000)
        for guest in company.guests { #expect(!guest.hasOpened(since: closed + 1), "\(guest.openedAt) \(closed)") }
        company.server.hears = { _, frame, _ in frame }
        let left = company.guests.filter { $0.state.isMember }
        #expect(company.meeting.run(until: { left.allSatisfy { $0.isLive } }, within: 60_000))
    }
}
