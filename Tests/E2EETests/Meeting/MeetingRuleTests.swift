import E2EE
import Testing

@Suite("Rules J, P, R and C: each allowed and denied (e2ee.md 4.2)")
struct MeetingRuleTests {
    private let scene = Scene()

    private func adding(_ leafNode: LeafNode, to scene: Scene? = nil) throws -> Verdict {
        let scene = scene ?? self.scene
        return try scene.verdict(scene.commit(by: 0, scene.add(leafNode)))
    }

    // MARK: J

    @Test("J1: a new leaf is of this meeting, this occurrence and this profile")
    func profile() throws {
        #expect(try self.adding(leaf(.newcomer)) == .allow)
        func changed(_ change: (inout LeafNode) -> Void) throws -> Verdict {
            var leafNode = leaf(.newcomer)
            change(&leafNode)
            return try self.adding(leafNode)
        }
        let wrong: [(inout LeafNode) -> Void] = [
            { $0.credential = .basic([1]) }, { $0.credential = .x509([]) }, { $0.extensions = [] },
            { $0.extensions += $0.extensions }, { $0.extensions.append(Extension(type: 1, data: [])) },
            { $0.extensions[0].data.append(0) }, { $0.extensions[0].data[5] ^= 1 },
            { $0.capabilities.cipherSuites = [1] }, { $0.capabilities.proposals = [] },
            { $0.capabilities.extensions.removeFirst() }, { $0.signatureKey.removeLast() },
            { $0.source = .keyPackage(Lifetime(notBefore: 0, notAfter: 86_401)) },
            { $0.source = .keyPackage(Lifetime(notBefore: 1, notAfter: 0)) },
        ]
        for change in wrong { #expect(try changed(change) == .deny(.leafProfile)) }
        #expect(try changed { $0.source = .keyPackage(Lifetime(notBefore: 5, notAfter: 86_405)) } == .allow)
        #expect(try self.adding(leaf(.newcomer, version: 4)) == .deny(.leafProfile))
        let classical = Proposal.add(Add(keyPackage: package(leaf(.newcomer), suite: 1)))
        #expect(try self.scene.verdict(self.scene.commit(by: 0, classical)) == .deny(.leafProfile))
    }

    @Test("J2: no key, pid or personal link is there twice, and what this Commit frees is free")
    func duplicates() throws {
        #expect(try self.adding(leaf(.anna, salt: 1)) == .deny(.leafDuplicate))
        var sameKey = leaf(.newcomer)
        sameKey.encryptionKey = leaf(.anna).encryptionKey
        #expect(try self.adding(sameKey) == .deny(.leafDuplicate))
        var samePid = leaf(.newcomer)
        samePid.credential = leaf(.anna).credential
        #expect(try self.adding(samePid) == .deny(.leafDuplicate))
        #expect(try self.adding(leaf(.newcomer, ticketed(.newcomer))) == .deny(.leafDuplicate))
        #expect(try self.adding(leaf(.newcomer, ticketed(.newcomer, ticket: .device))) == .allow)
        let scene = self.scene
        #expect(try scene.verdict(scene.commit(by: 0, remove(2), scene.add(leaf(.anna, salt: 1)))) == .allow)
        #expect(
            try scene.verdict(scene.commit(by: 0, remove(3), scene.add(leaf(.newcomer, ticketed(.newcomer))))) == .allow
        )
        let twice = scene.commit(by: 0, scene.add(leaf(.newcomer)), scene.add(samePid))
        #expect(try scene.verdict(twice) == .deny(.leafDuplicate), "pids of two newcomers")
    }

    @Test("J2: who was put out stays out, whose role was taken comes back as a guest")
    func revoked() throws {
        var scene = self.scene
        scene.policy.revoked = [Revocation(key: Person.newcomer.key, scope: .out)]
        #expect(try self.adding(leaf(.newcomer), to: scene) == .deny(.leafRevoked))
        scene.policy.revoked = [Revocation(key: Person.newcomer.key, scope: .roleOnly)]
        #expect(try self.adding(leaf(.newcomer), to: scene) == .allow)
        #expect(try self.adding(leaf(.newcomer, leader(.newcomer, .cohost)), to: scene) == .deny(.chain))
        scene.policy.revoked = [Revocation(key: Person.device.key, scope: .out)]
        #expect(try self.adding(leaf(.newcomer, ticketed(.newcomer, ticket: .device)), to: scene) == .deny(.chain))
        #expect(try self.adding(leaf(.newcomer), to: scene) == .allow)
    }

