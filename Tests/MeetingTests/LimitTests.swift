import Meeting
import Signalling
import Testing

@Suite("Too much, too fast, or no sense")
struct LimitTests {
    @Test("twenty messages that are none end the connection, and nobody else notices")
    func malformed() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        let mallory = scene.connect()
        _ = scene.heard(by: anna.connection)
        for _ in 0..<1_000 { scene.mumble(from: mallory) }
        let refusals = scene.heard(by: mallory)
        #expect(refusals.count == 20)
        #expect(refusals.allSatisfy { $0 == .session(.refused(.init(failure: .malformed))) })
        #expect(scene.ended == [mallory])
        #expect(scene.heard(by: anna.connection) == [])
    }

    @Test("after a burst of a hundred messages the next one waits, and says how long")
    func burst() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        _ = scene.heard(by: anna.connection)
        for nonce in 0..<99 { scene.say(.ping(.init(nonce: nonce)), from: anna.connection) }
        _ = scene.heard(by: anna.connection)
        scene.say(.ping(.init(nonce: 99)), from: anna.connection)
        let wait = SessionFailure.Wait(retrySeconds: 1)
        #expect(scene.heard(by: anna.connection) == [.session(.refused(.init(failure: .tooFast(wait))))])
        scene.pass(.seconds(1))
        scene.say(.ping(.init(nonce: 100)), from: anna.connection)
        #expect(scene.heard(by: anna.connection) == [.session(.pong(.init(nonce: 100)))])
    }

    @Test("wishes come five times a second, with a burst of ten")
    func wants() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        scene.say(.open(.desktop), from: anna.connection)
        scene.media = []
        for generation in 1...20 {
            scene.say(.want(.init(generation: generation, items: [])), from: anna.connection)
        }
        #expect(scene.media.count == 10)
        scene.pass(.seconds(1))
        for generation in 21...30 {
            scene.say(.want(.init(generation: generation, items: [])), from: anna.connection)
        }
        #expect(scene.media.count == 15)
    }

    @Test("a token bucket gives its burst, then one after the other")
    func bucket() {
        let start = ContinuousClock.now
        var bucket = TokenBucket(burst: 2, perSecond: 0.5, now: start)
        let taken = [0, 0, 0, 1, 2].map { bucket.take(now: start + .seconds($0)) }
        #expect(taken == [true, true, false, false, true])
        #expect(bucket.retrySeconds == 2)
        #expect(!bucket.isFull(now: start + .seconds(2)))
        #expect(bucket.isFull(now: start + .seconds(6)))
    }
}
