/// What somebody who goes on from a kept state knows of the time before (`e2ee.md` 4.4, restored).
struct Restoring: Sendable {
    /// The state said that this is the right group. What is read again in the log makes it no truer: a server may have kept the
    /// end of it back.
    var isConfirmed = false
    /// By how much our beacons are ahead of this process's clock, which may have begun anew.
    var clockAhead: UInt64 = 0
    /// The epoch that the group is in by what joiners are told too.
    var agreed: UInt64?
    /// When that was asked.
    var askedAt: UInt64?
    /// Since when the service could have told us everything.
    var since: UInt64?

    /// Nothing was kept.
    init() {}

    /// From what was kept, at this moment of this process's clock.
    init(_ saved: SavedState, now: EngineTime) {
        self.isConfirmed = saved.isConfirmed
        // Beacons went on after it was saved, for no longer than until now.
        let passed = now.unix - min(now.unix, saved.savedAt)
        let then = saved.beaconClock.addingReportingOverflow(passed + Self.margin)
        guard !then.overflow, then.partialValue < 1 << 62 else { return }
        self.clockAhead = then.partialValue - min(then.partialValue, now.monotonic)
    }

    /// A state may be five minutes old while beacons went on, and the clock on the wall may have been set back since. Ours only
    /// has to rise.
    private static var margin: UInt64 { 301_000 }
}
