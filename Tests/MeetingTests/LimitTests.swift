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

    @Test("opening media and beginning to send are limited beyond what people do, and stopping never is")
    func costly() throws {
        let scene = Scene()
        let anna = try scene.enter(as: 1)
        for _ in 0..<10 { scene.say(.open(.desktop), from: anna.connection) }
        let opened = scene.media.count { if case .open = $0 { true } else { false } }
        #expect(opened == 6)
        scene.media = []
        for _ in 0..<40 {
            scene.say(.publish(.init(mid: Mid(unchecked: "0"))), from: anna.connection)
            scene.say(.withdraw(.init(mid: Mid(unchecked: "0"))), from: anna.connection)
        }
        let announced = scene.media.count { if case .announce = $0 { true } else { false } }
        let withdrawn = scene.media.count { if case .withdraw = $0 { true } else { false } }
        #expect(announced == 30 && withdrawn == 30)
    }

    @Test("sixty-four may stand at the door, however many are in, so that their number tells nothing")
    func strangers() throws {
        for people in [0, 3] {
            let scene = Scene()
            for number in 0..<people { _ = try scene.enter(as: UInt8(number + 1)) }
            let strangers = (0..<64).map { _ in scene.connect() }
            #expect(strangers.allSatisfy { scene.heard(by: $0).isEmpty })
            let oneMore = scene.connect()
            #expect(
                scene.heard(by: oneMore) == [
                    .session(.refused(.init(failure: .busy(.init(retrySeconds: 10)))))
                ])
        }
    }

    @Test("a token bucket gives its burst, then one after the other")
    func bucket() {
        let start = ContinuousClock.now
        var bucket = TokenBucket(burst: 2, perSecond: 0.5, now: start)
        let taken = [0, 0, 0, 1, 2].map { bucket.take(now: start + .seconds($0)) }
        #expect(taken == [true, true, false, false, true])
        #expect(bucket.retrySeconds == 2)
    }
}
