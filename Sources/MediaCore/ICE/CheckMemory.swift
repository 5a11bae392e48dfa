/// The checks that were authentic lately: a check that somebody recorded is as authentic as it ever was, and must not
/// prove for ever that its sender lives, nor nominate where he is not. Bounded: at the browsers' pace of a check every
/// two seconds it looks back over four minutes, and what is older than that speaks under credentials that a restart
/// may have replaced. Only authentic checks enter, so nobody else can push them out.
struct CheckMemory {
    /// What a check is, judged by its transaction alone.
    enum Verdict {
        /// Never seen.
        case fresh
        /// The same again from the same place within seconds: the network, or a retransmission.
        case repeated
        /// Seen before from another place.
        case elsewhere
        /// Too old to be a retransmission.
        case stale
    }

    private struct Entry {
        var transaction: STUNTransactionID
        var path: PathKey
        var firstSeen: MediaTime
    }

    private var entries: [Entry] = []
    private var oldest = 0

    /// Judges an authentic check and remembers it when it is fresh.
    mutating func judge(_ transaction: STUNTransactionID, on path: PathKey, now: MediaTime) -> Verdict {
        if let known = self.entries.first(where: { $0.transaction == transaction }) {
            if now > known.firstSeen + EndpointLimits.checkRepetition { return .stale }
            return known.path == path ? .repeated : .elsewhere
        }
        let entry = Entry(transaction: transaction, path: path, firstSeen: now)
        if self.entries.count < EndpointLimits.rememberedChecks {
            self.entries.append(entry)
        } else {
            self.entries[self.oldest] = entry
            self.oldest = (self.oldest + 1) % EndpointLimits.rememberedChecks
        }
        return .fresh
    }
}
