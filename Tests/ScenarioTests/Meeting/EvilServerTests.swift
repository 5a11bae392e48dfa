import BeraadTesting
import E2EE
import Testing

/// A server that lies to whoever stands at the door, against real engines (`e2ee.md` 14): each attack ends in refusal and a
/// stated reason.
@Suite("A malicious server at the door")
struct EvilServerTests {
    /// Hands out other descriptors than the real ones.
    private func answer(
        _ server: HostileServer, _ change: @escaping (inout [UInt8], inout [UInt8]) -> Void
    ) {
        server.says = { _, frame in
            guard case .data(let data) = frame,
                case .descriptors(var meeting, var lobby, let certificate)? = try? DataFrame(decoding: data)
            else { return frame }
            change(&meeting, &lobby)
            return .data(DataFrame.descriptors(meeting: meeting, lobby: lobby, certificate: certificate).encoded)
        }
    }

    @Test("forged-descriptor: a description that is not the authority's is a bad link", arguments: 0..<4)
    func forgedDescriptor(_ change: Int) throws {
        let meeting = try TestMeeting(seed: 100 + UInt64(change))
        self.answer(HostileServer(meeting)) { descriptor, lobby in
            switch change {
            case 0: descriptor[descriptor.count - 1] ^= 1  // the signature
            case 1: descriptor[60] ^= 1  // a field
            case 2: lobby[lobby.count - 1] ^= 1
            default: descriptor = []
            }
        }
        let guest = try meeting.enter("Bram")
        #expect(meeting.run(until: { guest.state == .out(.badLink) }), "\(guest.state)")
        #expect(guest.epochs.isEmpty)
    }

    @Test("old-descriptor: what the authority signed before, or for another time, is a bad link", arguments: 0..<4)
    func oldDescriptor(_ change: Int) throws {
        let meeting = try TestMeeting(seed: 104 + UInt64(change)) { $0.revision = 5 }
        let server = HostileServer(meeting)
        let old = try server.descriptors { draft in
            draft.revision = change < 2 ? 4 : 5
            draft.instance = change < 2 ? 0 : 1
        }
        let guest = try meeting.enter("Bram")
        try #require(meeting.run(until: { guest.state == .knocking }), "\(guest.state)")
        self.answer(server) { descriptor, lobby in
            if change.isMultiple(of: 2) { descriptor = old.meeting } else { lobby = old.lobby }
        }
        meeting.disconnect(guest)
        meeting.connect(guest)
        #expect(meeting.run(until: { guest.state == .out(.badLink) }), "\(guest.state)")
        #expect(guest.epochs.isEmpty)
    }

    @Test("suite-downgrade: a meeting whose authority itself names a classical suite is one for another client")
    func classicalDescriptor() throws {
        let meeting = try TestMeeting(seed: 108)
        let server = HostileServer(meeting)
        let classical = try server.descriptors({ _ in }, { $0.cipherSuite = GroupSuite.x25519AES.rawValue })
        self.answer(server) { descriptor, _ in descriptor = classical.meeting }
        let guest = try meeting.enter("Bram")
        #expect(meeting.run(until: { guest.state == .out(.tooOld) }), "\(guest.state)")
        #expect(guest.epochs.isEmpty)
    }

    @Test("suite-downgrade: a knock with a classical key package is shown to no host, and said to be wrong")
    func classicalKeyPackage() throws {
        let company = try Company(seed: 109, [])
        let rogue = try Rogue("Mallory", in: company.meeting)
        let lifetime = Lifetime(notBefore: TestMeeting.unix - 60, notAfter: TestMeeting.unix + 3_600)
        try rogue.knock(try OwnKeyPackage(.x25519AES, rogue.identity, lifetime, rogue.crypto))
        company.meeting.run(2_000)
        #expect(company.host.lobby.isEmpty && company.host.faultCodes() == [.welcome])
        // The same person, with the right one.
        try company.letIn(rogue)
    }

