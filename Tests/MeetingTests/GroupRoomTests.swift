import Meeting
import Signalling
import Testing

/// Who has a seat follows from the group (`e2ee.md` 5): the link only brings people to the door.
@Suite("Seats and the group")
struct GroupRoomTests {
    private func member(_ leaf: UInt32, _ key: UInt8, _ connection: ConnectionID?) throws -> GroupMember {
        GroupMember(
            leaf: LeafIndex(leaf), key: try #require(LeafKey([UInt8](repeating: key, count: 32))),
            connection: connection)
    }

    private func joined(_ scene: Scene, _ connection: ConnectionID) -> SessionEvent.Joined? {
        for message in scene.heard(by: connection).reversed() {
            if case .session(.joined(let joined)) = message { return joined }
        }
        return nil
    }

    @Test("the link brings to the door and no further: no list, no seat, no media, however long one waits")
    func door() throws {
        let scene = Scene()
        let (anna, answer) = scene.comeToDoor()
        #expect(answer == .atDoor(.init(owesPasscode: false)) && scene.atDoor == [anna: .waits])
        scene.follow([try self.member(0, 1, anna)])
        let (bram, _) = scene.comeToDoor()
        scene.pass(.seconds(3_600))
        #expect(scene.heard(by: bram).isEmpty && !scene.ended.contains(bram))
        scene.say(.restart(MediaCommand.Credentials(ufrag: "abcd", pwd: "0123456789abcdef012345")), from: bram)
        #expect(scene.heard(by: bram) == [.session(.refused(.init(failure: .invalidNow)))] && scene.media.isEmpty)
        #expect(scene.room.population == 1)
    }

    @Test("a wrong link comes to no door, and a second join from one connection is refused")
    func wrongLink() throws {
        let scene = Scene()
        let connection = scene.connect()
        let other = InviteID(bytes: [UInt8](repeating: 9, count: 16))
        scene.say(.join(.init(protocolVersion: 1, invite: other, device: .desktop)), from: connection)
        #expect(scene.heard(by: connection) == [.session(.refused(.init(failure: .unknown)))])
        #expect(scene.atDoor.isEmpty && !scene.room.isAtDoor(connection))
        let (anna, _) = scene.comeToDoor()
        scene.say(.join(.init(protocolVersion: 1, invite: Scene.invite, device: .desktop)), from: anna)
        #expect(scene.heard(by: anna) == [.session(.refused(.init(failure: .invalidNow)))])
    }

    @Test("whoever holds a leaf gets a seat, and the others hear of it")
    func seats() throws {
        let scene = Scene()
        let (anna, _) = scene.comeToDoor()
        scene.follow([try self.member(0, 1, anna)])
        let first = try #require(self.joined(scene, anna))
        #expect(first.leaf == 0 && first.participants.isEmpty && !first.resumed)
        let (bram, _) = scene.comeToDoor()
        // Added, but the connection has not shown the leaf's key yet.
        scene.follow([try self.member(0, 1, anna), try self.member(1, 2, nil)])
        #expect(scene.room.population == 1 && scene.heard(by: bram).isEmpty)
        scene.follow([try self.member(0, 1, anna), try self.member(1, 2, bram)])
        let second = try #require(self.joined(scene, bram))
        #expect(second.leaf == 1 && second.participants.map(\.participant) == [first.participant])
        let news = scene.heard(by: anna)
        guard case .room(.participantJoined(let arrival)) = news.first else { throw Scene.Refused() }
        #expect(news.count == 1 && arrival.participant.participant == second.participant)
    }

    @Test("out of the group is out of the room, with everything that was sent; the connection may knock again")
    func unseated() throws {
        let scene = Scene()
        let (anna, _) = scene.comeToDoor()
        let (bram, _) = scene.comeToDoor()
        scene.follow([try self.member(0, 1, anna), try self.member(1, 2, bram)])
        let gone = try #require(self.joined(scene, bram)).participant
        _ = scene.heard(by: anna)
        scene.follow([try self.member(0, 1, anna)])
        #expect(scene.heard(by: bram) == [.session(.unseated)])
        #expect(scene.heard(by: anna) == [.room(.participantLeft(.init(participant: gone)))])
        #expect(scene.room.population == 1 && scene.room.isAtDoor(bram) && !scene.ended.contains(bram))
        scene.follow([try self.member(0, 1, anna), try self.member(1, 3, bram)])
        #expect(try #require(self.joined(scene, bram)).participant != gone)
    }

