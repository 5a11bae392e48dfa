/// What of a member's state was given out last to be kept, and when that is not true any more.
struct Keeping: Sendable {
    /// What makes another state of it.
    struct Mark: Equatable, Sendable {
        let groupID: [UInt8]
        let epoch: UInt64
        let isConfirmed: Bool
        let hasOwnCommit: Bool
        let hasUnequalCode: Bool
        /// How many answers about services the person gave.
        let answers: UInt64
    }

    private var mark: Mark?
    private var news: UInt64 = 0
    private var at: UInt64 = 0
    /// The epoch for which we sent a Commit, whatever the service said to it.
    private var sent: (groupID: [UInt8], epoch: UInt64)?

    /// Names come one by one, and the tree is large: they wait a little, together.
    private static var patience: UInt64 { 1_000 }
    /// Where no epoch begins for long, as its age tells when we were there last.
    private static var renewAfter: UInt64 { 5 * 60_000 }

    /// A Commit of ours for an epoch goes out.
    mutating func committed(groupID: [UInt8], epoch: UInt64) { self.sent = (groupID, epoch) }

    /// The mark of a state in an epoch.
    func mark(groupID: [UInt8], epoch: UInt64, isConfirmed: Bool, hasUnequalCode: Bool, answers: UInt64) -> Mark {
        let hasOwnCommit = self.sent.map { $0.groupID == groupID && $0.epoch == epoch } ?? false
        return Mark(
            groupID: groupID, epoch: epoch, isConfirmed: isConfirmed, hasOwnCommit: hasOwnCommit,
            hasUnequalCode: hasUnequalCode, answers: answers)
    }

    /// Whether to give out a state. `news` counts the names and passes that came.
    func isDue(_ mark: Mark, news: UInt64, isThere: Bool, now: UInt64) -> Bool {
        if self.mark != mark { return true }
        guard isThere else { return false }
        let patience = self.news == news ? Self.renewAfter : Self.patience
        return now >= self.at + patience
    }

    /// A state was given out.
    mutating func gave(_ mark: Mark, news: UInt64, now: UInt64) {
        self.mark = mark
        self.news = news
        self.at = now
    }
}
