internal import Wire

extension Delivery {
    /// A Commit: of a member, ordered at once; of a joiner, judged first.
    mutating func commit(
        _ commit: DeliveryCommand.Commit, _ request: UInt32, _ connection: ConnectionID,
        now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        let id = commit.group
        guard self.groups[id] != nil else { throw .unknownGroup }
        switch try GroupOrder.head(of: commit).sender {
        case .member:
            try Self.inGroup(try self.groups[id]?.commit(commit, from: connection, now: now))
            self.reply(.ok, to: request, on: connection)
            self.collect(id)
            self.release(commit, in: id)
        case .newMemberCommit:
            // A member that lost its state comes back this way as well.
            let isMember = self.groups[id]?.leaves[connection] != nil
            guard isMember || self.mayJoin(connection) else { throw .denied }
            guard self.lines[connection]?.joins.take(now: now) ?? false else { throw .rate }
            let standing = self.lines[connection]?.standing
            try Self.inGroup(
                try self.groups[id]?.consider(
                    commit, from: connection, request: request, standing: standing, now: now))
        case .external, .newMemberProposal: throw .denied
        }
    }

    /// The Welcome goes to whom it is for, now that its Commit has won, and to nobody else (`e2ee.md` 5, rule 3).
    private mutating func release(_ commit: DeliveryCommand.Commit, in id: GroupID) {
        if self.spent.count + commit.added.count > Self.spentAtMost { self.spent = [] }
        self.spent.formUnion(commit.added.map(\.reference))
        guard !commit.welcome.isEmpty, let seq = self.groups[id]?.roster.beganAt else { return }
        for added in commit.added {
            guard let connection = self.welcomes.removeValue(forKey: added.reference) else { continue }
            self.lines[connection]?.references.remove(added.reference)
            let knock = self.lobby.knocks[connection].flatMap { $0.reference == added.reference ? $0 : nil }
            if knock != nil { self.lobby.forget(connection) }
            let welcome = DeliveryEvent.Welcome(message: commit.welcome, seq: seq, reference: added.reference)
            self.lines[connection]?.admission = Line.Admission(group: id, welcome: welcome, request: knock?.hash)
            self.effects.append(.send([connection], DeliveryEvent.welcome(welcome).frame(request: 0)))
            self.groups[id]?.noteWelcome(connection, to: added.leaf)
        }
    }

    mutating func propose(
        _ message: [UInt8], _ connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        guard let head = try? MLSHead(message.rawSpan) else { throw .malformed }
        let id = GroupID(head.groupID)
        guard self.groups[id] != nil else { throw .unknownGroup }
        let isMember = self.groups[id]?.leaves[connection] != nil
        // Only a joiner's proposals cost from its own store; a member's are few by epoch.
        if !isMember {
            guard self.mayJoin(connection) else { throw .denied }
            guard self.lines[connection]?.joins.take(now: now) ?? false else { throw .rate }
        }
        let mayJoin = self.mayJoin(connection)
        try Self.inGroup(
            try self.groups[id]?.propose(message, head, from: connection, mayJoin: mayJoin, now: now))
    }

    mutating func app(
        _ app: DeliveryCommand.App, _ connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        guard let head = try? MLSHead(app.message.rawSpan) else { throw .malformed }
        try Self.inGroup(try self.groups[GroupID(head.groupID)]?.app(app, head, from: connection, now: now))
    }
}
