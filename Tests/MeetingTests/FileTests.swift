import BeraadTesting
import Meeting
import Signalling
import Testing

/// Sealed files in a meeting: who brings, fetches and deletes one, and who does not (`e2ee.md` 8).
@Suite("Files of a meeting", .promise("P-042"))
struct FileTests {
    static let host = GroupMember.Powers(mayEject: true, mayModerate: true, isCertified: true, isHost: true)

    @Test("a file is brought in parts, in order, and then everybody who is seated may fetch it")
    func life() throws {
        let scene = Scene()
        let (anna, bram) = (try scene.enter(as: 1, Self.host), try scene.enter(as: 2))
        scene.letFiles(by: anna.connection)
        let created = try scene.create(10, from: bram.connection)
        #expect(scene.files == [created.blob])
        #expect(scene.room.standing(of: created.blob, created.token) == BlobStanding(offset: 0, size: 10))
        #expect(scene.bring(created, 6) == .taken)
        #expect(scene.failure(.open(.init(blob: created.blob)), from: anna.connection) == .gone, "not yet whole")
        #expect(scene.bring(created, 4, at: 6) == .taken)
        #expect(scene.room.standing(of: created.blob, created.token) == BlobStanding(offset: 10, size: 10))
        let tokens = try [anna, bram].map { try scene.open(created.blob, from: $0.connection) }
        #expect(tokens[0] != tokens[1])
        for token in tokens { #expect(scene.room.size(of: created.blob, token) == 10) }
        // Nobody else heard of it: who gets the file, the group alone says.
        #expect(!scene.heard(by: anna.connection).contains { if case .file(.created) = $0 { true } else { false } })
    }

    @Test("where whoever leads did not say so nobody else brings a file; who is there they fetch, and take back")
    func unopened() throws {
        let scene = Scene()
        let (anna, bram) = (try scene.enter(as: 1, Self.host), try scene.enter(as: 2))
        #expect(anna.joined.may.files && !bram.joined.may.files)
        let command = FileCommand.create(.init(size: 4))
        #expect(scene.failure(command, from: bram.connection) == .notAllowed && scene.files.isEmpty)
        let annas = try scene.create(4, from: anna.connection)
        #expect(scene.bring(annas, 4) == .taken)
        _ = try scene.open(annas.blob, from: bram.connection)
        // By a guest's own word nothing is opened.
        scene.letFiles(by: bram.connection)
        #expect(scene.failure(command, from: bram.connection) == .notAllowed)
        scene.letFiles(by: anna.connection)
        let open = Permissions(microphone: true, camera: true, screen: true, files: true)
        let told = RoomEvent.Grant(participant: bram.joined.participant, may: open)
        #expect(scene.heard(by: bram.connection).last == .room(.participantMay(told)))
        let brams = try scene.create(4, from: bram.connection)
        #expect(try scene.enter(as: 3).joined.may == open, "and whoever comes later")
        scene.say(.allow(.init(use: .files, isAllowed: false)), from: anna.connection)
        #expect(scene.failure(command, from: bram.connection) == .notAllowed)
        #expect(scene.bring(brams, 4) == .taken, "what had begun may end")
        _ = try scene.open(brams.blob, from: bram.connection)
        scene.say(.retract(.init(blob: brams.blob)), from: bram.connection)
        #expect(scene.files == [annas.blob])
    }

    @Test("a part that is not the next one, or is too long, or comes while another is written, is misplaced")
    func order() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let created = try scene.create(10, from: anna.connection)
        for (offset, count) in [(1, 2), (-1, 1), (0, 11), (0, 0), (0, -1), (.max, 1), (0, .max)] {
            #expect(scene.bring(created, count, at: offset) == .misplaced, "\(offset) \(count)")
        }
        #expect(scene.room.beginPart(of: created.blob, created.token, at: 0, count: 5) == .taken)
        #expect(scene.bring(created, 5) == .misplaced)
        // It could not be written: the same part comes once more.
        scene.room.endPart(of: created.blob, count: 0, now: scene.now)
        #expect(scene.bring(created, 5) == .taken)
        #expect(scene.bring(created, 5) == .misplaced)
    }

