import Meeting
import Testing

@Suite("Welcomes, trees and the log (rules 3 and 7)")
struct WelcomeTests {
    private func added(_ peer: DeliveryScene.Peer, _ leaf: UInt32, mark: UInt8) -> Added {
        Added(
            leaf: LeafIndex(leaf), key: peer.publicKey,
            reference: KeyPackageReference(of: MLSBytes.keyPackage(mark: mark)))
    }

    @Test("a Welcome is released when its Commit has won, to the connection whose KeyPackage it names, and to no other")
    func released() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let waiting = scene.connect(.waits)
        let other = scene.connect(.waits)
        #expect(scene.say(.knock(try LobbyBytes.request(mark: 1)), from: waiting) == .ok)
        #expect(scene.say(.knock(try LobbyBytes.request(mark: 2)), from: other) == .ok)
        let admission = scene.commit(by: 0, added: [self.added(waiting, 2, mark: 1)], welcome: MLSBytes.welcome())
        try scene.mustCommit(people[1], by: 1)
        #expect(scene.say(.commit(admission), from: people[0]) == .failed(.stale))
        #expect(scene.heard(by: waiting) == [])
        let again = scene.commit(by: 0, added: [self.added(waiting, 2, mark: 1)], welcome: MLSBytes.welcome())
        #expect(scene.say(.commit(again), from: people[0]) == .ok)
        let reference = KeyPackageReference(of: MLSBytes.keyPackage(mark: 1))
        #expect(
            scene.heard(by: waiting) == [
                .welcome(.init(message: MLSBytes.welcome(), seq: 3, reference: reference))
            ])
        #expect(scene.heard(by: other) == [])
        scene.epoch += 1
        #expect(scene.bind(waiting, leaf: 2) == .ok)
    }

    @Test("one Commit takes out a leaf whose line is lost and lets somebody in on it, long before the service would")
    func inPlaceOfLost() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        scene.drop(people[1])
        #expect(
            scene.heard(by: people[0]) == [
                .lost(.init(group: DeliveryScene.group, leaf: LeafIndex(1), sinceMilliseconds: 0))
            ])
        let waiting = scene.connect(.waits)
        #expect(scene.say(.knock(try LobbyBytes.request(mark: 1)), from: waiting) == .ok)
        let admission = scene.commit(
            by: 0, added: [self.added(waiting, 1, mark: 1)], removed: [1], welcome: MLSBytes.welcome())
        #expect(scene.say(.commit(admission), from: people[0]) == .ok)
        scene.epoch += 1
        #expect(scene.bind(waiting, leaf: 1) == .ok)
        let taken = scene.delivery.takeMembership()
        let members = try #require(taken)
        #expect(members.map(\.key) == [people[0].publicKey, waiting.publicKey])
        #expect(members.map(\.connection) == [people[0].connection, waiting.connection])
        // Whoever had the leaf shows it in vain.
        let before = scene.connect(.waits, key: people[1].key)
        #expect(scene.bind(before, leaf: 1) != .ok)
    }

    @Test("a client that uploaded KeyPackages is added with one of them, and hands each set out once")
    func uploaded() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let packages = MLSBytes.keyPackage(mark: 5) + MLSBytes.keyPackage(mark: 6)
        #expect(scene.say(.keyPackages(packages), from: people[1]) == .ok)
        #expect(
            scene.say(DeliveryScene.get(.keyPackages, from: 1), from: people[0]) == .data(.keyPackages(packages)))
        #expect(scene.say(DeliveryScene.get(.keyPackages, from: 1), from: people[0]) == .failed(.gone))
        #expect(scene.say(.keyPackages([0, 1, 0, 5]), from: people[1]) == .failed(.malformed))
        #expect(scene.say(.keyPackages(MLSBytes.welcome()), from: people[1]) == .failed(.malformed))
        let many = (0..<9).flatMap { MLSBytes.keyPackage(mark: UInt8(10 + $0)) }
        #expect(scene.say(.keyPackages(many), from: people[1]) == .failed(.tooBig))
    }

    @Test("a KeyPackage that was used is refused at the door: who missed the Welcome knocks with another one")
    func spent() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let waiting = scene.connect(.waits)
        #expect(scene.say(.knock(try LobbyBytes.request(mark: 1)), from: waiting) == .ok)
        let admission = scene.commit(by: 0, added: [self.added(waiting, 2, mark: 1)], welcome: MLSBytes.welcome())
        #expect(scene.say(.commit(admission), from: people[0]) == .ok)
        // The Welcome is on its way, the line is gone, and the same knock comes on another one.
        scene.drop(waiting)
        let again = scene.connect(.waits)
        _ = scene.heard(by: people[0])
        #expect(scene.say(.knock(try LobbyBytes.request(mark: 1)), from: again) == .failed(.conflict))
        #expect(scene.heard(by: people[0]) == [])
        #expect(scene.say(.knock(try LobbyBytes.request(mark: 2)), from: again) == .ok)
        #expect(scene.heard(by: people[0]).count == 1)
    }

    @Test("nobody takes another's KeyPackage for its own")
    func notTwice() throws {
        let scene = try DeliveryScene()
        let first = scene.connect(.waits)
        let second = scene.connect(.waits)
        #expect(scene.say(.knock(try LobbyBytes.request(mark: 1)), from: first) == .ok)
        #expect(scene.say(.knock(try LobbyBytes.request(mark: 1, words: 2)), from: second) == .failed(.conflict))
        #expect(scene.say(.keyPackages(MLSBytes.keyPackage(mark: 1)), from: second) == .failed(.conflict))
    }

    @Test("a late joiner gets the last tree and every Commit and proposal since, and no message")
    func replay() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        let info = MLSBytes.groupInfo(DeliveryScene.group, 1)
        let snapshot = DeliveryCommand.Snapshot(group: DeliveryScene.group, epoch: 1, tree: [7, 7], groupInfo: info)
        #expect(scene.say(.snapshot(snapshot), from: people[1]) == .failed(.denied))
        #expect(scene.say(.snapshot(snapshot), from: people[0]) == .ok)
        scene.say(scene.app(), from: people[1])
        let proposal = MLSBytes.proposal(DeliveryScene.group, 1, .member(2))
        scene.say(.propose(proposal), from: people[2])
        try scene.mustCommit(people[0], by: 0, removed: [2], mark: 8)
        let joiner = scene.connect(.joins)
        #expect(
            scene.say(DeliveryScene.get(.tree), from: joiner)
                == .data(.tree(epoch: 1, seq: 1, tree: [7, 7], groupInfo: info)))
        let lines = [
            LogLine(seq: 3, message: proposal),
            LogLine(seq: 4, message: MLSBytes.commit(DeliveryScene.group, 1, .member(0), mark: 8)),
        ]
        #expect(
            scene.say(DeliveryScene.get(.log, from: 2), from: joiner)
                == .data(.log(next: 5, last: 4, entries: lines)))
        #expect(
            scene.say(DeliveryScene.get(.groupInfo), from: joiner)
                == .data(.groupInfo(MLSBytes.groupInfo(DeliveryScene.group, 2))))
    }

    @Test("a member that was away catches up from the log, with what was said since it came in")
    func catchUp() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        scene.drop(people[1])
        scene.say(scene.app(mark: 3), from: people[0])
        try scene.mustCommit(people[0], by: 0)
        scene.say(scene.app(mark: 4), from: people[0])
        let back = scene.connect(.waits, key: people[1].key)
        #expect(scene.bind(back, leaf: 1) == .ok)
        guard case .data(.log(5, 4, let lines)) = scene.say(DeliveryScene.get(.log, from: 2), from: back) else {
            throw DeliveryScene.Unexpected()
        }
        #expect(lines.map(\.seq) == [2, 3, 4])
    }

    @Test("a long log comes in parts that join without a gap")
    func parts() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 0)
        for index in 0..<40 {
            let message = MLSBytes.app(DeliveryScene.group, 0, mark: UInt8(index), count: 60_000)
            scene.say(.app(.init(message: message, recipients: [], keep: .logged)), from: people[0])
            if index % 20 == 19 { scene.pass(.seconds(1)) }
        }
        var next: UInt64 = 1
        var seen: [UInt64] = []
        var parts = 0
        while case .data(.log(let following, 40, let lines))? = scene.say(
            DeliveryScene.get(.log, from: next), from: people[0]), parts < 20
        {
            seen += lines.map(\.seq)
            next = following
            parts += 1
            if next > 40 { break }
        }
        #expect(seen == Array(1...40))
        #expect(parts > 2)
    }

    @Test("a waiting person gets no tree, no roster and no log, and hears nothing of the group")
    func nothing() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let waiting = scene.connect(.waits)
        scene.say(.knock(try LobbyBytes.request()), from: waiting)
        for what in [.groupInfo, .tree, .log, .keyPackages] as [DeliveryCommand.Get.What] {
            #expect(scene.say(DeliveryScene.get(what), from: waiting) == .failed(.denied))
        }
        scene.forgetHeard()
        scene.say(scene.app(), from: people[1])
        try scene.mustCommit(people[0], by: 0)
        scene.say(.propose(MLSBytes.proposal(DeliveryScene.group, 2, .member(1))), from: people[1])
        scene.drop(people[1])
        scene.play(.seconds(60))
        #expect(scene.heard(by: waiting) == [])
        guard case .data(.descriptors(_, [1, 2, 3], [])) = scene.say(DeliveryScene.get(.descriptors), from: waiting)
        else { throw DeliveryScene.Unexpected() }
        // Not even whether there is a group.
        let empty = try DeliveryScene()
        #expect(empty.say(DeliveryScene.get(.tree), from: empty.connect(.waits)) == .failed(.denied))
    }

    @Test("when the last leaf has gone, and when the meeting ends, nothing is left")
    func dropped() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        scene.drop(people[1])
        scene.drop(people[0])
        #expect(!scene.delivery.isEmpty)
        scene.play(.seconds(31))
        #expect(scene.delivery.isEmpty)
        #expect(scene.delivery.deadline == nil)

        let second = try DeliveryScene()
        let others = try second.meeting(members: 1)
        second.end()
        #expect(second.heard(by: others[1]) == [.ended(DeliveryScene.group)])
        #expect(second.delivery.isEmpty)
    }

    @Test("the last one says goodbye and goes: the group goes at once")
    func goodbye() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 0)
        scene.say(.propose(MLSBytes.proposal(DeliveryScene.group, 0, .member(0))), from: people[0])
        scene.drop(people[0])
        #expect(scene.delivery.isEmpty)
    }

    /// Two hosts, and somebody who was let in by a Welcome to leaf 2.
    private func admitted(
        _ scene: DeliveryScene
    ) throws -> (hosts: [DeliveryScene.Peer], guest: DeliveryScene.Peer) {
        let hosts = try scene.meeting(members: 1)
        #expect(scene.bind(hosts[1], leaf: 1, chain: try scene.authority.chain(.host, for: hosts[1].publicKey)) == .ok)
        let guest = scene.connect(.waits)
        #expect(scene.say(.knock(try LobbyBytes.request(mark: 1)), from: guest) == .ok)
        let admission = scene.commit(by: 0, added: [self.added(guest, 2, mark: 1)], welcome: MLSBytes.welcome())
        #expect(scene.say(.commit(admission), from: hosts[0]) == .ok)
        scene.epoch += 1
        guard case .data(.tree) = scene.say(DeliveryScene.get(.tree), from: guest) else {
            throw DeliveryScene.Unexpected()
        }
        return (hosts, guest)
    }

    private func readsNothing(_ scene: DeliveryScene, _ peer: DeliveryScene.Peer) -> Bool {
        ([.groupInfo, .tree, .log] as [DeliveryCommand.Get.What]).allSatisfy { what in
            scene.say(DeliveryScene.get(what), from: peer) == .failed(.denied)
        }
    }

    @Test("whoever came by a Welcome and was taken out reads nothing of the group any more", arguments: [true, false])
    func afterwards(_ binds: Bool) throws {
        let scene = try DeliveryScene()
        let (hosts, guest) = try self.admitted(scene)
        if binds { #expect(scene.bind(guest, leaf: 2) == .ok) }
        try scene.mustCommit(hosts[0], by: 0, removed: [2])
        #expect(self.readsNothing(scene, guest))
    }

    @Test(
        "a Welcome whose Commit was taken back is worth nothing, and whoever had it waits again, with another KeyPackage"
    )
    func takenBack() throws {
        let scene = try DeliveryScene()
        let (hosts, guest) = try self.admitted(scene)
        scene.say(.ack(.init(group: DeliveryScene.group, seq: 2, verdict: .refused)), from: hosts[1])
        scene.say(.fault(.init(group: DeliveryScene.group, epoch: 1, code: 66, evidence: [])), from: hosts[1])
        #expect(self.readsNothing(scene, guest))
        scene.forgetHeard()
        #expect(scene.say(.knock(try LobbyBytes.request(mark: 1)), from: guest) == .failed(.conflict))
        let knock = try LobbyBytes.request(mark: 2)
        #expect(scene.say(.knock(knock), from: guest) == .ok)
        #expect(scene.heard(by: guest) == [])
        #expect(scene.heard(by: hosts[1]) == [.lobby(.request(knock))])
    }

    @Test("a Welcome is one to its last byte")
    func trailing() throws {
        let scene = try DeliveryScene()
        let host = try scene.host()
        let guest = scene.connect(.waits)
        scene.say(.knock(try LobbyBytes.request(mark: 1)), from: guest)
        for welcome in [MLSBytes.welcome() + [0], Array(MLSBytes.welcome().dropLast()), MLSBytes.keyPackage(), [1]] {
            let admission = scene.commit(by: 0, added: [self.added(guest, 1, mark: 1)], welcome: welcome)
            #expect(scene.say(.commit(admission), from: host) == .failed(.malformed))
        }
        #expect(scene.heard(by: guest) == [])
    }

    @Test("a part of the log fits a frame, whatever stands in it")
    func fits() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 4)
        func app(_ count: Int, to recipients: [LeafIndex]) -> DeliveryCommand {
            let text = MLSBytes.app(DeliveryScene.group, scene.epoch, count: count)
            return .app(.init(message: text, recipients: recipients, keep: .logged))
        }
        // Half a megabyte of short messages, then the largest Commit, and behind it all that is kept for some.
        for index in 0..<1_569 {
            scene.say(app(256, to: []), from: people[0])
            if index % 20 == 19 { scene.pass(.seconds(1)) }
        }
        var commit = scene.commit(by: 0)
        commit.commit += [UInt8](repeating: 1, count: FrameLimits.commit - commit.commit.count)
        #expect(scene.say(.commit(commit), from: people[0]) == .ok)
        scene.epoch += 1
        scene.pass(.seconds(1))
        // Of each sender two of the largest.
        for sender in [0, 2, 3, 4] {
            for _ in 0..<3 { scene.say(app(65_300, to: [LeafIndex(1)]), from: people[sender]) }
        }
        var next: UInt64 = 1
        var lines = 0
        while case .data(.log(let following, let last, let part))? = scene.say(
            DeliveryScene.get(.log, from: next), from: people[1]), next <= last
        {
            next = following
            lines += part.count
        }
        #expect(lines == 1_569 + 2 + 8)
    }
}
