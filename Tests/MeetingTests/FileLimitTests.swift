import BeraadTesting
import Meeting
import Signalling
import Testing

/// How many, how large and how long.
@Suite("Limits of the files of a meeting", .promise("P-042"))
struct FileLimitTests {
    @Test("too large, too much, too many and too often have each their word")
    func limits() throws {
        let scene = Scene()
        let people = try (1...3).map { try scene.enter(as: UInt8($0), FileTests.host).connection }
        let first = people[0]
        let atMost = FileLimits.objectBytes
        #expect(
            scene.failure(.create(.init(size: atMost + 1)), from: first) == .tooLarge(.init(atMost: atMost)))
        // One of the largest, and what is left of 2 GiB; with two such people the meeting is full.
        let rest = 2 * 1_073_741_824 - atMost
        var last: BlobID?
        for person in people.prefix(2) {
            _ = try scene.create(atMost, from: person)
            #expect(scene.failure(.create(.init(size: rest + 1)), from: person) == .quota)
            last = try scene.create(rest, from: person).blob
            #expect(scene.failure(.create(.init(size: 1)), from: person) == .quota)
        }
        #expect(scene.failure(.create(.init(size: 1)), from: people[2]) == .quota)
        scene.say(.retract(.init(blob: try #require(last))), from: people[1])
        #expect(scene.failure(.create(.init(size: 1)), from: first) == .quota, "the room is for others")
        for _ in 2..<20 { _ = try scene.create(1, from: people[1]) }
        #expect(scene.failure(.create(.init(size: 1)), from: people[1]) == .tooFast(.init(retrySeconds: 180)))
        _ = try scene.create(1, from: people[2])
        scene.pass(.seconds(181))
        _ = try scene.create(1, from: people[1])
    }

    @Test("whoever goes and comes back has not twenty more")
    func returning() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, FileTests.host)
        scene.letFiles(by: anna.connection)
        var bram = try scene.enter(as: 2, ticket: 9)
        for _ in 0..<20 { _ = try scene.create(1, from: bram.connection) }
        for number in [2, 3] as [UInt8] {
            scene.say(.leave, from: bram.connection)
            bram = try scene.enter(as: number, ticket: 9)
            guard case .tooFast = scene.failure(.create(.init(size: 1)), from: bram.connection) else {
                throw Scene.Missing()
            }
        }
    }

    @Test("whoever goes and comes back by the same personal link has no second share of the room")
    func share() throws {
        let scene = Scene()
        let bram = try scene.enter(as: 2, FileTests.host, ticket: 9)
        let whole = try scene.create(FileLimits.objectBytes, from: bram.connection)
        #expect(scene.bring(whole, FileLimits.objectBytes) == .taken)
        scene.say(.leave, from: bram.connection)
        let again = try scene.enter(as: 3, FileTests.host, ticket: 9)
        let command = FileCommand.create(.init(size: FileLimits.objectBytes))
        #expect(scene.failure(command, from: again.connection) == .quota)
    }

    @Test("a part that could not be written does not keep a file waiting")
    func unwritten() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, FileTests.host)
        let created = try scene.create(4, from: anna.connection)
        scene.pass(.seconds(599))
        #expect(scene.room.beginPart(of: created.blob, created.token, at: 0, count: 4) == .taken)
        scene.room.endPart(of: created.blob, count: 0, now: scene.now)
        #expect(scene.room.deadline == scene.now + .seconds(1))
        scene.pass(.seconds(1))
        #expect(scene.files.isEmpty)
    }

    @Test("a file that comes a byte at a time is given up after six hours")
    func trickle() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, FileTests.host)
        let created = try scene.create(1_000, from: anna.connection)
        for step in 0..<36 {
            scene.pass(.seconds(599))
            #expect(scene.bring(created, 1, at: step) == .taken)
        }
        #expect(scene.files == [created.blob] && scene.room.deadline == scene.now + .seconds(36))
        scene.pass(.seconds(36))
        #expect(scene.files.isEmpty)
    }

    @Test("what does not come any more is forgotten, and with the meeting everything is")
    func end() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, FileTests.host)
        let half = try scene.create(4, from: anna.connection)
        let whole = try scene.create(4, from: anna.connection)
        #expect(scene.bring(whole, 4) == .taken)
        scene.pass(.seconds(599))
        #expect(scene.bring(half, 2) == .taken)
        scene.pass(.seconds(599))
        #expect(scene.files == [half.blob, whole.blob])
        #expect(scene.room.deadline == scene.now + .seconds(1))
        scene.pass(.seconds(1))
        #expect(scene.files == [whole.blob])
        #expect(scene.room.standing(of: half.blob, half.token) == nil)
        let token = try scene.open(whole.blob, from: anna.connection)
        scene.end()
        #expect(scene.files.isEmpty && scene.room.size(of: whole.blob, token) == nil)
    }

    @Test("where nobody has a seat any more no file is left, whoever stands at the door, and counts stay")
    func empty() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, FileTests.host, ticket: 9)
        let whole = try scene.create(4, from: anna.connection)
        #expect(scene.bring(whole, 4) == .taken)
        for _ in 1..<20 { _ = try scene.create(1, from: anna.connection) }
        _ = scene.comeToDoor()
        scene.drop(anna.connection)
        scene.forgetFiles()
        #expect(scene.files.count == 20, "the seat is kept for a while")
        scene.pass(Room.awayTime)
        #expect(scene.files == [whole.blob])
        scene.forgetFiles()
        #expect(scene.files.isEmpty && scene.room.deadline == nil)
        scene.remove(1)
        let again = try scene.enter(as: 2, FileTests.host, ticket: 9)
        guard case .tooFast = scene.failure(.create(.init(size: 1)), from: again.connection) else {
            throw Scene.Missing()
        }
    }

    @Test("asking for files too often is answered with the time to wait, and tokens of before give way in the end")
    func fetches() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1, FileTests.host)
        let created = try scene.create(4, from: anna.connection)
        #expect(scene.bring(created, 4) == .taken)
        let first = try scene.open(created.blob, from: anna.connection)
        for _ in 1..<30 { _ = try scene.open(created.blob, from: anna.connection) }
        let command = FileCommand.open(.init(blob: created.blob))
        #expect(scene.failure(command, from: anna.connection) == .tooFast(.init(retrySeconds: 1)))
        #expect(scene.room.size(of: created.blob, first) == 4)
        for _ in 0..<300 {
            scene.pass(.seconds(1))
            _ = try scene.open(created.blob, from: anna.connection)
        }
        #expect(scene.room.size(of: created.blob, first) == nil)
        #expect(scene.room.standing(of: created.blob, created.token) == BlobStanding(offset: 4, size: 4))
        // Also when whoever brought it is gone, the oldest gives way.
        let bram = try scene.enter(as: 2)
        scene.say(.leave, from: anna.connection)
        let brams = try scene.open(created.blob, from: bram.connection)
        for _ in 0..<256 {
            scene.pass(.seconds(1))
            _ = try scene.open(created.blob, from: bram.connection)
        }
        #expect(scene.room.size(of: created.blob, brams) == nil)
    }
}
