import Meeting
import Testing

@Suite("Limits of the delivery service (rules 5 and 7)")
struct DeliveryLimitTests {
    @Test("a reserved slot is for the host that reserved it, for two seconds")
    func reserve() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        #expect(scene.say(.reserve(DeliveryScene.group), from: people[0]) == .ok)
        #expect(scene.say(.commit(scene.commit(by: 1)), from: people[1]) == .failed(.rate))
        try scene.mustCommit(people[0], by: 0)
        // Used up by the Commit it was for.
        try scene.mustCommit(people[1], by: 1)
        #expect(scene.say(.reserve(DeliveryScene.group), from: people[0]) == .ok)
        scene.pass(.milliseconds(1_999))
        #expect(scene.say(.commit(scene.commit(by: 1)), from: people[1]) == .failed(.rate))
        scene.pass(.milliseconds(1))
        try scene.mustCommit(people[1], by: 1)
    }

    @Test("nobody keeps the slot by reserving it again and again")
    func reserveAgain() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        #expect(
            scene.bind(people[1], leaf: 1, chain: try scene.authority.chain(.cohost, for: people[1].publicKey)) == .ok)
        #expect(scene.say(.reserve(DeliveryScene.group), from: people[1]) == .ok)
        #expect(scene.say(.reserve(DeliveryScene.group), from: people[0]) == .failed(.rate))
        scene.pass(.seconds(2))
        #expect(scene.say(.reserve(DeliveryScene.group), from: people[1]) == .failed(.rate))
        #expect(scene.say(.reserve(DeliveryScene.group), from: people[0]) == .ok)
    }

    @Test("a leaf commits nothing once a minute, a group twice a second; other Commits are not counted")
    func emptyCommits() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        func empty(_ leaf: UInt32) -> DeliveryCommand { .commit(scene.commit(by: leaf, proposals: 0)) }
        #expect(scene.say(empty(0), from: people[0]) == .ok)
        scene.epoch += 1
        #expect(scene.say(empty(1), from: people[1]) == .failed(.rate))
        scene.pass(.milliseconds(500))
        #expect(scene.say(empty(0), from: people[0]) == .failed(.rate))
        #expect(scene.say(empty(1), from: people[1]) == .ok)
        scene.epoch += 1
        try scene.mustCommit(people[0], by: 0)
        scene.pass(.milliseconds(59_500))
        #expect(scene.say(empty(0), from: people[0]) == .ok)
    }

    @Test("a leaf says twenty things a second, and a new connection does not make them more")
    func messages() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        for _ in 0..<20 { #expect(scene.say(scene.app(), from: people[1]) == .ok) }
        #expect(scene.say(scene.app(), from: people[1]) == .failed(.rate))
        let again = scene.connect(key: people[1].key)
        #expect(scene.bind(again, leaf: 1) == .ok)
        #expect(scene.say(scene.app(), from: again) == .failed(.rate))
        scene.pass(.milliseconds(50))
        #expect(scene.say(scene.app(), from: again) == .ok)
    }

    @Test("what is for some only is kept, or refused and said to nobody; one sender does not take the room of others")
    func directed() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 6)
        let text = MLSBytes.app(DeliveryScene.group, scene.epoch, count: 60_000)
        func whisper(_ leaf: Int, keep: DeliveryCommand.App.Class = .logged) -> DeliveryEvent? {
            scene.say(.app(.init(message: text, recipients: [LeafIndex(6)], keep: keep)), from: people[leaf])
        }
        for leaf in 0..<4 {
            for number in 0..<3 { #expect(whisper(leaf) == (number < 2 ? .ok : .failed(.rate))) }
        }
        // Half a megabyte is all that is kept behind one number.
        #expect(whisper(4) == .failed(.rate))
        #expect(scene.ordered(by: people[6]).count == 8)
        guard case .data(.log(2, 1, let lines)) = scene.say(DeliveryScene.get(.log, from: 2), from: people[6]) else {
            throw DeliveryScene.Unexpected()
        }
        #expect(lines.count == 8)
        // What is fleeting is not kept anyway, and with the next number there is room again.
        #expect(whisper(4, keep: .fleeting) == .ok)
        #expect(scene.say(scene.app(), from: people[5]) == .ok)
        for leaf in [0, 4] { #expect(whisper(leaf) == .ok) }
        #expect(scene.ordered(by: people[6]).count == 4)
    }

    @Test("twenty frames that are none end a connection, and nobody else notices")
    func junk() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let mallory = scene.connect()
        for _ in 0..<30 { scene.send([0xFF, 1, 2], from: mallory) }
        #expect(scene.ended == [mallory.connection])
        #expect(scene.heard(by: mallory).count == 20)
        #expect(scene.heard(by: people[0]) == [])
    }

    @Test("a flood of frames is refused beyond its rate")
    func flood() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 0)
        let ack = DeliveryCommand.ack(.init(group: DeliveryScene.group, seq: 1, verdict: .ok))
        var refused = 0
        for _ in 0..<400 where scene.say(ack, from: people[0]) == .failed(.rate) { refused += 1 }
        #expect(refused == 20)
        #expect(scene.ended == [people[0].connection])
    }

    @Test("a log keeps 256 Commits, ten minutes and sixteen megabytes, but always what came after the snapshot")
    func log() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        for _ in 0..<300 {
            scene.pass(.milliseconds(100))
            try scene.mustCommit(people[0], by: 0)
        }
        guard case .data(.log(302, 301, let all)) = scene.say(DeliveryScene.get(.log, from: 1), from: people[0]) else {
            throw DeliveryScene.Unexpected()
        }
        #expect(all.count == 301)
        let snapshot = DeliveryCommand.Snapshot(
            group: DeliveryScene.group, epoch: scene.epoch, tree: [1],
            groupInfo: MLSBytes.groupInfo(DeliveryScene.group, scene.epoch))
        #expect(scene.say(.snapshot(snapshot), from: people[0]) == .ok)
        try scene.mustCommit(people[0], by: 0)
        #expect(scene.say(DeliveryScene.get(.log, from: 46), from: people[0]) == .failed(.gone))
        guard case .data(.log(303, 302, let kept)) = scene.say(DeliveryScene.get(.log, from: 47), from: people[0])
        else {
            throw DeliveryScene.Unexpected()
        }
        #expect(kept.count == 256)
        scene.pass(.seconds(600))
        try scene.mustCommit(people[0], by: 0)
        guard case .data(.log(304, 303, let young)) = scene.say(DeliveryScene.get(.log, from: 302), from: people[0])
        else { throw DeliveryScene.Unexpected() }
        #expect(young.map(\.seq) == [302, 303])
        #expect(scene.say(DeliveryScene.get(.log, from: 301), from: people[0]) == .failed(.gone))
    }

    @Test("whatever is said, and whoever never uploads a snapshot, memory has an end")
    func memory() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        for round in 0..<70 {
            var commit = scene.commit(by: 0)
            commit.commit += [UInt8](repeating: 1, count: 900_000)
            #expect(scene.say(.commit(commit), from: people[0]) == .ok)
            scene.epoch += 1
            let text = MLSBytes.app(DeliveryScene.group, scene.epoch, count: 60_000)
            for _ in 0..<5 {
                scene.say(.app(.init(message: text, recipients: [LeafIndex(1)], keep: .retained)), from: people[0])
                scene.say(.app(.init(message: text, recipients: [], keep: .retained)), from: people[0])
            }
            if round % 2 == 1 { scene.pass(.seconds(1)) }
        }
        #expect(scene.delivery.storedBytes < 70 << 20)
        // The log since the only snapshot is not whole any more: joiners wait for a new one.
        #expect(scene.say(DeliveryScene.get(.tree), from: people[0]) == .failed(.gone))
        let snapshot = DeliveryCommand.Snapshot(
            group: DeliveryScene.group, epoch: scene.epoch, tree: [1],
            groupInfo: MLSBytes.groupInfo(DeliveryScene.group, scene.epoch))
        #expect(scene.say(.snapshot(snapshot), from: people[0]) == .ok)
        guard case .data(.tree) = scene.say(DeliveryScene.get(.tree), from: people[0]) else {
            throw DeliveryScene.Unexpected()
        }
    }

    @Test("claims of groups are few, and go by themselves")
    func claims() throws {
        let scene = try DeliveryScene(descriptor: Authority().descriptor(admission: .open, flags: 0x08))
        for number in 0..<20 {
            let peer = scene.connect(.joins)
            let group = GroupID(Authority.meeting + [UInt8](repeating: UInt8(number), count: 16))
            let answer = scene.say(DeliveryScene.create(peer, group: group), from: peer)
            #expect(answer == (number < 8 ? .ok : .failed(.rate)))
        }
        #expect(scene.delivery.deadline != nil)
        scene.pass(.milliseconds(9_999))
        #expect(scene.delivery.deadline != nil)
        scene.pass(.milliseconds(1))
        #expect(scene.delivery.deadline == nil)
    }
}
