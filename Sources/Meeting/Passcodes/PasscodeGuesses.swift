/// Keeps guessers of one meeting's passcode from finding it, while everybody who knows it can still get in (promise P-007).
/// It has no clock, no socket and no code: the caller compares, and passes the outcome.
///
/// A network pauses after ten wrong tries. After a hundred of all in an hour only networks may try that have somebody in, or
/// that knew it before; for all others together there is one try every ten seconds.
package struct PasscodeGuesses: Sendable {
    /// Three forgive a person who mistypes; connections cost little, so the network counts as well.
    static let freeOfConnection = 3
    private static let freeOfNetwork = 10
    private static let freeOfMeeting = 100
    private static let period = Duration.seconds(3_600)
    private static let paceOfOthers = Duration.seconds(10)
    /// In an hour there are fewer wrong tries than this, but from networks that have somebody in.
    private static let networksAtMost = 1_024
    private static let provenAtMost = 256

    private struct Proof {
        let network: NetworkMark?
        let since: ContinuousClock.Instant
    }

    /// Nothing is this machine: guesses from there are counted like any other.
    private var networks: [NetworkMark?: WrongTries] = [:]
    private var proven: [Proof] = []
    private var wrong = 0
    private var since: ContinuousClock.Instant?
    private var othersNext: ContinuousClock.Instant?

    /// Nobody tried yet.
    package init() {}

    /// Nothing is remembered of anybody.
    package var isEmpty: Bool { self.networks.isEmpty && self.proven.isEmpty && self.wrong == 0 }

    /// Seconds until somebody from a network may try; nil = now. While there is a pause the right passcode waits as well, or
    /// the pause would tell which one it was.
    mutating func wait(for network: NetworkMark?, hasMember: Bool, now: ContinuousClock.Instant) -> Int? {
        self.forget(now: now)
        if let seconds = self.networks[network]?.wait(now: now) { return seconds }
        guard self.wrong >= Self.freeOfMeeting, !hasMember, !self.proven.contains(where: { $0.network == network })
        else { return nil }
        if let next = self.othersNext, next > now { return (next - now).wholeSeconds }
        self.othersNext = now + Self.paceOfOthers
        return nil
    }

    /// A try from a network was wrong.
    mutating func noteWrong(from network: NetworkMark?, now: ContinuousClock.Instant) {
        self.wrong += 1
        self.since = self.since ?? now
        if self.networks[network] == nil, self.networks.count >= Self.networksAtMost { self.forgetOldest(now: now) }
        self.networks[network, default: WrongTries()].add(free: Self.freeOfNetwork, now: now)
    }

    /// A try was right. What was mistyped on that connection before is no guessing; one's own success opens no way for others
    /// of the network.
    mutating func noteRight(from network: NetworkMark?, mistyped: Int, now: ContinuousClock.Instant) {
        self.wrong = max(0, self.wrong - mistyped)
        self.networks[network]?.forgive(mistyped)
        self.proven.removeAll { $0.network == network }
        if self.proven.count == Self.provenAtMost { self.proven.removeFirst() }
        self.proven.append(Proof(network: network, since: now))
    }

    /// It is another one now: nobody has shown that they know it.
    mutating func forgetProofs() { self.proven = [] }

    /// Drops what is too old, also while nobody comes.
    package mutating func forget(now: ContinuousClock.Instant) {
        self.networks = self.networks.filter { $0.value.last.map { $0 + Self.period > now } ?? false }
        self.proven.removeAll { $0.since + Meetings.lifetime <= now }
        if let since = self.since, since + Self.period <= now {
            self.wrong = 0
            self.since = nil
        }
    }

    private mutating func forgetOldest(now: ContinuousClock.Instant) {
        let oldest = self.networks.min { ($0.value.last ?? now) < ($1.value.last ?? now) }
        if let oldest { self.networks.removeValue(forKey: oldest.key) }
    }
}
