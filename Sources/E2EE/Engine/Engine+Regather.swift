/// Going on after the service was started anew, or says that it was (`docs/decisions/0017`): whoever founds the next group lets
/// those in again who were in the last one.
extension Engine {
    /// Who is to come back by themselves: everybody whom we saw in a group that was proven to us, but for those who said goodbye,
    /// and those whom somebody wanted out, by a Commit or not yet.
    mutating func remembered() -> Regathering? {
        // Whom the person wanted out is not let in anew, and for good means in the next group too; so with a personal link.
        switch self.inFlight?.intent {
        case .remove?, .policy(.ticket)?: self.requeue()
        default: break
        }
        guard self.wasLive, let place = self.place, place.own.rights.contains(.admit) else { return self.regathering }
        guard let waiting = try? self.group?.proposals else { return nil }
        var gone = Set(self.putOut.keys(of: place.groupID))
        for item in waiting where item.proposal.type == .selfRemove {
            if let key = item.affectedLeaf.flatMap({ place.key(of: $0) }) { gone.insert(key) }
        }
        var changes: [PolicyChange] = []
        var intents = self.intents
        if let flight = self.inFlight?.intent { intents.insert(flight, at: 0) }
        for intent in intents {
            switch intent {
            case .remove(let key, _), .policy(.ticket(let key)): gone.insert(key)
            case .policy(let change): changes.append(change)
            default: break
            }
        }
        var keys: [[UInt8]] = []
        for occupant in place.meeting.occupants where occupant.index != place.ownLeaf && !occupant.isService {
            let names = [occupant.key] + (occupant.profile?.chain?.certificates.map { $0.subjectKey } ?? [])
            guard !names.contains(where: { gone.contains($0) || place.policy.isOut($0) }) else { continue }
            keys.append(occupant.key)
        }
        var next = Regathering(place.policy, keys, out: self.keysOut(place))
        if var before = self.regathering, before.groupID == place.groupID {
            before.forget(gone)
            next.goOn(from: before)
        }
        for change in changes { next.follow(change) }
        // They are done when the door is: a lock that comes at once would lock out whoever comes back.
        self.intents.removeAll { intent in
            switch intent {
            case .policy(.lock), .policy(.admission), .policy(.features): true
            default: false
            }
        }
        return next
    }

    /// Whom anybody put out of a group for good, as its policy says and as we saw it.
    private func keysOut(_ place: Place<Crypto>) -> [[UInt8]] {
        let listed = place.policy.revoked.filter { $0.scope == .out }.map { $0.key }
        return self.putOut.keys(of: place.groupID).filter { !listed.contains($0) } + listed
    }

    /// The policy of a group that we found: whoever was put out of the one that the service forgot is out of this one too, with
    /// the personal link they came by. Of more than a list holds the newest.
    func policy(founding descriptor: MeetingDescriptor, _ access: Access, generation: UInt32) -> MeetingPolicy {
        var policy = MeetingPolicy(first: descriptor, inviteID: access.invite.identifier, passGeneration: generation)
        let own = [self.identity?.signaturePublicKey ?? []] + (self.chain?.certificates.map { $0.subjectKey } ?? [])
        let out = (self.regathering?.out ?? []).filter { !own.contains($0) }
        policy.revoked = out.suffix(MeetingPolicy.revokedMax).map { Revocation(key: $0, scope: .out) }
        return policy
    }

    /// We founded the next group.
    mutating func regather(now: EngineTime) {
        guard let place = self.place,
            let changes = self.regathering?.begin(place.groupID, place.policy, now: now.monotonic)
        else { return }
        for change in changes { self.want(.policy(change)) }
    }

    /// Another group than the one that we founded is somebody else's to fill.
    mutating func keepRegathering(in groupID: [UInt8], isFounder: Bool) {
        if !isFounder, self.regathering?.groupID != groupID { self.regathering = nil }
    }

    /// Shuts the door again when everybody is back, or it took too long.
    mutating func elapseRegathering(now: EngineTime) {
        guard var regathering = self.regathering, let place = self.place, regathering.groupID == place.groupID else {
            return
        }
        regathering.expire(now: now.monotonic)
        let changes = regathering.shut(place.policy, now: now.monotonic)
        self.regathering = regathering.isOver ? nil : regathering
        for change in changes {
            // The person hears of a door that cannot be shut again.
            if case .lock = change { self.wishes.make(.policy(change), .lock(true), now: now.monotonic) }
            self.want(.policy(change))
        }
    }

    /// Whoever is in is awaited no more.
    mutating func arrived(_ place: Place<Crypto>) {
        guard self.regathering != nil else { return }
        self.regathering?.forget(Set(place.meeting.occupants.map { $0.key }))
    }

    /// Whether somebody who knocks was in the group that the service forgot, by the same key, and has not come back yet.
    func isAwaited(_ knock: LobbyKnock) -> Bool {
        let leafNode = knock.keyPackage.leafNode
        guard let place = self.place, let regathering = self.regathering, regathering.groupID == place.groupID,
            knock.isFromLink, BeraadLeaf(of: leafNode)?.service == nil,
            !place.policy.flags.contains(.locked), place.policy.admission != .closed
        else { return false }
        return regathering.awaits(leafNode.signatureKey)
    }

    /// Whoever comes in without being asked for, many in one Commit.
    mutating func wantBack(_ hash: [UInt8]) {
        for (index, intent) in self.intents.enumerated() {
            guard case .admit(let hashes) = intent, hashes.count < WaitingRoom.addsMax,
                hashes.allSatisfy({ self.waitingRoom[$0]?.isUnasked == true })
            else { continue }
            if !hashes.contains(hash) { self.intents[index] = .admit(hashes + [hash]) }
            return
        }
        self.want(.admit([hash]))
    }

    /// Who waits, for the person to see: not who comes in anyway.
    var shownWaiting: [LobbyEntry] {
        self.waitingRoom.entries.filter { entry in
            guard let guest = self.waitingRoom[entry.requestHash], guest.isUnasked else { return true }
            return !self.isAwaited(guest.knock)
        }
    }
}