    @Test("whoever comes back on another leaf keeps seat and media, and the others hear the number")
    func moved() throws {
        let scene = Scene()
        let (anna, _) = scene.comeToDoor()
        let (bram, _) = scene.comeToDoor()
        scene.follow([try self.member(0, 1, anna), try self.member(1, 2, bram)])
        let before = try #require(self.joined(scene, bram))
        _ = scene.heard(by: anna)
        scene.follow([try self.member(0, 1, anna), try self.member(5, 2, bram)])
        let after = try #require(self.joined(scene, bram))
        #expect(after.participant == before.participant && after.leaf == 5 && after.resumed)
        #expect(scene.heard(by: anna) == [.room(.participantMoved(.init(participant: before.participant, leaf: 5)))])
    }

    @Test("a leaf that another connection shows takes its seat along, and the connection of before ends")
    func takenOver() throws {
        let scene = Scene()
        let (anna, _) = scene.comeToDoor()
        scene.follow([try self.member(0, 1, anna)])
        let before = try #require(self.joined(scene, anna))
        let (again, _) = scene.comeToDoor()
        scene.follow([try self.member(0, 1, again)])
        #expect(try #require(self.joined(scene, again)).participant == before.participant)
        #expect(scene.ended.contains(anna) && scene.room.population == 1)
    }

    @Test("the old seat is taken with its token, and the delivery service greets the new connection")
    func resume() throws {
        let scene = Scene()
        let (anna, _) = scene.comeToDoor()
        scene.follow([try self.member(0, 1, anna)])
        let before = try #require(self.joined(scene, anna))
        scene.drop(anna)
        let (again, answer) = scene.resume(before.resume)
        guard case .joined(let after) = answer else { throw Scene.Refused() }
        #expect(after.resumed && after.participant == before.participant && scene.atDoor[again] == .waits)
        // It shows its leaf a moment later: nothing changes.
        scene.follow([try self.member(0, 1, again)])
        #expect(scene.heard(by: again).isEmpty)
    }

    @Test("at an open door a full meeting says so; where a host decides nobody learns it at the door")
    func full() throws {
        for (door, expected) in [
            (Room.Door.open, SessionEvent.refused(.init(failure: .full(.init(capacity: 1))))),
            (.waiting, .atDoor(.init(owesPasscode: false))),
        ] {
            let scene = Scene(capacity: 1, door: door)
            let (anna, _) = scene.comeToDoor()
            scene.follow([try self.member(0, 1, anna)])
            #expect(scene.comeToDoor().answer == expected)
        }
    }

    @Test("a seat that is kept for somebody away is free with the Commit that gives their leaf to somebody else")
    func givenAway() throws {
        let scene = Scene(capacity: 2)
        let (anna, _) = scene.comeToDoor()
        let (bram, _) = scene.comeToDoor()
        scene.follow([try self.member(0, 1, anna), try self.member(1, 2, bram)])
        let gone = try #require(self.joined(scene, bram)).participant
        scene.drop(bram)
        scene.pass(.seconds(5))
        let (again, answer) = scene.comeToDoor()
        #expect(answer == .atDoor(.init(owesPasscode: false)))
        #expect(scene.room.population == 2, "the old seat is kept for half a minute")
        _ = scene.heard(by: anna)
        // The Commit is ordered, the new leaf is not shown yet; then it is.
        scene.follow([try self.member(0, 1, anna), try self.member(1, 3, nil)])
        #expect(scene.heard(by: anna) == [.room(.participantLeft(.init(participant: gone)))])
        scene.follow([try self.member(0, 1, anna), try self.member(1, 3, again)])
        let joined = try #require(self.joined(scene, again))
        #expect(joined.leaf == 1 && joined.capacity == 2 && joined.participants.count == 1)
        scene.pass(.seconds(60))
        #expect(scene.room.population == 2 && !scene.ended.contains(again))
        // A third one has none, whatever the group says.
        let (third, _) = scene.comeToDoor()
        scene.follow([try self.member(0, 1, anna), try self.member(1, 3, again), try self.member(2, 4, third)])
        #expect(scene.heard(by: third) == [.session(.refused(.init(failure: .full(.init(capacity: 2)))))])
        #expect(scene.room.population == 2)
    }

    @Test("whoever leaves is gone for the delivery service as well, at once")
    func departed() throws {
        let scene = Scene()
        let (anna, _) = scene.comeToDoor()
        let (bram, _) = scene.comeToDoor()
        scene.follow([try self.member(0, 1, anna)])
        scene.say(.leave, from: anna)
        scene.drop(bram)
        #expect(scene.departed == [anna] && scene.ended == [anna])
    }

    @Test("two leaves with one key are one person, and the first of them counts")
    func twins() throws {
        let scene = Scene()
        let (anna, _) = scene.comeToDoor()
        let (bram, _) = scene.comeToDoor()
        scene.follow([try self.member(0, 1, anna), try self.member(1, 1, bram)])
        #expect(scene.room.population == 1 && self.joined(scene, bram) == nil)
    }
}