    @Test("J3: a full meeting is full")
    func full() throws {
        var scene = self.scene
        scene.describe { $0.membersMax = 6 }
        #expect(try self.adding(leaf(.newcomer), to: scene) == .allow)
        scene.describe { $0.membersMax = 5 }
        #expect(try self.adding(leaf(.newcomer), to: scene) == .deny(.leafFull))
        #expect(try scene.verdict(scene.commit(by: 0, remove(2), scene.add(leaf(.newcomer)))) == .allow)
        #expect(try scene.verdict(scene.join(leaf(.anna), .resync, removing: 2)) == .allow)
    }

    @Test("J4 and J5: a service is certified as what it says, let in by value by whoever may, and switched on")
    func services() throws {
        var other = recording
        other.ownerKey = Person.stranger.key
        let chain = serviceChain(.newcomer)
        #expect(try self.adding(leaf(.newcomer, chain, service: recording)) == .allow)
        #expect(try self.adding(leaf(.newcomer, chain)) == .deny(.service), "does not say so")
        #expect(try self.adding(leaf(.newcomer, service: recording)) == .deny(.service), "not certified")
        #expect(try self.adding(leaf(.newcomer, leader(.newcomer, .host), service: recording)) == .deny(.service))
        #expect(try self.adding(leaf(.newcomer, chain, service: other)) == .deny(.service), "owner not here")
        other.ownerKey = Person.newcomer.key
        #expect(try self.adding(leaf(.newcomer, chain, service: other)) == .deny(.service), "its own owner")
        var never = self.scene
        never.describe { $0.servicesMax = .captions }
        #expect(
            try self.adding(leaf(.newcomer, chain, service: recording), to: never) == .deny(.service),
            "on, though the authority never allowed it")
        let captions = ServiceInfo(
            role: .captions, ownerKey: Person.host.key, purposes: .transcribe, place: .participant)
        #expect(
            try self.adding(leaf(.newcomer, serviceChain(.newcomer, .captions), service: captions)) == .deny(.service))
        #expect(try self.adding(leaf(.newcomer, chain, service: captions)) == .deny(.service), "another role")
        let scene = self.scene
        let byCohost = scene.commit(by: 1, scene.add(leaf(.newcomer, chain, service: recording)))
        #expect(try scene.verdict(byCohost) == .deny(.service))
        var open = scene
        open.policy.admission = .open
        let alone = open.join(leaf(.newcomer, chain, service: recording), .invite)
        #expect(try open.verdict(alone) == .deny(.service))
        let goes = scene.commit(by: 1, remove(0), scene.add(leaf(.newcomer, chain, service: recording)))
        #expect(try scene.verdict(goes) != .allow)
        #expect(try self.adding(leaf(.newcomer, ticketed(.newcomer, .admit, ticket: .device))) == .deny(.chain))
    }

    @Test("J: a key that goes and comes in one Commit is what it was: no person, and no other service")
    func otherService() throws {
        let scene = self.scene, chain = serviceChain(.recorder)
        func again(_ leafNode: LeafNode, for index: UInt32 = 4) throws -> Verdict {
            try scene.verdict(scene.commit(by: 0, remove(index), scene.add(leafNode)))
        }
        #expect(try again(leaf(.recorder, chain, service: recording, salt: 1)) == .allow)
        #expect(try again(leaf(.recorder, salt: 1)) == .deny(.service), "a person")
        let changes: [(inout ServiceInfo) -> Void] = [
            { $0.ownerKey = Person.anna.key }, { $0.purposes = [.record, .publish] }, { $0.purposes = [] },
            { $0.place = .server },
        ]
        for change in changes {
            var other = recording
            change(&other)
            #expect(try again(leaf(.recorder, chain, service: other, salt: 1)) == .deny(.service))
        }
        let person = leaf(.anna, serviceChain(.anna), service: recording, salt: 1)
        #expect(try again(person, for: 2) == .deny(.service), "somebody becomes a recorder")
        #expect(try again(leaf(.newcomer)) == .allow, "somebody else")
    }

    // MARK: P

    @Test("P: whoever comes in proves the link, once; nobody else names a key")
    func preSharedKeys() throws {
        let scene = self.scene
        func keyed(_ names: [PreSharedKeyID.Name], nonce: Int = 32) -> CommitFacts {
            let keys = names.map {
                Proposal.preSharedKey(
                    PreSharedKey(psk: PreSharedKeyID(name: $0, nonce: counting(from: 0, nonce))))
            }
            return scene.commit(
                by: 0, ([scene.add(leaf(.newcomer))] + keys).map { scene.value($0, by: .member(0)) })
        }
        let invite = PreSharedKeyID.Name.external(scene.policy.inviteID)
        let branch = PreSharedKeyID.Name.resumption(.branch, groupID: counting(from: 9, 32), epoch: 6)
        #expect(try scene.verdict(keyed([invite])) == .allow)
        #expect(try scene.verdict(keyed([])) == .deny(.psk))
        #expect(try scene.verdict(keyed([invite, invite])) == .deny(.psk))
        #expect(try scene.verdict(keyed([invite], nonce: 31)) == .deny(.psk))
        #expect(try scene.verdict(keyed([.external(counting(from: 1, 16))])) == .deny(.psk))
        #expect(try scene.verdict(keyed([branch, invite])) == .deny(.psk))
        var keyless = scene.join(leaf(.newcomer, leader(.newcomer, .host)), .role)
        #expect(try scene.verdict(keyless) == .allow)
        keyless.proposals.removeAll { $0.proposal.type == .preSharedKey }
        #expect(try scene.verdict(keyless) == .deny(.psk))

        var room = scene
        room.number = 0
        room.policy.parentGroup = counting(from: 9, 32)
        room.policy.parentEpoch = 6
        #expect(try room.verdict(keyed([branch, invite])) == .allow)
        #expect(try room.verdict(keyed([invite])) == .deny(.psk))
        #expect(try room.verdict(keyed([invite, branch])) == .deny(.psk))
        room.number = 1
        #expect(try room.verdict(keyed([invite])) == .allow)
        let rotation = scene.change { $0.inviteID = counting(from: 1, 16) }
        #expect(try scene.verdict(scene.commit(by: 0, rotation)) == .allow)
        #expect(try scene.verdict(scene.commit(by: 0, rotation, scene.add(leaf(.newcomer)))) == .deny(.psk))
    }

    // MARK: R

    @Test(
        "R: a co-host removes guests and services, a host anyone, an acting host guests; nobody while the door is open")
    func removal() throws {
        let scene = self.scene
        let cells: [(UInt32, UInt32, Verdict)] = [
            (0, 1, .allow), (0, 2, .allow), (0, 3, .allow), (0, 4, .allow), (0, 0, .deny(.rank)),
            (1, 0, .deny(.rank)), (1, 2, .allow), (1, 3, .allow), (1, 4, .allow), (1, 9, .deny(.rank)),
            (2, 3, .deny(.rank)), (3, 2, .deny(.rank)), (4, 2, .deny(.rank)),
        ]
        for (committer, target, verdict) in cells {
            let found = try scene.verdict(scene.commit(by: committer, remove(target)))
            #expect(found == verdict, "\(committer) removes \(target)")
        }
        for admission in [Admission.open, .members] {
            var open = scene
            open.policy.admission = admission
            #expect(try open.verdict(open.commit(by: 0, remove(2))) == .deny(.door))
            #expect(try open.verdict(open.commit(by: 0, remove(4))) == .allow)
            let eject = open.change {
                $0.admission = .waiting
                $0.revoked.append(Revocation(key: Person.anna.key, scope: .out))
            }
            #expect(try open.verdict(open.commit(by: 0, remove(2), eject)) == .allow)
        }
        var acting = scene
        acting.occupants.removeFirst(2)
        acting.describe { $0.successors = [Person.stranger.key, Person.ticket.key] }
        #expect(try acting.verdict(acting.commit(by: 3, remove(2))) == .allow)
        #expect(try acting.verdict(acting.commit(by: 2, remove(3))) == .deny(.rank))
    }

    // MARK: C

    @Test("C: a member stays who it was; it may bring a chain, and a service may not")
    func pathLeaf() throws {
        let scene = self.scene
        func verdict(_ index: UInt32, _ leafNode: LeafNode) throws -> Verdict {
            var commit = scene.commit(by: index)
            commit.pathLeaf = leafNode
            return try scene.verdict(commit)
        }
        func anna(_ chain: Chain?) -> LeafNode { leaf(.anna, chain, from: .commit([])) }
        #expect(try verdict(2, anna(nil)) == .allow)
        #expect(try verdict(2, anna(leader(.anna, .cohost))) == .allow)
        #expect(try verdict(2, anna(ticketed(.anna, ticket: .device))) == .allow)
        #expect(try verdict(2, anna(ticketed(.anna))) == .deny(.leafDuplicate), "Bram's link")
        #expect(try verdict(2, anna(leader(.bram, .cohost))) == .deny(.chain))
        #expect(try verdict(2, anna(Chain([certificate(.anna, by: .stranger, .host)]))) == .deny(.chain))
        #expect(try verdict(2, anna(serviceChain(.anna))) == .deny(.chain))
        #expect(try verdict(2, leaf(.bram, from: .commit([]))) == .deny(.identity))
        #expect(try verdict(2, leaf(.anna, salt: 1, from: .commit([]))) == .deny(.identity))
        #expect(try verdict(2, leaf(.anna, version: 6, from: .commit([]))) == .deny(.identity))
        #expect(try verdict(2, leaf(.anna, service: recording, from: .commit([]))) == .deny(.identity))
        #expect(try verdict(0, leaf(.host, from: .commit([]))) == .deny(.identity), "a chain is not dropped")
        #expect(try verdict(0, leaf(.host, leader(.host, .host, [.admit]), from: .commit([]))) == .allow)
        #expect(try verdict(4, leaf(.recorder, leader(.recorder, .host), service: recording)) == .deny(.identity))
        var poor = anna(nil)
        poor.capabilities.proposals = []
        #expect(try verdict(2, poor) == .deny(.leafProfile))
        var bare = anna(nil)
        bare.extensions = []
        #expect(try verdict(2, bare) == .deny(.identity))
    }

    @Test("C and J2: a committer does not bring in a second leaf of the device it says to be from now on")
    func pathLeafBesideNewcomer() throws {
        let scene = self.scene
        let device = Chain([
            certificate(.cohost, by: .device, .cohost), certificate(.device, by: .authority, .cohost, .device),
        ])
        func verdict(_ newcomer: Chain?) throws -> Verdict {
            var commit = scene.commit(by: 1, scene.add(leaf(.newcomer, newcomer)))
            commit.pathLeaf = leaf(.cohost, device, from: .commit([]))
            return try scene.verdict(commit)
        }
        #expect(try verdict(nil) == .allow)
        #expect(try verdict(ticketed(.newcomer, ticket: .organisation)) == .allow)
        #expect(try verdict(ticketed(.newcomer, ticket: .device)) == .deny(.leafDuplicate))
    }

    @Test("C: only Adds and their key go without a path")
    func path() throws {
        let scene = self.scene
        let member = Sender.member(0)
        let add = scene.value(scene.add(leaf(.newcomer)), by: member)
        let key = scene.value(scene.inviteKey, by: member)
        #expect(try scene.verdict(scene.commit(by: 0, [add, key], hasPath: false)) == .allow)
        for item in [
            scene.value(remove(2), by: member), scene.reference(remove(2), by: .external(0)),
            scene.reference(.selfRemove(SelfRemove()), by: .member(3)),
            scene.value(scene.change { $0.features = .chat }, by: member),
        ] {
            #expect(try scene.verdict(scene.commit(by: 0, [add, key, item], hasPath: false)) == .deny(.path))
            #expect(try scene.verdict(scene.commit(by: 0, [add, key, item])) == .allow)
        }
    }

    @Test("a Commit has limits")
    func limits() throws {
        let scene = self.scene
        var commit = scene.commit(by: 2)
        commit.byteCount = 1 << 20
        #expect(try scene.verdict(commit) == .allow)
        commit.byteCount += 1
        #expect(try scene.verdict(commit) == .deny(.limit))
        let crowd = (0..<129).map { _ in scene.value(scene.add(leaf(.newcomer)), by: .member(0)) }
        #expect(try scene.verdict(scene.commit(by: 0, crowd)) == .deny(.limit))
        let exodus = (0..<513).map { scene.value(remove(UInt32($0)), by: .member(0)) }
        #expect(try scene.verdict(scene.commit(by: 0, exodus)) == .deny(.limit))
    }
}
