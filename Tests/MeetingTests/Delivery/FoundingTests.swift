import Meeting
import Testing

@Suite("One group, and after a restart the same one (rule 4)")
struct FoundingTests {
    private let other = GroupID(Authority.meeting + [UInt8](repeating: 0xB0, count: 16))

    @Test("a host founds the group; a second one is refused")
    func one() throws {
        let scene = try DeliveryScene()
        _ = try scene.host()
        let late = scene.connect(.joins)
        #expect(scene.say(DeliveryScene.create(late, group: self.other), from: late) == .failed(.conflict))
    }

    @Test("whoever has no certificate founds nothing, and is in nobody's way")
    func uncertified() throws {
        let scene = try DeliveryScene()
        let guest = scene.connect(.joins)
        #expect(scene.say(DeliveryScene.create(guest, group: self.other), from: guest) == .ok)
        _ = try scene.host()
        #expect(scene.bind(guest, leaf: 0, group: self.other) == .failed(.unknownGroup))
        #expect(scene.heard(by: guest).contains(.ended(self.other)))
    }

    @Test("where the meeting is open without a host, the first founds it, and a host that comes takes nothing away")
    func open() throws {
        let scene = try DeliveryScene(descriptor: Authority().descriptor(admission: .open, flags: 0x08))
        let guest = scene.connect(.joins)
        #expect(scene.say(DeliveryScene.create(guest), from: guest) == .ok)
        #expect(scene.bind(guest, leaf: 0) == .ok)
        #expect(scene.say(scene.app(), from: guest) == .ok)
        let closed = try DeliveryScene()
        let second = closed.connect(.joins)
        #expect(closed.say(DeliveryScene.create(second), from: second) == .ok)
        #expect(closed.bind(second, leaf: 0) == .failed(.denied))
    }

    @Test("a group of another meeting, or a GroupInfo that is none, is no group")
    func foreign() throws {
        let scene = try DeliveryScene()
        let host = scene.connect(.joins)
        let foreign = GroupID([UInt8](repeating: 0xEE, count: 32))
        #expect(scene.say(DeliveryScene.create(host, group: foreign), from: host) == .failed(.malformed))
        let creator = Added(leaf: LeafIndex(0), key: host.publicKey, reference: KeyPackageReference([]))
        let create = DeliveryCommand.Create(
            groupInfo: MLSBytes.commit(DeliveryScene.group, 0, .member(0)), tree: [], creator: creator)
        #expect(scene.say(.create(create), from: host) == .failed(.malformed))
    }

    @Test("after a restart the state of most members wins, and the others resync")
    func majority() throws {
        let scene = try DeliveryScene()
        let people = (0..<3).map { _ in scene.connect(.joins) }
        for (index, peer) in people.enumerated() {
            let epoch: UInt64 = index == 0 ? 8 : 7
            #expect(scene.say(DeliveryScene.create(peer, leaf: UInt32(index), epoch: epoch), from: peer) == .ok)
            #expect(scene.bind(peer, leaf: UInt32(index)) == nil)
        }
        let last = scene.lastRequest
        scene.pass(.milliseconds(1_999))
        #expect(scene.reply(to: last, of: people[2]) == nil)
        scene.pass(.milliseconds(1))
        #expect(scene.reply(to: last, of: people[2]) == .ok)
        #expect(scene.reply(to: last - 2, of: people[1]) == .ok)
        #expect(scene.reply(to: last - 4, of: people[0]) == .failed(.conflict))
        scene.epoch = 7
        #expect(scene.say(scene.app(), from: people[1]) == .ok)
        #expect(scene.ordered(by: people[2]).map(\.seq) == [1])
    }

    @Test("after a restart the state of a host wins at once, whatever most say")
    func certified() throws {
        let scene = try DeliveryScene()
        let people = (0..<3).map { _ in scene.connect(.joins) }
        for (index, peer) in people.enumerated() {
            let epoch: UInt64 = index == 0 ? 8 : 7
            scene.say(DeliveryScene.create(peer, leaf: UInt32(index), epoch: epoch), from: peer)
            guard index > 0 else { continue }
            scene.bind(peer, leaf: UInt32(index))
        }
        let chain = try scene.authority.chain(.host, for: people[0].publicKey)
        #expect(scene.bind(people[0], leaf: 0, chain: chain) == .ok)
        #expect(scene.reply(to: scene.lastRequest - 1, of: people[2]) == .failed(.conflict))
    }

    @Test("a member of the running group that comes later has its leaf again, once nobody removed it")
    func later() throws {
        let scene = try DeliveryScene()
        let host = scene.connect(.joins)
        scene.say(DeliveryScene.create(host, epoch: 7), from: host)
        #expect(scene.bind(host, leaf: 0, chain: try scene.authority.chain(.host, for: host.publicKey)) == .ok)
        let late = scene.connect(.waits)
        #expect(scene.say(DeliveryScene.create(late, leaf: 4, epoch: 7), from: late) == .ok)
        #expect(scene.bind(late, leaf: 4) == .ok)
        scene.epoch = 7
        try scene.mustCommit(host, by: 0, removed: [5])
        let removed = scene.connect(.waits)
        #expect(
            scene.say(DeliveryScene.create(removed, leaf: 5, epoch: 7), from: removed) == .failed(.conflict))
    }

    @Test("a group that no host has been in gives way to a host's")
    func contest() throws {
        let scene = try DeliveryScene()
        let guest = scene.connect(.joins)
        scene.say(DeliveryScene.create(guest, epoch: 3, group: self.other), from: guest)
        scene.bind(guest, leaf: 0, group: self.other)
        scene.play(.seconds(2))
        _ = scene.heard(by: guest)
        let host = scene.connect(.joins)
        #expect(scene.say(DeliveryScene.create(host, epoch: 9), from: host) == .ok)
        #expect(scene.bind(host, leaf: 0, chain: try scene.authority.chain(.host, for: host.publicKey)) == .ok)
        #expect(scene.heard(by: guest) == [.ended(self.other)])
    }

    @Test("a host makes rooms beside the meeting; a member does not")
    func rooms() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        #expect(scene.say(DeliveryScene.create(people[1], group: self.other), from: people[1]) == .failed(.conflict))
        #expect(scene.say(DeliveryScene.create(people[0], group: self.other), from: people[0]) == .ok)
        #expect(scene.bind(people[0], leaf: 0, group: self.other) == .ok)
        let app = DeliveryCommand.App(message: MLSBytes.app(self.other, 0), recipients: [], keep: .logged)
        #expect(scene.say(.app(app), from: people[0]) == .ok)
        #expect(scene.say(.app(app), from: people[1]) == .failed(.denied))
    }

    @Test("the server's key follows from its secret, the meeting and the instance, so that it outlives a restart")
    func key() throws {
        func key(_ secret: UInt8, _ instance: UInt32) -> LeafKey {
            DeliveryKey(
                installationSecret: [UInt8](repeating: secret, count: 32), meeting: Authority.meeting,
                instance: instance
            ).publicKey
        }
        #expect(key(3, 0) == key(3, 0))
        #expect(try DeliveryScene().delivery.publicKey == key(3, 0))
        #expect(key(3, 0) != key(3, 1) && key(3, 0) != key(4, 0))
    }
}
