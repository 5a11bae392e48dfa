import BeraadTesting
import Meeting
import Signalling
import Testing

/// Sealed files in a meeting: who brings, fetches and deletes one, and when nobody does any more (`e2ee.md` 8).
@Suite("Files of a meeting", .promise("P-042"))
struct FileTests {
    private static let host = GroupMember.Powers(mayEject: true, mayModerate: true, isCertified: true, isHost: true)

    private struct Missing: Error {}

    private func create(_ scene: Scene, _ size: Int, from connection: ConnectionID) throws -> FileEvent.Created {
        _ = scene.heard(by: connection)
        scene.say(.create(.init(size: size)), from: connection)
        guard case .file(.created(let created)) = scene.heard(by: connection).last else { throw Missing() }
        return created
    }

    private func open(_ scene: Scene, _ blob: BlobID, from connection: ConnectionID) throws -> BlobToken {
        scene.say(.open(.init(blob: blob)), from: connection)
        guard case .file(.opened(let opened)) = scene.heard(by: connection).last, opened.blob == blob else {
            throw Missing()
        }
        return opened.token
    }

    private func failure(_ scene: Scene, _ command: FileCommand, from connection: ConnectionID) -> FileFailure? {
        _ = scene.heard(by: connection)
        scene.say(command, from: connection)
        guard case .file(.failed(let failed)) = scene.heard(by: connection).last else { return nil }
        return failed.failure
    }

    private func bring(_ scene: Scene, _ created: FileEvent.Created, _ count: Int, at offset: Int = 0) -> Room.Part {
        let part = scene.room.beginPart(of: created.blob, created.token, at: offset, count: count)
        if part == .taken { scene.room.endPart(of: created.blob, count: count, now: scene.now) }
        return part
    }

    @Test("a file is brought in parts, in order, and then everybody who is seated may fetch it")
    func life() throws {
        let scene = Scene()
        let (anna, bram) = (try scene.enter(as: 1, Self.host), try scene.enter(as: 2))
        let created = try self.create(scene, 10, from: bram.connection)
        #expect(scene.files == [created.blob])
        #expect(scene.room.standing(of: created.blob, created.token) == BlobStanding(offset: 0, size: 10))
        #expect(self.bring(scene, created, 6) == .taken)
        #expect(self.failure(scene, .open(.init(blob: created.blob)), from: anna.connection) == .gone, "not yet whole")
        #expect(self.bring(scene, created, 4, at: 6) == .taken)
        #expect(scene.room.standing(of: created.blob, created.token) == BlobStanding(offset: 10, size: 10))
        let tokens = try [anna, bram].map { try self.open(scene, created.blob, from: $0.connection) }
        #expect(tokens[0] != tokens[1])
        for token in tokens { #expect(scene.room.size(of: created.blob, token) == 10) }
        // Nobody else heard of it: who gets the file, the group alone says.
        #expect(!scene.heard(by: anna.connection).contains { if case .file(.created) = $0 { true } else { false } })
    }

    @Test("a part that is not the next one, or is too long, or comes while another is written, is misplaced")
    func order() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        let created = try self.create(scene, 10, from: anna.connection)
        for (offset, count) in [(1, 2), (-1, 1), (0, 11), (0, 0), (0, -1), (.max, 1), (0, .max)] {
            #expect(self.bring(scene, created, count, at: offset) == .misplaced, "\(offset) \(count)")
        }
        #expect(scene.room.beginPart(of: created.blob, created.token, at: 0, count: 5) == .taken)
        #expect(self.bring(scene, created, 5) == .misplaced)
        // It could not be written: the same part comes once more.
        scene.room.endPart(of: created.blob, count: 0, now: scene.now)
        #expect(self.bring(scene, created, 5) == .taken)
        #expect(self.bring(scene, created, 5) == .misplaced)
    }

    @Test("a token opens its own file only, and only what it was given for")
    func tokens() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        let (one, two) = (
            try self.create(scene, 4, from: anna.connection), try self.create(scene, 4, from: anna.connection)
        )
        #expect(self.bring(scene, one, 4) == .taken)
        let token = try self.open(scene, one.blob, from: anna.connection)
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
        for deleter in [bram, anna] {
            let created = try self.create(scene, 4, from: bram.connection)
            #expect(self.bring(scene, created, 4) == .taken)
            let token = try self.open(scene, created.blob, from: chris.connection)
            #expect(self.failure(scene, .retract(.init(blob: created.blob)), from: chris.connection) == .notAllowed)
            scene.say(.retract(.init(blob: created.blob)), from: deleter.connection)
            let retracted = ServerMessage.file(.retracted(.init(blob: created.blob)))
            for peer in [anna, bram, chris] { #expect(scene.heard(by: peer.connection).last == retracted) }
            #expect(scene.files.isEmpty && scene.room.size(of: created.blob, token) == nil)
            for command in [FileCommand.open(.init(blob: created.blob)), .retract(.init(blob: created.blob))] {
                #expect(self.failure(scene, command, from: bram.connection) == .gone)
            }
        }
    }

