import BeraadTesting
import Meeting
import Signalling
import Testing

/// A host puts somebody out (`e2ee.md` 4.3): media end in that turn, the keys by the group's Commit.
@Suite("Putting somebody out", .promise("P-028"))
struct EjectTests {
    private static let host = GroupMember.Powers(mayEject: true, isCertified: true, isHost: true)
    private static let cohost = GroupMember.Powers(mayEject: true, isCertified: true, isHost: false)
    private static let acting = GroupMember.Powers(mayEject: true, isCertified: false, isHost: false)
    private static let refusal = ServerMessage.session(.refused(.init(failure: .invalidNow)))

    private func eject(_ who: SessionEvent.Joined, block: Bool = false) -> RoomCommand {
        .eject(.init(participant: who.participant, block: block))
    }

    @Test(
        "sound and picture end at once, before any key has changed, and the person's key is revoked", .promise("P-029"))
    func cut() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let bram = try scene.enter(as: 2)
        scene.say(.open(.desktop), from: bram.connection)
        let endpoint = try scene.endpoint()
        scene.say(.publish("0"), from: bram.connection)
        for peer in [anna, bram] { _ = scene.heard(by: peer.connection) }
        scene.media = []
        scene.say(self.eject(bram.joined), from: anna.connection)
        #expect(scene.media.last == .close(endpoint))
        let closed = ServerMessage.media(.closed(.init(reason: .removed)))
        #expect(scene.heard(by: bram.connection).last == closed)
        guard case .media(.withdrawn) = scene.heard(by: anna.connection).last else { throw Scene.Refused() }
        #expect(scene.revoked.map(\.bytes) == [[UInt8](repeating: 2, count: 32)])
        // Still in the group: still in the room, until the Commit.
        #expect(scene.room.population == 2 && !scene.ended.contains(bram.connection))
    }

    @Test("whoever is cut opens no media again and publishes nothing, also after coming back with the seat's token")
    func stays() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let bram = try scene.enter(as: 2)
        scene.say(.open(.desktop), from: bram.connection)
        scene.say(self.eject(bram.joined), from: anna.connection)
        _ = scene.heard(by: bram.connection)
        scene.media = []
        scene.say(.publish("0"), from: bram.connection)
        scene.say(.open(.desktop), from: bram.connection)
        #expect(scene.heard(by: bram.connection) == [Self.refusal, Self.refusal])
        scene.drop(bram.connection)
        let (again, _) = scene.resume(bram.joined.resume)
        scene.say(.open(.desktop), from: again)
        #expect(scene.heard(by: again) == [Self.refusal])
        #expect(scene.media.isEmpty)
    }

    @Test("whoever is cut, goes and comes back before the Commit is cut still")
    func goesAndReturns() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let bram = try scene.enter(as: 2)
        scene.say(self.eject(bram.joined), from: anna.connection)
        scene.say(.leave, from: bram.connection)
        scene.media = []
        let again = try scene.enter(as: 2)
        _ = scene.heard(by: again.connection)
        scene.say(.open(.desktop), from: again.connection)
        #expect(scene.heard(by: again.connection) == [Self.refusal])
        #expect(scene.media.isEmpty)
    }

    @Test("the Commit that follows ends the connection of whoever was put out; whoever is sent back keeps theirs")
    func connection() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let bram = try scene.enter(as: 2)
        let chris = try scene.enter(as: 3)
        scene.say(self.eject(bram.joined), from: anna.connection)
        for number in [2, 3] as [UInt8] { scene.remove(number) }
        #expect(scene.heard(by: bram.connection).last == .session(.unseated))
        #expect(scene.heard(by: chris.connection).last == .session(.unseated))
        #expect(scene.ended.isEmpty, "it reads why first")
        #expect(!scene.room.isAtDoor(bram.connection) && scene.room.isAtDoor(chris.connection))
        // The delivery service does not talk to it any more, and it comes to no door again.
        #expect(scene.departed == [bram.connection])
        scene.say(.join(.init(protocolVersion: 1, invite: Scene.invite, device: .desktop)), from: bram.connection)
        #expect(scene.heard(by: bram.connection) == [Self.refusal])
        #expect(!scene.room.isAtDoor(bram.connection))
        scene.pass(.seconds(20))
        #expect(scene.ended == [bram.connection])
    }

    @Test("without the right nobody is put out, nor is anybody by a stranger, and nobody puts out themselves")
    func right() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let bram = try scene.enter(as: 2)
        let chris = try scene.enter(as: 3)
        let (waiting, _) = scene.comeToDoor()
        for peer in [anna, bram, chris] { _ = scene.heard(by: peer.connection) }
        scene.say(self.eject(chris.joined), from: bram.connection)
        scene.say(self.eject(chris.joined), from: waiting)
        scene.say(self.eject(anna.joined), from: anna.connection)
        #expect([bram.connection, waiting, anna.connection].allSatisfy { scene.heard(by: $0) == [Self.refusal] })
        #expect(scene.heard(by: chris.connection).isEmpty && scene.revoked.isEmpty)
    }

    @Test("a co-host puts out participants, and no host or co-host, also while that one's connection is gone")
    func rank() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let bram = try scene.enter(as: 2, Self.cohost)
        let chris = try scene.enter(as: 3, Self.cohost)
        let dewi = try scene.enter(as: 4)
        for target in [anna, chris] {
            _ = scene.heard(by: bram.connection)
            scene.say(self.eject(target.joined), from: bram.connection)
            #expect(scene.heard(by: bram.connection) == [Self.refusal])
        }
        scene.drop(anna.connection)
        _ = scene.heard(by: bram.connection)
        scene.say(self.eject(anna.joined), from: bram.connection)
        #expect(scene.heard(by: bram.connection) == [Self.refusal])
        scene.say(self.eject(dewi.joined), from: bram.connection)
        #expect(scene.revoked.count == 1)
    }

    @Test("whoever stands in for a host may, and a host may put out a co-host")
    func others() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let bram = try scene.enter(as: 2, Self.cohost)
        let chris = try scene.enter(as: 3, Self.acting)
        let dewi = try scene.enter(as: 4)
        scene.say(self.eject(dewi.joined), from: chris.connection)
        scene.say(self.eject(bram.joined), from: anna.connection)
        #expect(scene.revoked.count == 2)
    }
}