    @Test("suite-downgrade: a group of another suite, or a Welcome of one, is no way in", arguments: [false, true])
    func classicalGroup(_ isOpen: Bool) throws {
        let company = try Company(seed: 111, []) { if isOpen { $0.admission = .open } }
        if isOpen { company.meeting.openDoor() }
        let guest = try company.meeting.open("Bram")
        company.server.says = { member, frame in
            guard member === guest else { return frame }
            switch frame {
            case .data(let bytes):
                guard case .groupInfo(let info)? = try? DataFrame(decoding: bytes),
                    case .groupInfo(var group)? = try? MLSMessage(decoding: info)
                else { return frame }
                group.groupContext.cipherSuite = GroupSuite.x25519AES.rawValue
                return .data(DataFrame.groupInfo(MLSMessage.groupInfo(group).encoded).encoded)
            case .welcome(let bytes, let sequence, let reference):
                guard case .welcome(var welcome)? = try? MLSMessage(decoding: bytes) else { return frame }
                welcome.cipherSuite = GroupSuite.x25519AES.rawValue
                return .welcome(
                    message: MLSMessage.welcome(welcome).encoded, sequence: sequence, keyPackageRef: reference)
            default: return frame
            }
        }
        company.meeting.tell(guest, .enter)
        for _ in 0..<150 {
            company.meeting.run(1_000)
            if !company.host.lobby.isEmpty { company.meeting.tell(company.host, .admit([])) }
        }
        #expect(guest.state == .out(.badServer), "\(guest.state)")
        #expect(Set(guest.faultCodes()) == [isOpen ? .groupInfo : .welcome] && guest.epochs.isEmpty)
    }

    @Test("swap-key-package: a knock with another key package in it is shown to no host", .promise("P-014"))
    func swapKeyPackage() throws {
        let company = try Company(seed: 110, [])
        var other: LobbyRequest?
        company.server.says = { member, frame in
            guard member === company.host, case .lobby(let body) = frame,
                case .request(var request)? = try? LobbyFrame(decoding: body)
            else { return frame }
            // The second who knocks is shown with the first one's key package: whoever is let in would be the first.
            guard let first = other else {
                other = request
                return frame
            }
            request.keyPackage = first.keyPackage
            return .lobby(LobbyFrame.request(request).encoded)
        }
        try company.meeting.enter("Bram")
        try company.meeting.enter("Chris")
        company.meeting.run(5_000)
        #expect(company.host.lobby.count == 1)
        #expect(!company.host.faults.isEmpty && Set(company.host.faultCodes()) == [.welcome])
    }

    @Test("stale-welcome: a Welcome to an earlier knock is none, whatever number the server writes on it")
    func oldWelcome() throws {
        let company = try Company(seed: 112, [])
        let guest = try company.meeting.open("Bram")
        var welcomes: [ServerFrame] = []
        var knocks: [[UInt8]] = []
        company.server.says = { member, frame in
            guard member === guest, case .welcome = frame else { return frame }
            welcomes.append(frame)
            return nil
        }
        company.server.hears = { member, frame, _ in
            if member === guest, case .knock(let knock) = frame { knocks.append(knock) }
            return frame
        }
        company.meeting.tell(guest, .enter)
        try #require(company.meeting.run(until: { company.host.lobby.count == 1 }))
        company.meeting.tell(company.host, .admit([]))
        try #require(company.meeting.run(until: { !welcomes.isEmpty }))
        company.meeting.disconnect(guest)
        company.meeting.run(500)
        company.meeting.connect(guest)
        try #require(company.meeting.run(until: { Set(knocks).count == 2 && guest.state == .knocking }))
        company.meeting.inject(welcomes[0], to: guest)
        company.meeting.run(1_000)
        #expect(guest.state == .knocking && guest.epochs.isEmpty && guest.faults.isEmpty)
        // The same, said to be for the knock of now.
        company.meeting.tell(company.host, .admit([]))
        try #require(company.meeting.run(until: { welcomes.count == 2 }))
        guard case .welcome(let message, let sequence, _) = welcomes[0],
            case .welcome(_, _, let reference) = welcomes[1]
        else { throw RogueError.noAnswer }
        company.meeting.inject(
            .welcome(message: message, sequence: sequence, keyPackageRef: reference), to: guest)
        company.meeting.run(1_000)
        #expect(guest.state == .knocking && guest.epochs.isEmpty && guest.faultCodes() == [.welcome])
    }

