extension Group {
    /// A group out of what was kept of it. Until a Commit of our own is in force nothing can be sealed in it.
    package init(restoring saved: SavedGroup, _ provider: Crypto) throws(E2EEError) {
        self.init(try GroupState(restoring: saved, provider))
    }

    /// What may be kept of the epoch.
    package var saved: SavedGroup {
        get throws(E2EEError) { try self.state().saved }
    }

    /// Whether the epoch is one that was kept, or followed from there: somebody may have sealed in it before, with counters
    /// that nobody knows any more.
    package var isReplayed: Bool { (try? self.state().isReplayed) ?? false }  // out: there is nothing to seal with

    /// Who we are in it.
    var identity: LeafIdentity {
        get throws(E2EEError) { try self.state().identity }
    }
}
