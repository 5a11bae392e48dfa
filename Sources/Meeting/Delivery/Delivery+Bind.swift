extension Delivery {
    /// Whose signature a `Bind` has to carry.
    private enum Holder {
        /// A host that has no leaf yet.
        case guest(Chain)
        /// A founder whose group is not there yet.
        case founder(LeafKey)
        /// Whoever holds an occupied leaf.
        case member(LeafKey)

        var key: LeafKey {
            switch self {
            case .guest(let chain): chain.subject
            case .founder(let key), .member(let key): key
            }
        }
    }

    /// A connection shows that it holds a leaf, and by certificate what its holder may do (`e2ee.md` 5). A host that has
    /// no leaf yet shows its chain with `LeafIndex.none`, and may fetch the tree then. Whoever became a co-host since shows
    /// the chain that says so in a second one; whoever was taken for lost shows the leaf they had.
    mutating func bind(
        _ bind: DeliveryCommand.Bind, _ request: UInt32, _ connection: ConnectionID, now: ContinuousClock.Instant,
        unixSeconds: UInt64
    ) throws(DeliveryFailure) {
        guard let line = self.lines[connection] else { throw .denied }
        guard self.lines[connection]?.binds.take(now: now) ?? false else { throw .rate }
        if let key = self.lostKey(bind, line.challenge) {
            // Told as what it is: the leaf is gone. What was shown counts all the same.
            self.lines[connection]?.returning = key
            self.comeCloser(connection, needsPlace: true)
            throw .gone
        }
        let holder: Holder
        do throws(DeliveryFailure) {
            holder = try self.holder(for: bind, connection)
        } catch {
            if error == .unknownGroup { self.settleWithoutGroup(bind, line.challenge, connection, unixSeconds) }
            throw error
        }
        let standing = try self.standing(bind, of: holder.key, line.challenge, unixSeconds)
        let person = standing?.person ?? self.lines[connection]?.standing?.person ?? self.people[holder.key]
        if let standing { self.lines[connection]?.standing = standing }
        let keys = [holder.key] + (standing?.keys ?? [])
        let binding = GroupBinding(connection: connection, standing: standing, keys: keys, person: person)
        switch holder {
        case .guest:
            if let standing { self.comeCloser(connection, needsPlace: !standing.isCertified) }
            self.reply(.ok, to: request, on: connection)
        case .founder: self.bindFounder(binding, request, now: now)
        case .member:
            if let person { self.people.note(person, of: holder.key) }
            self.groups[bind.group]?.bind(bind.leaf, binding, now: now)
            // A leaf that is still in some group opens no door to somebody who was put out.
            if !self.isOut(holder.key) { self.comeCloser(connection, needsPlace: bind.group != self.main) }
            self.reply(.ok, to: request, on: connection)
            guard bind.group == self.main else { return }
            // It may have lost what it knew of those who wait.
            self.lines[connection]?.knocksTold = 0
            self.tellOfWaiting(now: now)
        }
    }

    /// A group that is forgotten, as after a restart, takes nothing from a chain: whoever shows one owes no passcode, and may
    /// read that the group is.
    private mutating func settleWithoutGroup(
        _ bind: DeliveryCommand.Bind, _ challenge: [UInt8], _ connection: ConnectionID, _ unixSeconds: UInt64
    ) {
        guard let key = bind.chain?.subject else { return }
        do throws(DeliveryFailure) {
            guard let standing = try self.standing(bind, of: key, challenge, unixSeconds) else { return }
            self.comeCloser(connection, needsPlace: !standing.isCertified)
        } catch {
            // A chain that does not hold settles nothing.
        }
    }

    /// Whose key a `Bind` shows, if it is of somebody who had this leaf of the meeting's own group and was taken for lost.
    private func lostKey(_ bind: DeliveryCommand.Bind, _ challenge: [UInt8]) -> LeafKey? {
        guard bind.leaf != .none, bind.group == self.main, let group = self.groups[bind.group] else { return nil }
        return group.lost.keys(at: bind.leaf).first { key in
            !self.isOut(key) && group.roster.seats[bind.leaf]?.key != key
                && LabelledSignature.verify(
                    bind.signature, of: challenge + bind.group.bytes, label: "bind", key: key)
        }
    }

    /// Whether a connection may come in by itself: by what it is, or as somebody who was in, is lost, and is not back yet.
    func mayJoin(_ connection: ConnectionID) -> Bool {
        guard let line = self.lines[connection] else { return false }
        if line.mayJoin { return true }
        guard line.gate != .stranger, let key = line.returning, !self.isOut(key), let main = self.main else {
            return false
        }
        return self.groups[main]?.lost.contains(key) ?? false
    }

    private func holder(
        for bind: DeliveryCommand.Bind, _ connection: ConnectionID
    ) throws(DeliveryFailure) -> Holder {
        if bind.leaf == .none {
            guard bind.group.bytes.isEmpty, let chain = bind.chain else { throw .malformed }
            return .guest(chain)
        }
        if let claim = self.founding.claims[connection], claim.group == bind.group {
            guard claim.creator.leaf == bind.leaf else { throw .denied }
            return .founder(claim.creator.key)
        }
        guard let group = self.groups[bind.group] else { throw .unknownGroup }
        guard let seat = group.roster.seats[bind.leaf] else { throw .denied }
        return .member(seat.key)
    }

    /// Nil without a chain; a chain or a signature that does not hold is refused, so that nobody is by mistake less than
    /// what it meant to show. Whose host was put out, or withdrew what made them a co-host, is a member like others, and not
    /// to be sent away: an honest client may not have heard of it.
    private func standing(
        _ bind: DeliveryCommand.Bind, of key: LeafKey, _ challenge: [UInt8], _ unixSeconds: UInt64
    ) throws(DeliveryFailure) -> Standing? {
        let signed = challenge + bind.group.bytes
        guard LabelledSignature.verify(bind.signature, of: signed, label: "bind", key: key) else { throw .denied }
        guard let chain = bind.chain else { return nil }
        guard chain.subject == key, let descriptor = self.meeting.descriptor, !self.isOut(key),
            descriptor.meeting == self.meeting.id, descriptor.instance == self.meeting.instance,
            let standing = chain.standing(under: descriptor, unixSeconds: unixSeconds)
        else { throw .denied }
        if let person = standing.person, self.isRevoked(person) { throw .denied }
        return self.isWithdrawn(standing) || standing.keys.contains(where: self.isOut) ? nil : standing
    }

    /// Whoever has a leaf or a certificate is no newcomer, wherever they come from.
    private mutating func comeCloser(_ connection: ConnectionID, needsPlace: Bool) {
        if self.lines[connection]?.owesPasscode == true {
            self.pass(connection)
            self.effects.append(.settled(connection, needsPlace: needsPlace))
        }
        guard self.lines[connection]?.gate == .stranger else { return }
        self.lines[connection]?.gate = self.meeting.gate
    }
}
