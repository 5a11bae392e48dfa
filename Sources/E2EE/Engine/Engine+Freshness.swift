internal import Wire

/// Signs of life, and how old they are (`e2ee.md` 11, `docs/decisions/0010`).
extension Engine {
    /// A Beacon: the same epoch, the same transcript, the same number of people, and a clock that goes on.
    mutating func proved(_ body: [UInt8], by leaf: UInt32, _ key: [UInt8], _ place: Place<Crypto>, now: EngineTime) {
        guard let beacon = Beacon(read: body) else { return self.report(.app, leaf: leaf) }
        guard self.agrees(beacon, by: leaf, key, place) else { return }
        self.proof.sign(beacon.monotonicMilliseconds, by: key, place.witness(leaf), now: now.monotonic)
    }

    /// A Beacon that answers questions; those of others are theirs.
    mutating func gotResponse(
        _ body: [UInt8], by leaf: UInt32, _ key: [UInt8], _ place: Place<Crypto>, now: EngineTime
    ) {
        guard let response = FreshnessResponse(read: body) else { return self.report(.app, leaf: leaf) }
        let beacon = response.beacon
        guard self.agrees(beacon, by: leaf, key, place) else { return }
        let isOurs = self.proof.answer(
            response.nonces, beacon.monotonicMilliseconds, by: key, place.witness(leaf),
            now: now.monotonic)
        // Late, or for a question that we do not remember: then it is a Beacon like any other.
        if !isOurs { self.proof.sign(beacon.monotonicMilliseconds, by: key, place.witness(leaf), now: now.monotonic) }
    }

    private mutating func agrees(
        _ beacon: Beacon, by leaf: UInt32, _ key: [UInt8], _ place: Place<Crypto>
    ) -> Bool {
        guard self.people.advances(beacon.monotonicMilliseconds, of: key) else {
            self.report(.app, leaf: leaf)
            return false
        }
        guard beacon.epoch == place.epoch else { return false }
        guard beacon.confirmedTranscriptHash == place.transcript,
            beacon.members == UInt32(place.meeting.occupants.count)
        else {
            // It opened with the keys of this very epoch, so there is no other truth: its author is wrong, or lies.
            self.report(.app, leaf: leaf)
            return false
        }
        return true
    }

    /// Somebody asks for a sign that is surely fresh. Those answer who are asked for it: the proof set, or where nobody is in
    /// it everybody, so that nobody makes many others speak.
    mutating func gotChallenge(_ body: [UInt8], by leaf: UInt32, _ key: [UInt8], _ place: Place<Crypto>) {
        guard let challenge = FreshnessChallenge(read: body) else { return self.report(.app, leaf: leaf) }
        guard place.isProof || place.proofSet.isEmpty else { return }
        self.challengers.asked(challenge.nonce, by: key)
    }

    /// Whether our word may prove this group to others: a host who does not know yet that it is the right one must not
    /// bring the others to speak in it. A server could otherwise take everybody back to where somebody still listens.
    var mayVouch: Bool { self.place.map { !$0.isProof || self.proof.isConfirmed } ?? false }

    /// Nor does anybody say that all is well who sees whom somebody put out, or a successor who has seen none of the hosts for
    /// long while one is in.
    private func mayBeacon(_ place: Place<Crypto>, now: EngineTime) -> Bool {
        guard self.mayVouch, !self.putOut.isBack else { return false }
        guard place.isProof, !place.own.isCertified else { return true }
        return self.proof.maySucceed(place.own, at: now.monotonic)
    }

    /// Sends a Beacon when it is time, and one for those who asked.
    mutating func beacon(now: EngineTime) {
        guard let place = self.place, self.line.isBound, !self.order.isBehind, self.state != .resync,
            place.meeting.occupants.count > 1, self.mayBeacon(place, now: now)
        else { return }
        self.respond(place, now: now)
        let jitter = (try? self.crypto.randomBytes(1).first ?? 0) ?? 0  // without it all beacon at once, no more
        let isProof = place.isProof
        guard
            self.beacons.take(
                now: now.monotonic, isProof: isProof, members: place.meeting.occupants.count, jitter: jitter)
        else { return }
        self.say(.beacon, self.nextBeacon(place, now).encoded, now: now)
    }

    private mutating func nextBeacon(_ place: Place<Crypto>, _ now: EngineTime) -> Beacon {
        Beacon(
            epoch: place.epoch, confirmedTranscriptHash: place.transcript,
            members: UInt32(place.meeting.occupants.count),
            monotonicMilliseconds: self.beacons.stamp(self.beaconClock(now)))
    }

    private mutating func respond(_ place: Place<Crypto>, now: EngineTime) {
        let asked = self.challengers.take(now: now.monotonic) { place.occupant(withKey: $0)?.index }
        guard !asked.isEmpty else { return }
        let response = FreshnessResponse(self.nextBeacon(place, now), nonces: asked.map { $0.nonce })
        self.say(.response, response.encoded, to: asked.map { $0.leaf }, now: now)
    }

    /// Asks those who may prove the epoch for a sign that is surely fresh; where nobody is trusted and we are no host, those of
    /// whom something came last.
    mutating func challenge(now: EngineTime) {
        guard let place = self.place, self.line.isBound, !self.order.isBehind, self.state != .resync,
            !place.proofSet.isEmpty || !place.isProof,
            self.proof.wantsAnswer(at: now.monotonic, hasTrusted: !place.proofSet.isEmpty)
        else { return }
        let others = place.meeting.occupants.filter { $0.index != place.ownLeaf && !$0.isService }
        let trusted = others.filter { place.proofSet.contains($0.index) }
        let asked = self.people.latest(trusted.isEmpty ? others : trusted).prefix(Freshness.askedMax)
        guard !asked.isEmpty, let nonce = try? self.crypto.randomBytes(Freshness.nonceByteCount) else { return }
        self.proof.freshness.asked(nonce, now: now.monotonic)
        let leaves = asked.map { $0.index }
        self.say(.challenge, FreshnessChallenge(nonce: nonce).encoded, to: leaves, for: .challenge, now: now)
    }

    /// Two clocks that stop going together: ours stood still, as in a device that slept, or the one on the wall was set. How
    /// old anything is that we saw is not known then.
    mutating func compareClocks(_ now: EngineTime) {
        guard let before = self.clocks else {
            self.clocks = now
            return
        }
        let wall = now.unix > before.unix ? now.unix - before.unix : 0
        let own = now.monotonic > before.monotonic ? now.monotonic - before.monotonic : 0
        guard max(wall, own) - min(wall, own) > Freshness.tolerance else { return }
        self.clocks = now
        self.proof.overslept(wall > own ? wall - own : 0)
    }
}