    @Test("whoever comes again by the same personal link still deletes what they brought")
    func person() throws {
        let scene = Scene()
        let bram = try scene.enter(as: 2, ticket: 9)
        let created = try self.create(scene, 4, from: bram.connection)
        #expect(self.bring(scene, created, 4) == .taken)
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
        let whole = try self.create(scene, 4, from: bram.connection)
        #expect(self.bring(scene, whole, 4) == .taken)
        let half = try self.create(scene, 4, from: bram.connection)
        #expect(self.bring(scene, half, 2) == .taken)
        let token = try self.open(scene, whole.blob, from: bram.connection)
        scene.say(.eject(.init(participant: bram.joined.participant, block: false)), from: anna.connection)
        #expect(scene.room.size(of: whole.blob, token) == nil)
        #expect(scene.room.standing(of: half.blob, half.token) == nil)
        #expect(self.bring(scene, half, 2, at: 2) == .denied)
        for command in [
            FileCommand.create(.init(size: 1)), .open(.init(blob: whole.blob)), .retract(.init(blob: whole.blob)),
        ] {
            #expect(self.failure(scene, command, from: bram.connection) == .notAllowed)
        }
        // With the Commit goes what was not whole; the rest a host deletes, or the end.
        scene.remove(2)
        #expect(scene.files == [whole.blob])
        let annas = try self.open(scene, whole.blob, from: anna.connection)
        #expect(scene.room.size(of: whole.blob, annas) == 4)
    }

    @Test("at the door nobody gets a file, and whoever leaves fetches nothing more; a dropped connection does")
    func seated() throws {
        let scene = Scene()
        let (anna, bram) = (try scene.enter(as: 1), try scene.enter(as: 2))
        let (waiting, _) = scene.comeToDoor()
        #expect(self.failure(scene, .create(.init(size: 1)), from: waiting) == .notAllowed)
        let created = try self.create(scene, 4, from: anna.connection)
        #expect(self.bring(scene, created, 2) == .taken)
        scene.drop(anna.connection)
        #expect(self.bring(scene, created, 2, at: 2) == .taken, "the seat is kept")
        let token = try self.open(scene, created.blob, from: bram.connection)
        scene.say(.leave, from: bram.connection)
        #expect(scene.room.size(of: created.blob, token) == nil)
        scene.pass(Room.awayTime)
        #expect(scene.room.standing(of: created.blob, created.token) == nil && scene.files == [created.blob])
    }

    @Test("too large, too much, too many and too often have each their word")
    func limits() throws {
        let scene = Scene()
        let people = try (1...8).map { try scene.enter(as: UInt8($0)) }
        let first = people[0].connection
        let atMost = FileLimits.objectBytes
        #expect(
            self.failure(scene, .create(.init(size: atMost + 1)), from: first) == .tooLarge(.init(atMost: atMost)))
        // Three of the largest, and what is left of 4 GiB.
        for _ in 0..<3 { _ = try self.create(scene, atMost, from: first) }
        let rest = 4 * 1_073_741_824 - 3 * atMost
        #expect(self.failure(scene, .create(.init(size: rest + 1)), from: first) == .quota)
        let last = try self.create(scene, rest, from: first)
        #expect(self.failure(scene, .create(.init(size: 1)), from: people[1].connection) == .quota)
        scene.say(.retract(.init(blob: last.blob)), from: first)
        for _ in 4..<20 { _ = try self.create(scene, 1, from: first) }
        #expect(self.failure(scene, .create(.init(size: 1)), from: first) == .tooFast(.init(retrySeconds: 180)))
        _ = try self.create(scene, 1, from: people[1].connection)
        scene.pass(.seconds(181))
        _ = try self.create(scene, 1, from: first)
    }

    @Test("whoever goes and comes back has not twenty more")
    func returning() throws {
        let scene = Scene()
        var bram = try scene.enter(as: 2, ticket: 9)
        for _ in 0..<20 { _ = try self.create(scene, 1, from: bram.connection) }
        for number in [2, 3] as [UInt8] {
            scene.say(.leave, from: bram.connection)
            bram = try scene.enter(as: number, ticket: 9)
            guard case .tooFast = self.failure(scene, .create(.init(size: 1)), from: bram.connection) else {
                throw Missing()
            }
        }
    }

    @Test("what does not come any more is forgotten, and with the meeting everything is")
    func end() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        let half = try self.create(scene, 4, from: anna.connection)
        let whole = try self.create(scene, 4, from: anna.connection)
        #expect(self.bring(scene, whole, 4) == .taken)
        scene.pass(.seconds(599))
        #expect(self.bring(scene, half, 2) == .taken)
        scene.pass(.seconds(599))
        #expect(scene.files == [half.blob, whole.blob])
        #expect(scene.room.deadline == scene.now + .seconds(1))
        scene.pass(.seconds(1))
        #expect(scene.files == [whole.blob])
        #expect(scene.room.standing(of: half.blob, half.token) == nil)
        let token = try self.open(scene, whole.blob, from: anna.connection)
        scene.end()
        #expect(scene.files.isEmpty && scene.room.size(of: whole.blob, token) == nil)
    }

    @Test("asking for files too often is answered with the time to wait, and tokens of before give way in the end")
    func fetches() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        let created = try self.create(scene, 4, from: anna.connection)
        #expect(self.bring(scene, created, 4) == .taken)
        let first = try self.open(scene, created.blob, from: anna.connection)
        for _ in 1..<30 { _ = try self.open(scene, created.blob, from: anna.connection) }
        let command = FileCommand.open(.init(blob: created.blob))
        #expect(self.failure(scene, command, from: anna.connection) == .tooFast(.init(retrySeconds: 1)))
        #expect(scene.room.size(of: created.blob, first) == 4)
        for _ in 0..<300 {
            scene.pass(.seconds(1))
            _ = try self.open(scene, created.blob, from: anna.connection)
        }
        #expect(scene.room.size(of: created.blob, first) == nil)
        #expect(scene.room.standing(of: created.blob, created.token) == BlobStanding(offset: 4, size: 4))
    }
}
