import BeraadTesting
import E2EE
import Testing

/// A server that lies, against real engines (`e2ee.md` 14): each attack ends in refusal and a stated reason.
@Suite("A malicious server")
struct EvilServerTests {
    /// Anna with the host link, and Bram and Chris whom she let in.
    private func meeting(
        seed: UInt64, prepare: (TestMeeting) -> Void = { _ in }
    ) throws -> (meeting: TestMeeting, host: TestMember, guests: [TestMember]) {
        let meeting = try TestMeeting(seed: seed)
        prepare(meeting)
        let host = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { host.isLive }), "\(host.state) \(host.faults)")
        let guests = try ["Bram", "Chris"].map { try meeting.enter($0) }
        try #require(meeting.run(until: { host.lobby.count == 2 }))
        meeting.tell(host, .admit([]))
        try #require(
            meeting.run(until: { guests.allSatisfy { $0.isLive } && host.names == ["Anna", "Bram", "Chris"] }),
            "\(guests.map { $0.state }) \(host.faults)")
        return (meeting, host, guests)
    }

    private func server(_ bytes: [UInt8]) -> ServerFrame? {
        guard let frame = try? Frame(decoding: bytes) else { return nil }
        return try? ServerFrame(frame)
    }

    private func client(_ bytes: [UInt8]) -> ClientFrame? {
        guard let frame = try? Frame(decoding: bytes) else { return nil }
        return try? ClientFrame(frame)
    }

    @Test("forged-descriptor: a description that is not the authority's is a bad link")
    func forgedDescriptor() throws {
        for change in 0..<3 {
            let meeting = try TestMeeting(seed: 100 + UInt64(change))
            meeting.serverSays = { _, bytes in
                guard let frame = try? Frame(decoding: bytes), case .data(let data)? = self.server(bytes),
                    case .descriptors(var descriptor, let lobby, let certificate)? = try? DataFrame(decoding: data)
                else { return bytes }
                switch change {
                case 0: descriptor[descriptor.count - 1] ^= 1  // the signature
                case 1: descriptor[60] ^= 1  // a field
                default: descriptor = []
                }
                let body = DataFrame.descriptors(meeting: descriptor, lobby: lobby, certificate: certificate)
                return ServerFrame.data(body.encoded).frame(request: frame.request)
            }
            let guest = try meeting.enter("Bram")
            #expect(meeting.run(until: { guest.state == .out(.badLink) }), "\(guest.state)")
            #expect(guest.epochs.isEmpty)
        }
    }

    @Test("swap-key-package: a knock with another key package in it is shown to no host", .promise("P-014"))
    func swapKeyPackage() throws {
        let meeting = try TestMeeting(seed: 110)
        let host = try meeting.enter("Anna", isHost: true)
        #expect(meeting.run(until: { host.isLive }))
        var other: LobbyRequest?
        meeting.serverSays = { member, bytes in
            guard member === host, case .lobby(let body)? = self.server(bytes),
                case .request(var request)? = try? LobbyFrame(decoding: body)
            else { return bytes }
            // The second who knocks is shown with the first one's key package: whoever is let in would be the first.
            guard let first = other else {
                other = request
                return bytes
            }
            request.keyPackage = first.keyPackage
            return ServerFrame.lobby(LobbyFrame.request(request).encoded).frame()
        }
        try meeting.enter("Bram")
        try meeting.enter("Chris")
        meeting.run(5_000)
        #expect(host.lobby.count == 1)
        #expect(!host.faults.isEmpty)
    }

    @Test("ghost-external-commit: a Commit by which somebody without the link joins is refused by everybody")
    func ghostExternalCommit() throws {
        var info: [UInt8] = []
        let (meeting, host, guests) = try self.meeting(seed: 120) { meeting in
            meeting.clientSays = { _, bytes in
                switch self.client(bytes) {
                case .create(let groupInfo, _, _)?: info = groupInfo
                case .commit(let commit)?: info = commit.groupInfo
                default: break
                }
                return bytes
            }
        }
        guard case .groupInfo(let group) = try MLSMessage(decoding: info) else {
            Issue.record("no GroupInfo passed by")
            return
        }
        let ratchetTree = try host.engine.copyOfTree()
        for hasKey in [false, true] {
            let identity = try MeetingGroup.identity(
                BeraadLeaf(
                    MeetingInstance(meetingID: Array(group.groupContext.groupID.prefix(16)), number: 0),
                    clientVersion: 1),
                signatureKey: try meeting.crypto.signatureKey(.ed25519), meeting.crypto)
            var plan = ExternalJoin<SeededCryptoProvider>.Plan()
            plan.authenticatedData = JoinAuth.invite.encoded
            if hasKey {
                // It can name the invite's key, for the id stands in the policy; the key itself it does not have.
                let id = MeetingProfile.policy(in: group.groupContext.extensions)?.inviteID ?? []
                plan.names = [PreSharedKeyID(name: .external(id), nonce: [UInt8](repeating: 1, count: 32))]
                plan.preSharedKeys.set(
                    external: id, HeldSecret(Secret(copying: [UInt8](repeating: 9, count: 32).span)))
            }
            let join = try ExternalJoin(group, tree: ratchetTree, identity, plan, meeting.crypto)
            for member in [host] + guests {
                let epoch = member.epoch
                let faults = member.faults.count
                meeting.inject(
                    .event(
                        EventFrame(
                            groupID: group.groupContext.groupID, sequence: member.engine.nextSequence ?? 0,
                            message: join.message)), to: member)
                meeting.run(100)
                #expect(member.epoch == epoch && member.roster.count == 3)
                #expect(member.faults.count > faults, "the person is told")
            }
        }
    }

    @Test("withhold-from-one, fork: whoever is kept in an old epoch stops sending within 20 seconds")
    func withhold() throws {
        let (meeting, host, guests) = try self.meeting(seed: 130)
        let bram = guests[0]
        meeting.serverSays = { member, bytes in
            guard member === bram else { return bytes }
            // Nothing of the group reaches Bram any more; the connection lives.
            switch self.server(bytes) {
            case .event?, .data?, .error?: return nil
            default: return bytes
            }
        }
        meeting.tell(host, .eject(try #require(host.key(of: "Chris"))))
        meeting.run(21_000)
        #expect(bram.gateReasons?.isEmpty == false, "\(bram.state)")
        #expect(bram.epoch != host.epoch && host.isLive)
    }

    @Test("lost-beacons: without a sign of the host for 20 seconds guests stop sending, and go on when there is one")
    func lostBeacons() throws {
        let (meeting, host, guests) = try self.meeting(seed: 140)
        meeting.clientSays = { member, bytes in
            if member === host, case .app? = self.client(bytes) { return nil }
            return bytes
        }
        meeting.run(26_000)
        for guest in guests { #expect(guest.gateReasons == .noProof && guest.state == .paused) }
        #expect(host.isLive)
        meeting.clientSays = nil
        meeting.run(6_000)
        for guest in guests { #expect(guest.isLive, "\(guest.state) \(String(describing: guest.gateReasons))") }
    }

    @Test("fake-group: a Welcome without the link's key is no way in, and the third one ends it")
    func fakeGroup() throws {
        let meeting = try TestMeeting(seed: 150)
        let guest = try meeting.open("Bram")
        var knocks: [LobbyRequest] = []
        meeting.clientSays = { _, bytes in
            if case .knock(let knock)? = self.client(bytes), let request = try? LobbyRequest(decoding: knock) {
                knocks.append(request)
            }
            return bytes
        }
        meeting.tell(guest, .enter)
        for round in 1...3 {
            #expect(meeting.run(until: { knocks.count == round }), "\(guest.state)")
            try #require(knocks.count == round)
            let package = try KeyPackage(decoding: knocks[round - 1].keyPackage)
            let own = try MeetingGroup.keyPackage(
                try MeetingGroup.identity(
                    BeraadLeaf(knocks[0].instance, clientVersion: 1),
                    signatureKey: try meeting.crypto.signatureKey(.ed25519), meeting.crypto),
                now: TestMeeting.unix, meeting.crypto)
            var fake = try Group(
                creating: knocks[0].instance.meetingID + [UInt8](repeating: 3, count: 16), own, meeting.crypto)
            var plan = CommitPlan()
            plan.proposals = [.add(Add(keyPackage: package))]
            guard let welcome = try? fake.commit(plan).welcome else {
                Issue.record("the fake group cannot even be made")
                return
            }
            let reference = try #require(welcome.secrets.first?.newMember)
            meeting.inject(
                .welcome(message: MLSMessage.welcome(welcome).encoded, sequence: 1, keyPackageRef: reference),
                to: guest)
            meeting.run(100)
        }
        #expect(guest.state == .out(.badServer), "\(guest.state)")
        #expect(guest.faults.count == 3 && guest.epochs.isEmpty)
    }

    @Test("drop-host: when the server takes the host away, the others stop and are asked")
    func dropHost() throws {
        let (meeting, host, guests) = try self.meeting(seed: 160)
        // The server says that the host's connection is gone for good, as it could of anybody.
        meeting.crash(host)
        #expect(meeting.run(until: { guests[0].roster.count == 2 }, within: 45_000), "\(guests[0].roster.count)")
        meeting.run(1_000)
        for guest in guests { #expect(guest.gateReasons?.contains(.unhosted) == true, "\(guest.state)") }
        meeting.tell(guests[0], .continueUnhosted)
        meeting.run(1_000)
        #expect(guests[0].isLive && !guests[1].isLive)
    }

    @Test("A server that sends junk of every kind gets nobody to do anything, and nothing traps")
    func junk() throws {
        let (meeting, host, guests) = try self.meeting(seed: 170)
        var generator = SeededGenerator(seed: 5)
        let epoch = host.epoch
        for _ in 0..<3_000 {
            let type = UInt8(0x40) + UInt8(generator.next() % 12)
            let body = generator.bytes(Int(generator.next() % 200))
            let frame = Frame(type: type, request: UInt32(generator.next() % 64), body: body).encoded
            guard let said = self.server(frame) else {
                for member in [host] + guests {
                    member.engine.handle(.wire(frame), now: EngineTime(monotonic: meeting.now, unix: 0))
                }
                continue
            }
            if case .ended = said { continue }
            for member in [host] + guests { meeting.inject(said, to: member) }
        }
        meeting.run(10_000)
        #expect(host.epoch == epoch && host.isLive && guests.allSatisfy { $0.isLive })
    }
}
