/// Who was in with us in a group that the service forgot, and what was switched there (`docs/decisions/0017`). They come in again
/// without being asked for once we founded the next group, each once, and for a while only.
struct Regathering: Sendable {
    /// Somebody who was in.
    private struct Awaited: Sendable {
        let key: [UInt8]
        /// Milliseconds of our clock; nothing before a group was founded after theirs.
        var until: UInt64?
    }

    private var awaited: [Awaited] = []
    /// Keys that were put out for good, the newest last: the next group begins with them.
    private(set) var out: [[UInt8]]
    /// The group that we founded for them.
    private(set) var groupID: [UInt8]?
    /// As it was, or as the person wanted it.
    private var isLocked: Bool
    private var admission: Admission
    private var features: FeatureSet
    /// Until then the door stands for those who come back.
    private var closesAt: UInt64 = 0

    /// More no meeting has; the oldest wait no longer then.
    private static var awaitedMax: Int { 512 }
    /// Milliseconds after which somebody who comes back is a newcomer.
    static var patience: UInt64 { 600_000 }
    /// Milliseconds after which a door that was shut is shut again, whoever is missing.
    static var shutAfter: UInt64 { 30_000 }

    /// Of a group with this policy, in which these keys were in and those had been put out.
    init(_ policy: MeetingPolicy, _ keys: [[UInt8]], out: [[UInt8]]) {
        self.out = out
        self.isLocked = policy.flags.contains(.locked)
        self.admission = policy.admission
        self.features = policy.features
        for key in keys { self.awaited.append(Awaited(key: key, until: nil)) }
        self.limit()
    }

    private mutating func limit() {
        if self.awaited.count > Self.awaitedMax { self.awaited.removeFirst(self.awaited.count - Self.awaitedMax) }
    }

    /// The group before this one was forgotten too, before all were back or its door was shut: they have no longer than they had.
    mutating func goOn(from before: Regathering) {
        let keys = Set(self.awaited.map { $0.key })
        self.awaited.insert(contentsOf: before.awaited.filter { !keys.contains($0.key) }, at: 0)
        self.limit()
        self.out = before.out.filter { !self.out.contains($0) } + self.out
        if before.isLocked { self.isLocked = true }
        if before.admission == .closed { self.admission = .closed }
    }

    /// What the person wanted when the group went counts as done.
    mutating func follow(_ change: PolicyChange) {
        switch change {
        case .lock(let isLocked): self.isLocked = isLocked
        case .admission(let admission): self.admission = admission
        case .features(let change): self.features = change.applied(to: self.features)
        default: break
        }
    }

    /// We founded the next group. What is to be switched in it at once: a door that was shut opens first for those who come back.
    mutating func begin(_ groupID: [UInt8], _ policy: MeetingPolicy, now: UInt64) -> [PolicyChange] {
        self.groupID = groupID
        self.closesAt = now + Self.shutAfter
        for index in self.awaited.indices where self.awaited[index].until == nil {
            self.awaited[index].until = now + Self.patience
        }
        var changes: [PolicyChange] = []
        // Nobody else comes in by themselves meanwhile.
        let admission = self.admission == .closed ? .waiting : self.admission
        if policy.admission != .closed, policy.admission != admission { changes.append(.admission(admission)) }
        let features = self.features.intersection(policy.descriptor.featuresMax)
        let change = FeatureChange(to: features, from: policy.features, behind: [])
        if change.applied(to: policy.features) != policy.features { changes.append(.features(change)) }
        return changes
    }

    /// What is to be shut now, once.
    mutating func shut(_ policy: MeetingPolicy, now: UInt64) -> [PolicyChange] {
        guard self.awaited.isEmpty || now >= self.closesAt else { return [] }
        var changes: [PolicyChange] = []
        if self.isLocked, !policy.flags.contains(.locked) { changes.append(.lock(true)) }
        if self.admission == .closed, policy.admission != .closed { changes.append(.admission(.closed)) }
        self.leaveDoor()
        return changes
    }

    /// The person says how the door is to stand.
    mutating func leaveDoor() {
        self.isLocked = false
        if self.admission == .closed { self.admission = .waiting }
    }

    /// Whether somebody may come back without being asked for.
    func awaits(_ key: [UInt8]) -> Bool { self.groupID != nil && self.awaited.contains { $0.key == key } }

    /// They are in, or are not to come back by themselves.
    mutating func forget(_ keys: Set<[UInt8]>) { self.awaited.removeAll { keys.contains($0.key) } }

    /// Whoever stayed away for too long is a newcomer.
    mutating func expire(now: UInt64) { self.awaited.removeAll { $0.until.map { now >= $0 } ?? false } }

    /// Nobody is awaited any more, and nothing is left to shut.
    var isOver: Bool { self.awaited.isEmpty && !self.isLocked && self.admission != .closed }
}
