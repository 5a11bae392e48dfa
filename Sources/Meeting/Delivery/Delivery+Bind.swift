extension Delivery {
    /// A connection shows that it holds a leaf, and by certificate what its holder may do (`e2ee.md` 5). A host that has
    /// no leaf yet shows its chain with `LeafIndex.none`, and may fetch the tree then.
    mutating func bind(
        _ bind: DeliveryCommand.Bind, _ request: UInt32, _ connection: ConnectionID, now: ContinuousClock.Instant,
        unixSeconds: UInt64
    ) throws(DeliveryFailure) {
        guard let line = self.lines[connection], line.gate != .stranger else { throw .denied }
        guard self.lines[connection]?.binds.take(now: now) ?? false else { throw .rate }
        guard let key = try self.key(for: bind, connection) else {
            guard let chain = bind.chain else { throw .malformed }
            let standing = try self.standing(chain, of: chain.subject, bind, line.challenge, unixSeconds)
            self.lines[connection]?.standing = standing
            return self.reply(.ok, to: request, on: connection)
        }
        let standing = try self.standing(bind.chain, of: key, bind, line.challenge, unixSeconds)
        if let standing { self.lines[connection]?.standing = standing }
        let keys = [key] + (bind.chain?.certificates.map(\.subject) ?? [])
        let binding = GroupBinding(connection: connection, standing: standing, keys: keys)
        guard self.groups[bind.group]?.roster.seats[bind.leaf]?.key == key else {
            return self.bindFounder(binding, request, now: now)
        }
        self.groups[bind.group]?.bind(bind.leaf, binding)
        self.lines[connection]?.welcome = nil
        self.reply(.ok, to: request, on: connection)
        if bind.group == self.main { self.tellOfWaiting(connection) }
    }

    /// The key that has to sign; nil for a host without a leaf.
    private func key(
        for bind: DeliveryCommand.Bind, _ connection: ConnectionID
    ) throws(DeliveryFailure) -> LeafKey? {
        if bind.leaf == .none {
            guard bind.group.bytes.isEmpty else { throw .malformed }
            return nil
        }
        if let claim = self.founding.claims[connection], claim.key.group == bind.group {
            guard claim.creator.leaf == bind.leaf, claim.binding == nil else { throw .denied }
            return claim.creator.key
        }
        guard let group = self.groups[bind.group] else { throw .unknownGroup }
        guard let seat = group.roster.seats[bind.leaf] else { throw .denied }
        return seat.key
    }

    /// Nil without a chain; a chain or a signature that does not hold is refused, so that nobody is by mistake less than
    /// what it meant to show.
    private func standing(
        _ chain: Chain?, of key: LeafKey, _ bind: DeliveryCommand.Bind, _ challenge: [UInt8], _ unixSeconds: UInt64
    ) throws(DeliveryFailure) -> Standing? {
        let signed = challenge + bind.group.bytes
        guard LabelledSignature.verify(bind.signature, of: signed, label: "bind", key: key) else { throw .denied }
        guard let chain else { return nil }
        guard chain.subject == key, let descriptor = self.meeting.descriptor,
            descriptor.meeting == self.meeting.id, descriptor.instance == self.meeting.instance,
            let standing = chain.standing(under: descriptor, unixSeconds: unixSeconds)
        else { throw .denied }
        return standing
    }
}
