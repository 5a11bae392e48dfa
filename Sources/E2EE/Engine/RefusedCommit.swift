/// A Commit that we refused and others may follow (`e2ee.md` 5, rule 6): the service takes it back, or we look for a
/// new place.
struct RefusedCommit: Sendable {
    /// When a new place is looked for, unless it was taken back before.
    let resyncAt: UInt64
    /// It waits for us alone, perhaps: the others may be in its epoch.
    var isBehind: Bool
}
