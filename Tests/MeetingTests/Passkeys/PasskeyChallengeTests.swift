import BeraadTesting
import Meeting
import Signalling
import Testing

@Suite("Challenges for passkeys")
struct PasskeyChallengeTests {
    private static let start = WallTime(seconds: 1_800_000_000)
    private static let anna = AccountID(bytes: [UInt8](repeating: 1, count: 16))
    private static let bram = AccountID(bytes: [UInt8](repeating: 2, count: 16))

    @Test("one counts for five minutes, for what it was made, and once")
    func once() {
        var generator = SeededGenerator(seed: 1)
        var challenges = PasskeyChallenges(using: &generator)
        let challenge = challenges.make(for: .signIn, now: Self.start, using: &generator).decoded
        #expect(challenges.holds(challenge, for: .signIn, now: Self.start))
        #expect(challenges.holds(challenge, for: .signIn, now: Self.start + .seconds(299)))
        #expect(!challenges.holds(challenge, for: .signIn, now: Self.start + .seconds(300)))
        #expect(!challenges.holds(challenge, for: .signIn, now: Self.start + .seconds(-1)))
        #expect(!challenges.holds(challenge, for: .making(Self.anna), now: Self.start))
        let first = challenges.spend(challenge, now: Self.start)
        let second = challenges.spend(challenge, now: Self.start)
        #expect([first, second] == [true, false])
        #expect(!challenges.holds(challenge, for: .signIn, now: Self.start))
    }

    @Test("one for making a passkey is for one account")
    func account() {
        var generator = SeededGenerator(seed: 2)
        let challenges = PasskeyChallenges(using: &generator)
        let challenge = challenges.make(for: .making(Self.anna), now: Self.start, using: &generator).decoded
        #expect(challenges.holds(challenge, for: .making(Self.anna), now: Self.start))
        #expect(!challenges.holds(challenge, for: .making(Self.bram), now: Self.start))
        #expect(!challenges.holds(challenge, for: .signIn, now: Self.start))
    }

    @Test("nobody else makes one, and none of another run of the program counts")
    func foreign() {
        var generator = SeededGenerator(seed: 3)
        let challenges = PasskeyChallenges(using: &generator)
        let others = PasskeyChallenges(using: &generator)
        let challenge = challenges.make(for: .signIn, now: Self.start, using: &generator).decoded
        #expect(!others.holds(challenge, for: .signIn, now: Self.start))
        for index in challenge.indices {
            var changed = challenge
            changed[index] ^= 1
            #expect(!challenges.holds(changed, for: .signIn, now: Self.start), "\(index)")
        }
        #expect(!challenges.holds([], for: .signIn, now: Self.start))
        #expect(!challenges.holds(challenge + [0], for: .signIn, now: Self.start))
    }
}
