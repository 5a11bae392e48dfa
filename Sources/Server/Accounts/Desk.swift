package import Edge
package import Meeting
package import Persistence
package import Privacy
internal import Redaction
package import Signalling

/// Where accounts are looked after: it passes time and randomness to the rules, asks the store, has passwords hashed, and
/// carries out what comes of it.
package actor Desk: AccountDoor {
    /// A password was right, and a code is waited for.
    struct Step {
        let account: AccountID
        /// The verifier that it was right by, sealed: once there is another one, this step leads nowhere.
        let password: [UInt8]
        let until: ContinuousClock.Instant
        var tries = 0
    }

    /// An app was shown what to make codes from, and a first one is waited for.
    struct Offer {
        let secret: [UInt8]
        let until: ContinuousClock.Instant
    }

    /// More wait only when somebody plays games, and with as many right passwords.
    static let stepsAtMost = 4_096
    static let stepLifetime = Duration.seconds(300)
    static let stepTries = 5
    static let offerLifetime = Duration.seconds(600)
    private static let sweepEvery = Duration.seconds(300)

    let store: Store
    let ledger: PurposeLedger
    let work: PasswordWork
    let cost: ScryptCost
    let clock: DeskClock
    let log: EventLog
    /// What the organisation requires of planned meetings.
    let required: Set<SafetyMeasure>
    /// What is hashed with where there is no account, so that it takes as long.
    let nobody: PasswordHash
    /// The latest time that was seen, in this run or in one before.
    private var seen: WallTime
    var generator = SystemRandomNumberGenerator()
    var attempts = SignInAttempts()
    var challenges: PasskeyChallenges
    var steps: [StepToken: Step] = [:]
    var offers: [AccountID: Offer] = [:]
    var recentMeetings = RecentMeetings()

    /// A desk over a store. Tests choose a cost that takes no time, and clocks that they move.
    package init(
        _ store: Store, ledger: PurposeLedger, work: PasswordWork = PasswordWork(), cost: ScryptCost = .current,
        clock: DeskClock = .system, required: Set<SafetyMeasure> = [], log: EventLog
    ) {
        self.store = store
        self.ledger = ledger
        self.work = work
        self.cost = cost
        self.clock = clock
        self.log = log
        self.required = required
        self.seen = store.seen
        var generator = SystemRandomNumberGenerator()
        self.challenges = PasskeyChallenges(using: &generator)
        self.nobody = PasswordHash(
            cost: cost, salt: Self.bytes(PasswordHash.saltBytes, &generator),
            key: Self.bytes(PasswordHash.keyBytes, &generator))
    }

    /// Who is signed in with a token.
    package func who(_ token: SessionToken) async throws(AccountRefusal) -> SignedIn? {
        let now = self.now()
        let session = try await self.kept { store throws(StorageFailure) in try await store.session(token, now: now) }
        return session.map { session in
            SignedIn(
                token: token, account: session.account, roles: session.roles,
                isConfirmed: session.life.isConfirmed(now: now))
        }
    }

    /// Deletes what is over, now and every five minutes, until the server stops. What cannot be deleted now can be later.
    package func run() async {
        while !Task.isCancelled {
            await self.sweep()
            try? await Task.sleep(for: Self.sweepEvery)  // thrown when cancelled, which the loop sees
        }
    }

    /// Deletes what is over.
    package func sweep() async {
        let now = self.clock.instant()
        self.steps = self.steps.filter { now < $0.value.until }
        self.offers = self.offers.filter { now < $0.value.until }
        self.attempts.forget(now: now)
        self.recentMeetings.forget(now: now)
        let time = self.now()
        _ = try? await self.kept { store throws(StorageFailure) in try await store.sweep(now: time) }
    }

    /// A set-up link for the first account, if there is none; it takes the place of those printed before.
    package func setUpLink() async throws(AccountRefusal) -> LinkToken? {
        guard try await !self.kept({ store throws(StorageFailure) in try await store.hasAccounts() }) else {
            return nil
        }
        return try await self.link(.setUp, roles: .all).token
    }

    /// What the store says; its failures are a line in the log and one word to people.
    func kept<Outcome: Sendable>(
        _ work: @Sendable (Store) async throws(StorageFailure) -> Outcome
    ) async throws(AccountRefusal) -> Outcome {
        do throws(StorageFailure) {
            return try await work(self.store)
        } catch {
            self.log(.storageFailed)
            throw AccountRefusal(.failed)
        }
    }

    /// What was sealed; that it does not open is the disk's fault or somebody's who wrote on it.
    func opened<Outcome>(_ read: () throws(SealFailure) -> Outcome) throws(AccountRefusal) -> Outcome {
        do throws(SealFailure) {
            return try read()
        } catch {
            self.log(.storageFailed)
            throw AccountRefusal(.failed)
        }
    }

    /// By what things are over: where the clock was set back time stands still, and nothing comes back to life (`privacy.md`
    /// 3.2). Only what an app shows goes by the clock as it is.
    func now() -> WallTime {
        self.seen = max(self.seen, self.clock.wall())
        return self.seen
    }

    /// New and random.
    func random<ID: Identifier>(_ byteCount: Int) -> ID { .random(byteCount: byteCount, using: &self.generator) }

    static func bytes(_ count: Int, _ generator: inout SystemRandomNumberGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
