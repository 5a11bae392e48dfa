internal import Wire

/// A joiner's own Commit that a member judges before it counts (`e2ee.md` 5, rule 2).
struct PendingCandidate: Sendable {
    /// How long one member may think.
    static let patience = Duration.seconds(1)
    static let judgesAtMost = 8

    let connection: ConnectionID
    /// The question that is answered when it is judged.
    let request: UInt32
    let commit: DeliveryCommand.Commit
    let number: UInt64
    var asked: [LeafIndex] = []
    var next: ContinuousClock.Instant
}

extension GroupOrder {
    /// Asks the steward about a joiner's Commit. One at a time: whoever comes meanwhile proposes instead, and is added
    /// together with others (`e2ee.md` 4.3).
    mutating func consider(
        _ commit: DeliveryCommand.Commit, from connection: ConnectionID, request: UInt32,
        standing: Standing?, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        guard try Self.head(of: commit).sender == .newMemberCommit else { throw .denied }
        try self.mayCommit(commit, connection, now: now)
        // It adds itself, and at most takes its own old leaf away.
        guard commit.added.count == 1, commit.removed.count <= 1, commit.welcome.isEmpty,
            commit.added[0].reference.bytes.isEmpty
        else { throw .malformed }
        guard !self.blocked.contains(commit.added[0].key),
            !(self.leaves[connection].map(self.isBlocked) ?? false),
            commit.removed.allSatisfy({ self.mayReplace($0, connection, standing) })
        else { throw .denied }
        guard self.candidate == nil else { throw .conflict }
        self.candidates += 1
        let candidate = PendingCandidate(
            connection: connection, request: request, commit: commit, number: self.candidates, next: now)
        // Nobody judges itself: a host may have lost its state, and its connection still hold its old leaf.
        guard self.stewards.allSatisfy({ self.bindings[$0]?.connection == connection }) else {
            self.candidate = candidate
            return self.askAboutCandidate(now: now)
        }
        // Nobody is here to judge. A host that comes back to an empty meeting does not wait for it to be forgotten;
        // whoever comes back later judges its Commit all the same.
        guard standing?.isCertified ?? false else { throw .gone }
        self.accept(candidate, now: now)
    }

    /// Asks the next steward. When all were asked nobody has judged, and the joiner tries again later.
    mutating func askAboutCandidate(now: ContinuousClock.Instant) {
        guard var candidate = self.candidate else { return }
        guard candidate.asked.count < PendingCandidate.judgesAtMost,
            let judge = self.stewards.first(where: { leaf in
                !candidate.asked.contains(leaf) && self.bindings[leaf]?.connection != candidate.connection
            }), let binding = self.bindings[judge]
        else { return self.refuseCandidate(.gone) }
        candidate.asked.append(judge)
        candidate.next = now + PendingCandidate.patience
        self.candidate = candidate
        self.tell(
            [binding.connection],
            .candidate(
                DeliveryEvent.Candidate(group: self.id, seq: candidate.number, message: candidate.commit.commit)))
    }

    /// A judgement. Whoever was asked may answer, also when the next was asked meanwhile: the first word counts.
    mutating func judge(
        _ verdict: DeliveryCommand.Ack.Verdict, _ number: UInt64, by leaf: LeafIndex, now: ContinuousClock.Instant
    ) {
        guard let candidate = self.candidate, candidate.number == number, candidate.asked.contains(leaf) else {
            return  // Too late, or nobody asked.
        }
        guard verdict == .ok else { return self.refuseCandidate(.denied) }
        self.candidate = nil
        self.accept(candidate, now: now)
    }

    private mutating func accept(_ candidate: PendingCandidate, now: ContinuousClock.Instant) {
        let reply = DeliveryEvent.ok.frame(request: candidate.request)
        self.effects.append(.send([candidate.connection], reply))
        // It hears of its own Commit although it holds no leaf before it binds.
        let isBound = self.leaves[candidate.connection] != nil
        self.order(
            candidate.commit, committer: candidate.commit.added[0].key, leaf: nil, joiner: candidate.connection,
            now: now)
        guard !isBound else { return }
        let event = DeliveryEvent.Ordered(
            group: self.id, seq: self.roster.beganAt, message: candidate.commit.commit)
        self.tell([candidate.connection], .ordered(event))
    }

    mutating func refuseCandidate(_ failure: DeliveryFailure) {
        guard let candidate = self.candidate else { return }
        self.candidate = nil
        let reply = DeliveryEvent.failed(failure).frame(request: candidate.request)
        self.effects.append(.send([candidate.connection], reply))
    }
}