    @Test("a token opens its own file only, and only what it was given for")
    func tokens() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        let (one, two) = (
            try scene.create(4, from: anna.connection), try scene.create(4, from: anna.connection)
        )
        #expect(scene.bring(one, 4) == .taken)
        let token = try scene.open(one.blob, from: anna.connection)
        #expect(scene.room.size(of: one.blob, one.token) == nil && scene.room.standing(of: one.blob, token) == nil)
        #expect(scene.room.standing(of: two.blob, one.token) == nil && scene.room.size(of: two.blob, token) == nil)
        #expect(scene.room.beginPart(of: two.blob, one.token, at: 0, count: 4) == .denied)
        let unknown = BlobID(bytes: [UInt8](repeating: 0, count: 16))
        #expect(scene.room.size(of: unknown, token) == nil)
        // Another meeting has other files.
        #expect(Scene().room.size(of: one.blob, token) == nil)
    }

    @Test("whoever brought a file, or one who leads, deletes it, and everybody hears so; others may not")
    func retract() throws {
        let scene = Scene()
        let (anna, bram, chris) = (
            try scene.enter(as: 1, Self.host), try scene.enter(as: 2), try scene.enter(as: 3)
        )
        scene.letFiles(by: anna.connection)
        for deleter in [bram, anna] {
            let created = try scene.create(4, from: bram.connection)
            #expect(scene.bring(created, 4) == .taken)
            let token = try scene.open(created.blob, from: chris.connection)
            #expect(scene.failure(.retract(.init(blob: created.blob)), from: chris.connection) == .notAllowed)
            scene.say(.retract(.init(blob: created.blob)), from: deleter.connection)
            let retracted = ServerMessage.file(.retracted(.init(blob: created.blob)))
            for peer in [anna, bram, chris] { #expect(scene.heard(by: peer.connection).last == retracted) }
            #expect(scene.files.isEmpty && scene.room.size(of: created.blob, token) == nil)
            for command in [FileCommand.open(.init(blob: created.blob)), .retract(.init(blob: created.blob))] {
                #expect(scene.failure(command, from: bram.connection) == .gone)
            }
        }
    }

    @Test("whoever comes again by the same personal link still deletes what they brought")
    func person() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, Self.host)
        scene.letFiles(by: anna.connection)
        let bram = try scene.enter(as: 2, ticket: 9)
        let created = try scene.create(4, from: bram.connection)
        #expect(scene.bring(created, 4) == .taken)
        scene.remove(2)
        #expect(scene.files == [created.blob], "it is whole, and stays until the end")
        let again = try scene.enter(as: 3, ticket: 9)
        scene.say(.retract(.init(blob: created.blob)), from: again.connection)
        #expect(scene.files.isEmpty)
    }

    @Test("an ejected person's tokens die in that turn, and they ask for nothing any more", .promise("P-028"))
    func ejected() throws {
        let scene = Scene()
        let (anna, bram) = (try scene.enter(as: 1, Self.host), try scene.enter(as: 2))
        scene.letFiles(by: anna.connection)
        let whole = try scene.create(4, from: bram.connection)
        #expect(scene.bring(whole, 4) == .taken)
        let half = try scene.create(4, from: bram.connection)
        #expect(scene.bring(half, 2) == .taken)
        let token = try scene.open(whole.blob, from: bram.connection)
        scene.say(.eject(.init(participant: bram.joined.participant, block: false)), from: anna.connection)
        #expect(scene.room.size(of: whole.blob, token) == nil)
        #expect(scene.room.standing(of: half.blob, half.token) == nil)
        #expect(scene.bring(half, 2, at: 2) == .denied)
        for command in [
            FileCommand.create(.init(size: 1)), .open(.init(blob: whole.blob)), .retract(.init(blob: whole.blob)),
        ] {
            #expect(scene.failure(command, from: bram.connection) == .notAllowed)
        }
        // With the Commit goes all they brought: what no message names, no host could take back.
        let annas = try scene.open(whole.blob, from: anna.connection)
        #expect(scene.room.size(of: whole.blob, annas) == 4)
        _ = scene.heard(by: anna.connection)
        scene.remove(2)
        #expect(scene.files.isEmpty && scene.room.size(of: whole.blob, annas) == nil)
        let told = scene.heard(by: anna.connection)
        #expect(told.contains(.file(.retracted(.init(blob: whole.blob)))))
        #expect(!told.contains(.file(.retracted(.init(blob: half.blob)))), "of that one nobody knew")
    }

    @Test("at the door nobody gets a file, and whoever leaves fetches nothing more; a dropped connection does")
    func seated() throws {
        let scene = Scene()
        let (anna, bram) = (try scene.enter(as: 1, Self.host), try scene.enter(as: 2))
        let (waiting, _) = scene.comeToDoor()
        #expect(scene.failure(.create(.init(size: 1)), from: waiting) == .notAllowed)
        let created = try scene.create(4, from: anna.connection)
        #expect(scene.bring(created, 2) == .taken)
        scene.drop(anna.connection)
        #expect(scene.bring(created, 2, at: 2) == .taken, "the seat is kept")
        let token = try scene.open(created.blob, from: bram.connection)
        scene.say(.leave, from: bram.connection)
        #expect(scene.room.size(of: created.blob, token) == nil)
        scene.pass(Room.awayTime)
        #expect(scene.room.standing(of: created.blob, created.token) == nil && scene.files == [created.blob])
    }
}