@Suite("Where somebody was put out", .promise("P-028"))
struct BlockedNetworkTests {
    private static let host = GroupMember.Powers(mayEject: true, isCertified: true, isHost: true)

    /// Anna, a host on network 1, has put Bram out, who was on network 2.
    private func scene(
        block: Bool = true, door: Room.Door = .waiting, _ others: (Scene) throws -> Void = { _ in }
    ) throws -> Scene {
        let scene = Scene(door: door)
        let anna = try scene.enter(as: 1, Self.host, from: 1)
        let bram = try scene.enter(as: 2, from: 2)
        try others(scene)
        scene.say(.eject(.init(participant: bram.joined.participant, block: block)), from: anna.connection)
        scene.remove(2)
        return scene
    }

    private func gate(_ scene: Scene, from network: Int?) -> DeliveryGate? {
        let (connection, answer) = scene.comeToDoor(from: network)
        return answer == .atDoor(.init(owesPasscode: false)) ? scene.atDoor[connection] : nil
    }

    @Test(
        "newcomers from the blocked network are strangers at the door; from elsewhere, and without a block, they are not"
    )
    func barred() throws {
        let scene = try self.scene()
        #expect(self.gate(scene, from: 2) == .stranger)
        #expect(self.gate(scene, from: 3) == .waits)
        #expect(self.gate(scene, from: nil) == .waits)
        #expect(try self.gate(self.scene(block: false), from: 2) == .waits)
    }

    @Test("where others from that network are in, a host decides, also at an open door")
    func shared() throws {
        let scene = try self.scene(door: .open) { _ = try $0.enter(as: 3, from: 2) }
        #expect(self.gate(scene, from: 2) == .waits)
        #expect(self.gate(scene, from: 3) == .joins)
        // The last of them goes: then there is nobody to be taken for.
        scene.remove(3)
        #expect(self.gate(scene, from: 2) == .stranger)
    }

    @Test("whoever has a seat keeps it, and takes it again with its token, from the same network as well")
    func seated() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host, from: 1)
        let bram = try scene.enter(as: 2, from: 2)
        let chris = try scene.enter(as: 3, from: 2)
        scene.say(.eject(.init(participant: bram.joined.participant, block: true)), from: anna.connection)
        scene.say(.open(.desktop), from: chris.connection)
        #expect(throws: Never.self) { try scene.endpoint() }
        scene.drop(chris.connection)
        let (again, answer) = scene.resume(chris.joined.resume, from: 2)
        guard case .joined(let joined) = answer else { throw Scene.Refused() }
        #expect(joined.resumed && scene.atDoor[again] == .waits)
    }

    @Test("two meetings have nothing to compare: each has a key of its own")
    func keys() {
        #expect(Scene.network(2, key: 1) == Scene.network(2, key: 1))
        #expect(Scene.network(2, key: 1) != Scene.network(2, key: 2))
        #expect(Scene.network(2, key: 1) != Scene.network(3, key: 1))
    }

    @Test("256 networks are blocked and no more: the first is forgotten")
    func bound() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 255, Self.host)
        for number in 0...256 {
            let other = try scene.enter(as: UInt8(number % 200), from: number)
            scene.say(.eject(.init(participant: other.joined.participant, block: true)), from: anna.connection)
            scene.remove(UInt8(number % 200))
            scene.pass(.seconds(1))
        }
        #expect(self.gate(scene, from: 0) == .waits)
        #expect(self.gate(scene, from: 1) == .stranger && self.gate(scene, from: 256) == .stranger)
    }
}
