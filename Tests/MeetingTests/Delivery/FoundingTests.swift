import Meeting
import Testing

@Suite("One group (rule 4)")
struct FoundingTests {
    private let other = GroupID(Authority.meeting + [UInt8](repeating: 0xB0, count: 16))

    @Test("a host founds the group; a second one is refused")
    func one() throws {
        let scene = try DeliveryScene()
        _ = try scene.host()
        let late = scene.connect(.joins)
        #expect(scene.say(DeliveryScene.create(late, group: self.other), from: late) == .failed(.conflict))
        let cohost = scene.connect(.waits)
        scene.show(try scene.authority.chain(.cohost, for: cohost.publicKey), of: cohost)
        #expect(scene.say(DeliveryScene.create(cohost, group: self.other), from: cohost) == .failed(.conflict))
    }

    @Test("whoever has no certificate founds nothing, and does not even say that it would")
    func uncertified() throws {
        let scene = try DeliveryScene()
        let guest = scene.connect(.joins)
        #expect(scene.say(DeliveryScene.create(guest, group: self.other), from: guest) == .failed(.denied))
        #expect(scene.delivery.deadline == nil)
    }

    @Test("where the meeting is open without a host, the first founds it, and a host that comes takes nothing away")
    func open() throws {
        let scene = try DeliveryScene(descriptor: Authority().descriptor(admission: .open, flags: 0x08))
        let guest = scene.connect(.joins)
        #expect(scene.say(DeliveryScene.create(guest), from: guest) == .ok)
        #expect(scene.bind(guest, leaf: 0) == .ok)
        #expect(scene.say(scene.app(), from: guest) == .ok)
        let second = scene.connect(.joins)
        #expect(scene.say(DeliveryScene.create(second, group: self.other), from: second) == .failed(.conflict))
    }

    @Test("a founder has to be what it showed: with a chain for another key it founds nothing")
    func chain() throws {
        let scene = try DeliveryScene()
        let host = scene.connect(.waits)
        #expect(scene.show(try scene.authority.chain(.host, for: host.publicKey), of: host) == .ok)
        #expect(scene.say(DeliveryScene.create(host), from: host) == .ok)
        #expect(scene.bind(host, leaf: 0) == .failed(.denied))
        #expect(scene.bind(host, leaf: 0) == .failed(.unknownGroup))
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

    @Test("a group that is said to be going on already is unknown, whoever says so", arguments: [1, 7, UInt64.max])
    func running(_ epoch: UInt64) throws {
        let scene = try DeliveryScene(descriptor: Authority().descriptor(admission: .open, flags: 0x08))
        let guest = scene.connect(.joins)
        #expect(scene.say(DeliveryScene.create(guest, epoch: epoch), from: guest) == .failed(.unknownGroup))
        let host = scene.connect(.joins)
        scene.show(try scene.authority.chain(.host, for: host.publicKey), of: host)
        #expect(scene.say(DeliveryScene.create(host, epoch: epoch), from: host) == .failed(.unknownGroup))
        scene.pass(.seconds(30))
        #expect(scene.say(DeliveryScene.get(.groupInfo), from: host) == .failed(.unknownGroup))
    }

    @Test("whoever fills all places with groups of its own keeps no host out")
    func crowded() throws {
        let scene = try DeliveryScene(descriptor: Authority().descriptor(admission: .open, flags: 0x08))
        let crowd = (0..<8).map { number in
            scene.now += .milliseconds(1)
            let peer = scene.connect(.joins)
            let group = GroupID(Authority.meeting + [UInt8](repeating: UInt8(number), count: 16))
            scene.say(DeliveryScene.create(peer, group: group), from: peer)
            return (peer: peer, group: group)
        }
        _ = try scene.host()
        // The first made room, and the others are told when there is a group.
        for (peer, group) in crowd { #expect(scene.heard(by: peer) == [.ended(group)]) }
    }

    @Test("a group that no host has been in gives way to a host's, and one that a host has been in does not")
    func contest() throws {
        let scene = try DeliveryScene(descriptor: Authority().descriptor(admission: .open, flags: 0x08))
        let guest = scene.connect(.joins)
        #expect(scene.say(DeliveryScene.create(guest, group: self.other), from: guest) == .ok)
        #expect(scene.bind(guest, leaf: 0, group: self.other) == .ok)
        let host = try scene.host()
        #expect(scene.heard(by: guest) == [.ended(self.other)])
        #expect(scene.say(scene.app(), from: host) == .ok)
        let second = scene.connect(.joins)
        scene.show(try scene.authority.chain(.host, for: second.publicKey), of: second)
        #expect(scene.say(DeliveryScene.create(second, group: self.other), from: second) == .failed(.conflict))
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

    @Test("the server's key follows from its secret, the meeting and the instance")
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
