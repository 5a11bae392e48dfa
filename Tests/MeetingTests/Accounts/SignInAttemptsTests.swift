import BeraadTesting
import Meeting
import Redaction
import Testing

@Suite("Guessing at accounts", .promise("P-037"))
struct SignInAttemptsTests {
    private static let anna = [UInt8](repeating: 1, count: 32)
    private static let home = Redacted<[UInt8]>([192, 0, 2, 1])

    /// Somebody who guesses, and what the server remembers of it.
    private struct Guesser {
        private let start = ContinuousClock.now
        private var generator = SeededGenerator(seed: 5)
        private var attempts = SignInAttempts()

        mutating func wait(
            _ target: [UInt8] = SignInAttemptsTests.anna, from prefix: Redacted<[UInt8]>? = SignInAttemptsTests.home,
            after seconds: Int = 0
        ) -> Int? {
            self.attempts.begin(target, from: prefix, now: self.start + .seconds(seconds), using: &self.generator)
        }

        mutating func takeBack() {
            self.attempts.takeBack(SignInAttemptsTests.anna, from: SignInAttemptsTests.home)
        }

        mutating func succeeded(_ target: [UInt8] = SignInAttemptsTests.anna) {
            self.attempts.succeeded(target, from: SignInAttemptsTests.home)
        }
    }

    @Test(
        "after five wrong tries one waits half a minute, then twice as long, and never more than a quarter of an hour")
    func growing() {
        var guesser = Guesser()
        var now = 0
        var waits: [Int] = []
        for _ in 0..<14 {
            while let wait = guesser.wait(after: now) {
                waits.append(wait)
                now += wait
            }
        }
        // After twenty minutes at most the first of them are forgotten, and with them how long the pauses were.
        #expect(Array(waits.prefix(5)) == [30, 60, 120, 240, 480])
        #expect(waits.allSatisfy { $0 <= 900 })
    }

    @Test("the right password ends the counting")
    func right() {
        var guesser = Guesser()
        for _ in 0..<40 {
            #expect(guesser.wait() == nil)
            guesser.succeeded()
        }
        for _ in 0..<5 { #expect(guesser.wait() == nil) }
        #expect(guesser.wait() == 30)
    }

    @Test("a try that nobody had time to look at counts for nothing")
    func busy() {
        var guesser = Guesser()
        for _ in 0..<100 {
            #expect(guesser.wait() == nil)
            guesser.takeBack()
        }
        for _ in 0..<5 { #expect(guesser.wait() == nil) }
        #expect(guesser.wait() == 30)
    }

    @Test("a thousand tries at the same time are a thousand tries")
    func together() {
        var guesser = Guesser()
        var admitted = 0
        for _ in 0..<1_000 where guesser.wait() == nil { admitted += 1 }
        #expect(admitted == 5)
    }

    @Test("guesses from everywhere slow one account down as well, and its pauses stay short")
    func everywhere() {
        var guesser = Guesser()
        var admitted = 0
        var waits: Set<Int> = []
        for network in 0..<1_000 {
            let prefix = Redacted<[UInt8]>([10, 0, UInt8(network >> 8), UInt8(network & 255)])
            if let wait = guesser.wait(from: prefix) { waits.insert(wait) } else { admitted += 1 }
        }
        #expect(admitted == 100)
        #expect(waits == [30])
        // An hour later somebody may try again.
        #expect(guesser.wait(after: 3_600) == nil)
    }

    @Test("one network that tries one password at each of many accounts is slowed down; the school next to it is not")
    func spraying() {
        var guesser = Guesser()
        var admitted = 0
        for account in 0..<200 where guesser.wait([UInt8(account)]) == nil { admitted += 1 }
        #expect(admitted == 40)
        #expect(guesser.wait([201], from: Redacted([192, 0, 2, 2])) == nil)
    }

    @Test("a school of two hundred signs in from one address, one after the other")
    func school() {
        var guesser = Guesser()
        for account in 0..<200 {
            #expect(guesser.wait([UInt8(account)]) == nil)
            guesser.succeeded([UInt8(account)])
        }
    }

    @Test("one's own account opens no way to those of others")
    func ownAccount() {
        var guesser = Guesser()
        var admitted = 0
        for account in 0..<200 {
            if guesser.wait([UInt8(account)]) == nil { admitted += 1 }
            // Between two guesses the guesser signs in to an account of their own.
            if guesser.wait([250, 1]) == nil { guesser.succeeded([250, 1]) }
        }
        #expect(admitted <= 40)
    }

    @Test("from this very machine there is no network to count, and the account is guarded all the same")
    func local() {
        var guesser = Guesser()
        var admitted = 0
        for _ in 0..<50 where guesser.wait(from: nil) == nil { admitted += 1 }
        #expect(admitted == 5)
        #expect(guesser.wait([9], from: nil) == nil)
    }
}
