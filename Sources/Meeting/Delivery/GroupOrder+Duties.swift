/// Something a member has to do, and who was asked.
struct PendingDuty: Sendable {
    /// Whoever was asked, in order; after three everybody is.
    var asked: [LeafIndex] = []
    var next: ContinuousClock.Instant
}

extension GroupOrder {
    private static let askedOneByOne = 3
    /// After everybody was asked, it begins again from the first.
    private static let pause = Duration.seconds(5)
    private static let renewAfter = Duration.seconds(300)
    private static let snapshotAfterCommits = 32
    private static let snapshotAfterBytes = 1 << 20

    /// Something has to be done by then; sooner if it was due sooner.
    mutating func need(_ task: DeliveryEvent.Duty.Task, at time: ContinuousClock.Instant) {
        guard let duty = self.duties[task] else {
            self.duties[task] = PendingDuty(next: time)
            return
        }
        if duty.asked.isEmpty { self.duties[task]?.next = min(duty.next, time) }
    }

    mutating func askForSnapshot(now: ContinuousClock.Instant) {
        let load = self.log.load(behind: self.roster.snapshot?.seq ?? 0)
        guard load.commits >= Self.snapshotAfterCommits || load.bytes >= Self.snapshotAfterBytes else { return }
        self.need(.uploadSnapshot, at: now)
    }

    /// Names the next member for everything that is due: removals the nearest leaf, all else the steward
    /// (`e2ee.md` 4.3).
    mutating func askForDuties(now: ContinuousClock.Instant) {
        let tasks = self.duties.filter { $0.value.next <= now }.keys.sorted { $0.rawValue < $1.rawValue }
        for task in tasks {
            guard var duty = self.duties[task] else { continue }
            let choice = self.choice(for: task)
            let event = DeliveryEvent.duty(
                DeliveryEvent.Duty(group: self.id, epoch: self.epoch, task: task))
            if duty.asked.count < Self.askedOneByOne, let leaf = choice.first(where: { !duty.asked.contains($0) }),
                let binding = self.bindings[leaf]
            {
                duty.asked.append(leaf)
                // A tree takes longer to send than a Commit to make.
                duty.next = now + (task == .uploadSnapshot ? .seconds(5) : .seconds(1))
                self.tell([binding.connection], event)
            } else {
                duty = PendingDuty(asked: task == .uploadSnapshot ? choice : [], next: now + Self.pause)
                self.tell(choice.compactMap { self.bindings[$0]?.connection }, event)
            }
            self.duties[task] = duty
        }
    }

    private func choice(for task: DeliveryEvent.Duty.Task) -> [LeafIndex] {
        switch task {
        case .commitRemovals: self.roster.leaving.first.map(self.nearest) ?? []
        case .commitJoins, .uploadSnapshot, .emptyCommit: self.stewards
        }
    }

    /// The server's own proposal that a leaf goes.
    mutating func proposeRemoval(of leaf: LeafIndex, now: ContinuousClock.Instant) {
        guard let seat = self.roster.seats[leaf], !seat.isRemovalProposed, self.bindings[leaf] == nil,
            !self.audience.isEmpty
        else { return }
        self.roster.seats[leaf]?.isRemovalProposed = true
        let message = self.key.removal(of: leaf, from: self.id, epoch: self.epoch)
        self.number(message)
        self.log.append(.proposal, message, seq: self.seq, snapshot: self.roster.snapshot?.seq ?? 0, now: now)
        self.need(.commitRemovals, at: now)
    }

    mutating func proposeRemovalsOfLost(now: ContinuousClock.Instant) {
        let lost = self.roster.seats.filter { _, seat in
            !seat.isRemovalProposed && (seat.lostSince.map { $0 + Self.lostAfter <= now } ?? false)
        }
        for leaf in lost.keys.sorted() {
            // Who said goodbye was not lost; there is nothing to hint at.
            if lost[leaf]?.isLeaving == false, let since = lost[leaf]?.lostSince {
                let milliseconds = UInt32(clamping: (now - since).components.seconds * 1_000)
                self.tellAll(
                    .lost(DeliveryEvent.Lost(group: self.id, leaf: leaf, sinceMilliseconds: milliseconds)))
            }
            self.proposeRemoval(of: leaf, now: now)
        }
    }

    /// Time passed.
    mutating func elapse(now: ContinuousClock.Instant) {
        while let oldest = self.recent.first, oldest.at + RecentCommit.time <= now {
            self.countFaults(of: 0, isOver: true, now: now)
            if self.recent.first?.seq == oldest.seq { self.recent.removeFirst() }
        }
        if let candidate = self.candidate, candidate.next <= now { self.askAboutCandidate(now: now) }
        if !self.audience.isEmpty { self.proposeRemovalsOfLost(now: now) }
        if self.renewedAt + Self.renewAfter <= now, self.roster.seats.count > 1, !self.audience.isEmpty {
            self.need(.emptyCommit, at: now)
        }
        self.askForDuties(now: now)
    }

    /// When `elapse` has something to do, if nothing happens before.
    var deadline: ContinuousClock.Instant? {
        var times = self.duties.values.map(\.next)
        if let oldest = self.recent.first { times.append(oldest.at + RecentCommit.time) }
        if let candidate = self.candidate { times.append(candidate.next) }
        if let emptySince = self.emptySince {
            times.append(emptySince + Self.lostAfter)
        } else {
            times += self.roster.seats.values.compactMap { seat in
                seat.isRemovalProposed ? nil : seat.lostSince.map { $0 + Self.lostAfter }
            }
            if self.roster.seats.count > 1, self.duties[.emptyCommit] == nil {
                times.append(self.renewedAt + Self.renewAfter)
            }
        }
        return times.min()
    }
}
