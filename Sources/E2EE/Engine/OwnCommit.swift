/// What a client wants to change in the group, until it is changed. A Commit that lost its race is made anew from it.
enum Intent: Equatable, Sendable {
    /// Let people in, by the hashes of their requests.
    case admit([[UInt8]])
    /// Remove the owner of a signature key; for good when `isFinal`.
    case remove([UInt8], isFinal: Bool)
    /// Change the policy.
    case policy(PolicyChange)
    /// Carry out the removals that wait.
    case removals
    /// Take services out whose owners are not here any more.
    case orphans
    /// Carry out the joins that wait.
    case joins
    /// New keys on the own path, nothing else.
    case heal
}

/// A change of the policy, apart from the epoch it is made in.
enum PolicyChange: Equatable, Sendable {
    case lock(Bool)
    case admission(Admission)
    case cohost([UInt8])
    /// Take back what made somebody a co-host.
    case noCohost([UInt8])
    /// What is switched on and off.
    case features(FeatureChange)
    /// Let nobody in by a personal link: its ticket key.
    case ticket([UInt8])
    /// Freeze admission for a comparison round, or end that.
    case comparing(Bool)
    /// Another link: the id of its invite.
    case invite([UInt8])
}

/// What somebody switches on and off. Whatever else is on stays as it is in the epoch that it is made in: there somebody else may
/// have switched other things meanwhile.
struct FeatureChange: Equatable, Sendable {
    /// Everything that was to be on, as the person saw it.
    let wanted: FeatureSet
    let on: FeatureSet
    let off: FeatureSet

    /// From what is on to what is wanted, behind changes of our own that are under way.
    init(to wanted: FeatureSet, from now: FeatureSet, behind changes: [FeatureChange]) {
        var (on, off) = (wanted.subtracting(now), now.subtracting(wanted))
        for change in changes {
            on.formUnion(change.off.intersection(wanted))
            off.formUnion(change.on.subtracting(wanted))
        }
        self.wanted = wanted
        // What this client has no name for is not its to switch.
        self.on = on.intersection(.known)
        self.off = off.intersection(.known)
    }

    func applied(to features: FeatureSet) -> FeatureSet { features.subtracting(self.off).union(self.on) }
}

/// A Commit of ours that waits for its place in the order.
struct InFlight<Crypto: CryptoProvider>: ~Copyable, Sendable {
    let intent: Intent
    /// The MLSMessage, by which it is known again in the order.
    let message: [UInt8]
    let pending: PendingCommit<Crypto>
    /// By which an answer of the service belongs to it.
    let number: UInt64

    init(_ intent: Intent, message: [UInt8], _ number: UInt64, pending: consuming PendingCommit<Crypto>) {
        self.intent = intent
        self.number = number
        self.message = message
        self.pending = pending
    }
}

/// A Commit by which we join, until it stands in the order.
struct JoinInFlight<Crypto: CryptoProvider>: ~Copyable, Sendable {
    let kind: JoinKind
    let message: [UInt8]
    let join: ExternalJoin<Crypto>
    /// By which an answer of the service belongs to it.
    let number: UInt64
    /// It was taken, and comes back in the order by then, unless it got lost.
    var arrivesBy: UInt64?

    init(_ kind: JoinKind, message: [UInt8], _ number: UInt64, join: consuming ExternalJoin<Crypto>) {
        self.kind = kind
        self.number = number
        self.message = message
        self.join = join
    }
}
