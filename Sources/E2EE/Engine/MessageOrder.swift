/// Which message of a group comes next (`e2ee.md` 5). The connection keeps its order, so a number that is skipped was lost
/// on the way here: then the log is fetched, and what comes meanwhile is ignored, for the log has it.
struct MessageOrder: Sendable {
    /// What to do with a message.
    enum Turn: Equatable, Sendable {
        /// It is the next one, or one without a number of its own.
        case now
        /// It came before.
        case past
        /// Something before it is missing.
        case early
    }

    /// The next number; nothing before we are in the order at all.
    private(set) var next: UInt64?
    /// The first number behind the last Commit that was applied: from here the log can be read again.
    private(set) var safe: UInt64 = 0
    /// Since when something is missing.
    private(set) var missingSince: UInt64?
    /// When the log was asked for.
    var askedAt: UInt64?
    /// How often the log was read to its end without a new epoch in it.
    private var vainReadings = 0

    /// Reading the log does not help.
    var isFutile: Bool { self.vainReadings >= 3 }

    /// Something is missing, and nothing but the log helps.
    var isBehind: Bool { self.missingSince != nil }

    /// Starts behind a message, which began the epoch we are in.
    mutating func start(after sequence: UInt64) {
        self.next = sequence &+ 1
        self.safe = sequence &+ 1
        self.missingSince = nil
        self.askedAt = nil
        self.vainReadings = 0
    }

    /// Not in any order any more.
    mutating func stop() { self = MessageOrder() }

    /// Where a live message stands. Messages without a number of their own carry that of the last one that has one.
    func turn(of sequence: UInt64, isNumbered: Bool) -> Turn {
        guard let next = self.next, !self.isBehind else { return .past }
        if sequence == next { return .now }
        if sequence > next { return .early }
        return !isNumbered && sequence &+ 1 == next ? .now : .past
    }

    /// A message with a number was taken.
    mutating func took(_ sequence: UInt64) { if sequence == self.next { self.next = sequence &+ 1 } }

    /// A Commit was applied: what came before is of no use to anybody here any more.
    mutating func applied(_ sequence: UInt64) {
        self.safe = max(self.safe, sequence &+ 1)
        self.vainReadings = 0
    }

    /// Something is missing; reading starts over behind the last Commit.
    mutating func fallBehind(now: UInt64) {
        guard self.next != nil else { return }
        if self.missingSince == nil { self.missingSince = now }
        self.next = self.safe
        self.askedAt = nil
    }

    /// The log was read up to its end.
    mutating func caughtUp(next: UInt64) {
        self.vainReadings += 1
        self.next = max(self.next ?? 0, next)
        self.missingSince = nil
        self.askedAt = nil
    }

    /// A part of the log was read, and there is more.
    mutating func continues(at next: UInt64) {
        self.next = max(self.next ?? 0, next)
        self.askedAt = nil
    }
}