    @Test("wrong-tree: a tree that is not the group's is no way in", arguments: [false, true])
    func wrongTree(_ isOpen: Bool) throws {
        let company = try Company(seed: 113, ["Chris"]) { if isOpen { $0.admission = .open } }
        if isOpen { company.meeting.openDoor() }
        let old = try #require(company.server.states[0]).tree.encoded
        let guest = try company.meeting.open("Bram")
        company.server.says = { member, frame in
            guard member === guest, case .data(let bytes) = frame else { return frame }
            switch try? DataFrame(decoding: bytes) {
            case .tree?:
                // The tree of the first epoch, said to be the one of today.
                guard let state = try? company.server.state else { return frame }
                return .data(
                    DataFrame.tree(
                        epoch: state.info.groupContext.epoch, sequence: company.server.last, tree: old,
                        groupInfo: MLSMessage.groupInfo(state.info).encoded
                    ).encoded)
            default: return frame
            }
        }
        company.meeting.tell(guest, .enter)
        for _ in 0..<150 {
            company.meeting.run(1_000)
            if !company.host.lobby.isEmpty { company.meeting.tell(company.host, .admit([])) }
        }
        #expect(guest.state == .out(.badServer), "\(guest.state) \(guest.faultCodes())")
        #expect(guest.faultCodes().contains(isOpen ? .groupInfo : .welcome) && guest.epochs.isEmpty)
        #expect(company.host.isLive)
    }

    @Test("wrong-external-pub: a key that no member signed is no way in")
    func wrongExternalPub() throws {
        let company = try Company(seed: 114, ["Chris"]) { $0.admission = .open }
        company.meeting.openDoor()
        let guest = try company.meeting.open("Bram")
        company.server.says = { member, frame in
            guard member === guest, case .data(let bytes) = frame,
                case .groupInfo(let info)? = try? DataFrame(decoding: bytes),
                case .groupInfo(var group)? = try? MLSMessage(decoding: info), !group.extensions.isEmpty
            else { return frame }
            group.extensions[0].data[group.extensions[0].data.count - 1] ^= 1
            return .data(DataFrame.groupInfo(MLSMessage.groupInfo(group).encoded).encoded)
        }
        company.meeting.tell(guest, .enter)
        company.meeting.run(150_000)
        #expect(guest.state == .out(.badServer), "\(guest.state)")
        #expect(Set(guest.faultCodes()) == [.groupInfo] && guest.epochs.isEmpty)
    }

    @Test("A log that never ends, or a tree that no group has, keeps nobody busy for ever", arguments: [false, true])
    func endless(_ isTree: Bool) throws {
        let company = try Company(seed: 115, []) { $0.admission = .open }
        company.meeting.openDoor()
        let guest = try company.meeting.open("Bram")
        company.server.says = { member, frame in
            guard member === guest, case .data(let bytes) = frame, let data = try? DataFrame(decoding: bytes) else {
                return frame
            }
            switch data {
            case .log(let next, _, _) where !isTree: return .data(DataFrame.log(next: next, last: .max, []).encoded)
            case .tree(let epoch, let sequence, let tree, let info) where isTree:
                // Blanks for more leaves than any group has, and one at the end.
                let node = Array(tree.suffix(from: 2))
                let blanks = [UInt8](repeating: 0, count: 1 << 17) + node
                let length = UInt32(blanks.count) | 0x8000_0000
                let head = (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * UInt32($0))) }
                return .data(
                    DataFrame.tree(epoch: epoch, sequence: sequence, tree: head + blanks, groupInfo: info).encoded)
            default: return frame
            }
        }
        company.meeting.tell(guest, .enter)
        company.meeting.run(150_000)
        #expect(guest.state == .out(.badServer), "\(guest.state)")
        #expect(guest.epochs.isEmpty && company.host.isLive)
    }
}
