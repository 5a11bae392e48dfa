import BeraadTesting
import Crypto
import Meeting
import Testing

/// Who owes the passcode, as the delivery service knows it: whatever the gate says, they show who they are or nothing.
@Suite("Before the passcode", .promise("P-025"))
struct OwingTests {
    private static let ticket = Authority.signingKey(60)

    @Test("whoever owes reads what the meeting is, and nothing else is open, however open the door is")
    func closed() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 1)
        let mallory = scene.connect(.joins, owes: true)
        guard case .data(.descriptors) = scene.say(DeliveryScene.get(.descriptors), from: mallory) else {
            throw DeliveryScene.Unexpected()
        }
        let commands: [DeliveryCommand] =
            [DeliveryCommand.Get.What.groupInfo, .tree, .log, .keyPackages].map { DeliveryScene.get($0) } + [
                DeliveryScene.create(mallory), scene.joining(mallory, leaf: 5), scene.app(),
                .knock(try LobbyBytes.request()), .reserve(DeliveryScene.group), .keyPackages([]),
                .withdraw(people[0].publicKey),
            ]
        for command in commands { #expect(scene.say(command, from: mallory) == .failed(.denied)) }
        // Nor does it say which groups there are.
        let other = GroupID(Authority.meeting + [UInt8](repeating: 0xA1, count: 16))
        #expect(scene.bind(mallory, leaf: 1, group: other) == .failed(.denied))
        #expect(scene.bind(mallory, leaf: 1) == .failed(.denied))
        #expect(scene.settled.isEmpty && people.allSatisfy { scene.heard(by: $0).isEmpty })
    }

    @Test("once it was said the gate counts")
    func said() throws {
        let scene = try DeliveryScene()
        _ = try scene.meeting(members: 0)
        let (chris, dora) = (scene.connect(.joins, owes: true), scene.connect(.stranger, owes: true))
        for peer in [chris, dora] { scene.delivery.pass(peer.connection) }
        guard case .data(.groupInfo) = scene.say(DeliveryScene.get(.groupInfo), from: chris) else {
            throw DeliveryScene.Unexpected()
        }
        let knock = DeliveryCommand.knock(try LobbyBytes.request())
        #expect(scene.say(knock, from: dora) == .failed(.denied))
    }

    @Test("the chain of a host, of a co-host and of a personal link settle it; one that does not hold does not")
    func chains() throws {
        let scene = try DeliveryScene()
        let peers = (0..<4).map { _ in scene.connect(.waits, owes: true) }
        let chains = [
            try scene.authority.chain(.host, for: peers[0].publicKey),
            try scene.authority.chain(.cohost, for: peers[1].publicKey),
            try scene.authority.ticketChain(for: peers[2].publicKey, ticket: Self.ticket),
        ]
        for (peer, chain) in zip(peers, chains) { #expect(scene.show(chain, of: peer) == .ok) }
        #expect(scene.settled == peers.prefix(3).map(\.connection))
        #expect(scene.inNeedOfPlace == [peers[2].connection], "a host finds a place however many wait")
        #expect(scene.show(chains[0], of: peers[3]) == .failed(.denied))
        #expect(scene.settled.count == 3)
    }

    @Test("beside a leaf of a group that is gone, as after a restart, the chain of a host settles it")
    func forgotten() throws {
        let scene = try DeliveryScene()
        let (anna, bram) = (scene.connect(.waits, owes: true), scene.connect(.waits, owes: true))
        let chain = try scene.authority.chain(.host, for: anna.publicKey)
        #expect(scene.bind(bram, leaf: 0, chain: chain) == .failed(.denied))
        #expect(scene.bind(anna, leaf: 0, chain: chain, key: bram.key) == .failed(.denied))
        #expect(scene.bind(anna, leaf: 0) == .failed(.denied) && scene.settled.isEmpty)
        #expect(scene.bind(anna, leaf: 0, chain: chain) == .failed(.unknownGroup))
        #expect(scene.settled == [anna.connection])
    }

    @Test("whoever holds a leaf, or had one that was lost, need not know the passcode again")
    func leaves() throws {
        let scene = try DeliveryScene()
        let people = try scene.meeting(members: 2)
        scene.drop(people[1])
        let back = scene.connect(.waits, owes: true, key: people[1].key)
        #expect(scene.bind(back, leaf: 1) == .ok && scene.settled == [back.connection])
        scene.drop(people[2])
        scene.play(.seconds(30))
        try scene.mustCommit(people[0], by: 0, removed: [2])
        let lost = scene.connect(.waits, owes: true, key: people[2].key)
        #expect(scene.bind(lost, leaf: 2) == .failed(.gone))
        #expect(scene.settled == [back.connection, lost.connection])
        #expect(scene.inNeedOfPlace == [lost.connection])
        guard case .data(.groupInfo) = scene.say(DeliveryScene.get(.groupInfo), from: lost) else {
            throw DeliveryScene.Unexpected()
        }
    }
}
