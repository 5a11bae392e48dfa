package import Redaction

/// Slows guessers down: at one account from one network soon, at one account from everywhere later and less, and from
/// one network at whatever account. It counts the same whether an account exists or not, and no pause is for ever:
/// whoever knows their password gets in after a quarter of an hour at most, and with a passkey at once. It has no
/// clock.
package struct SignInAttempts: Sendable {
    private static let here = KeyedPauses.Rule(
        free: 5, first: .seconds(30), longest: .seconds(900), period: .seconds(600))
    /// A hundred tries forgive a whole class that takes one account for another; short pauses, so that strangers do not
    /// keep somebody out.
    private static let account = KeyedPauses.Rule(
        free: 100, first: .seconds(30), longest: .seconds(300), period: .seconds(43_200))
    /// A school signs in from one address.
    private static let network = KeyedPauses.Rule(
        free: 40, first: .seconds(30), longest: .seconds(900), period: .seconds(600))

    private var here = KeyedPauses(Self.here)
    private var account = KeyedPauses(Self.account)
    private var network = KeyedPauses(Self.network)

    /// Nobody tried yet.
    package init() {}

    /// Whether somebody may try now; counted before the outcome is known. Nil = go on, otherwise the seconds to wait.
    /// `target` is what is guessed at, `prefix` from where (nothing: from this machine).
    package mutating func begin(
        _ target: [UInt8], from prefix: Redacted<[UInt8]>?, now: ContinuousClock.Instant,
        using generator: inout some RandomNumberGenerator
    ) -> Int? {
        let both = Self.both(target, prefix)
        let waits = [
            self.here.wait(both, now: now), self.account.wait(target, now: now),
            prefix.flatMap { self.network.wait($0.exposed, now: now) },
        ]
        if let wait = waits.compactMap({ $0 }).max() { return wait }
        self.here.begin(both, now: now, using: &generator)
        self.account.begin(target, now: now, using: &generator)
        if let prefix { self.network.begin(prefix.exposed, now: now, using: &generator) }
        return nil
    }

    /// The try was right. The network gets back that one try only: one's own account opens no way to others'.
    package mutating func succeeded(_ target: [UInt8], from prefix: Redacted<[UInt8]>?) {
        self.here.forgive(Self.both(target, prefix), all: true)
        self.account.forgive(target, all: true)
        if let prefix { self.network.forgive(prefix.exposed, all: false) }
    }

    /// Nobody had the time to look at the try, so it was none.
    package mutating func takeBack(_ target: [UInt8], from prefix: Redacted<[UInt8]>?) {
        self.here.forgive(Self.both(target, prefix), all: false)
        self.account.forgive(target, all: false)
        if let prefix { self.network.forgive(prefix.exposed, all: false) }
    }

    /// Drops what is too old, also while nobody comes.
    package mutating func forget(now: ContinuousClock.Instant) {
        self.here.forget(now: now)
        self.account.forget(now: now)
        self.network.forget(now: now)
    }

    /// A target's length is fixed by its owner, so no two pairs are the same bytes.
    private static func both(_ target: [UInt8], _ prefix: Redacted<[UInt8]>?) -> [UInt8] {
        [UInt8(truncatingIfNeeded: target.count)] + target + (prefix?.exposed ?? [])
    }
}
