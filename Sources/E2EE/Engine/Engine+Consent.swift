/// Recorders, streams, captioners and gateways: what people answer about them, and when they go (`e2ee.md` 10).
extension Engine {
    /// Whether we are one of them, and nobody to be asked.
    var isService: Bool { self.place?.ownService != nil }

    /// Whether somebody listens who may not have everything of us. A service has no person who could mind.
    func lacksConsent(_ place: Place<Crypto>) -> Bool {
        !place.services.isEmpty && place.ownService == nil && self.consents.book.scope(place.services) != .all
    }

    /// The person answers about a service: it may have everything of them, or they send nothing while it is here.
    /// A yes is for what was shown, and not for what stands there meanwhile; a no for whatever does.
    mutating func answer(
        _ key: [UInt8], _ shown: ServiceInfo, isGiven: Bool, text: [UInt8], _ command: EngineCommand, now: EngineTime
    ) {
        guard let place = self.place, self.mayShow, !self.isService,
            let service = place.services.first(where: { $0.key == key })?.profile?.service,
            // What it is for has to have been said to them.
            !isGiven
                || (service == shown && !service.purposes.isEmpty && service.purposes.isSubset(of: .known)),
            self.consents.answer(
                SavedConsent(
                    service: key, info: service, scope: isGiven ? .all : [],
                    textHash: ConsentStatement.hash(of: text, self.crypto)), place)
        else { return self.tell(.refused(command)) }
        // Before it is said: after a crash no yes may be left of what was withdrawn. Of a lost place nothing is kept anew.
        if self.state.isMember { self.keepState(now: now) } else { self.dropState() }
    }

    /// Milliseconds until a statement that could not be made or sent is made again: each has a signature of its own.
    static var sayConsentAgain: UInt64 { 1_000 }

    /// Says what services have yet to hear, signed for this epoch.
    mutating func sayConsents(now: EngineTime) {
        guard let place = self.place, !place.services.isEmpty, self.line.isBound, !self.order.isBehind,
            !self.isReplaying, let identity = self.identity
        else { return }
        let gate = self.gate(now: now)
        guard gate.isLive, gate.reasons.isSubset(of: .consent) else { return }
        for occupant in place.services {
            guard let service = occupant.profile?.service, let consent = self.consents.book.consent(to: occupant),
                let decision = self.consents.decision(for: occupant.key, now: now.monotonic),
                let id = try? self.crypto.randomBytes(16)  // without one it is said at the next tick
            else { continue }
            var statement = ConsentStatement(
                groupID: place.groupID, epoch: place.epoch, person: identity.signaturePublicKey,
                service: occupant.key, role: service.role, purposes: service.purposes,
                scope: decision == .yes ? consent.scope : [], decision: decision,
                time: self.consents.stamp(now.unix), textHash: consent.textHash)
            do throws(E2EEError) {
                try statement.sign(identity.signatureKey.secret, self.crypto)
            } catch {
                self.consents.postpone(occupant.key, until: now.monotonic + Self.sayConsentAgain)
                self.report(.signature)
                continue
            }
            let message = AppMessage(kind: .consent, id: id, sentMilliseconds: now.unix, body: statement.encoded)
            let number = self.consents.number()
            guard self.say(message, to: [], for: .consent(number), now: now) else {
                self.consents.postpone(occupant.key, until: now.monotonic + Self.sayConsentAgain)
                continue
            }
            self.consents.sent(message, to: occupant.key, number)
        }
    }

    /// The service has taken what we answered: it stands in our own log like what others say.
    mutating func saidConsent(_ number: UInt64) {
        guard let said = self.consents.arrived(number), let place = self.place, let own = place.key(of: place.ownLeaf)
        else { return }
        // It has our name from nobody else.
        if said.decision == .yes { self.people.isOwnSent = false }
        self.tell(.app(AppEvent(said.message, by: place.ownLeaf, own)))
    }

    /// Somebody answered about a service. It is theirs, of this very epoch, and about a service as the tree has it; anything
    /// else is a forgery, for what opens here was said by who knew that tree.
    mutating func gotConsent(_ body: [UInt8], by leaf: UInt32, _ key: [UInt8], _ place: Place<Crypto>) {
        guard let statement = ConsentStatement(read: body), statement.person == key,
            statement.groupID == place.groupID, statement.epoch == place.epoch,
            place.meeting.occupant(leaf)?.isService == false,
            let service = place.services.first(where: { $0.key == statement.service })?.profile?.service,
            service.role == statement.role, service.purposes == statement.purposes,
            statement.isSigned(by: key, self.crypto)
        else { return self.report(.app, leaf: leaf) }
        if place.ownService != nil, place.key(of: place.ownLeaf) == statement.service { self.consents.hear(statement) }
    }

    /// Whether we, being a service, may use what somebody says. Whoever is no service is not concerned.
    func mayUse(_ saying: Saying, by key: [UInt8], _ place: Place<Crypto>) -> Bool {
        guard place.ownService != nil else { return true }
        guard case .caption(let caption) = saying else { return self.consents.usable(of: key).contains(.text) }
        return place.key(of: caption.leaf).map { self.consents.usable(of: $0).contains(.text) } ?? false
    }

    // MARK: When their owner went

    /// Milliseconds for which a service may be without its owner, then for each who could take it out before us, and until it is
    /// tried again.
    static var orphanedFor: UInt64 { 2_000 }
    static var orphansTurn: UInt64 { 4_000 }
    static var orphansAgain: UInt64 { 15_000 }

    /// Takes services out whose owners are not here any more, when it is our turn; one that is our own goes by itself.
    mutating func elapseOrphans(now: EngineTime) {
        guard let place = self.place, !place.orphans.isEmpty else {
            self.orphansAt = nil
            return
        }
        let isOurs = place.orphans.contains { $0.index == place.ownLeaf }
        guard let rank = isOurs ? 0 : place.enders.firstIndex(of: place.ownLeaf) else { return }
        let at = self.orphansAt ?? now.monotonic + Self.orphanedFor + UInt64(rank) * Self.orphansTurn
        self.orphansAt = at
        guard now.monotonic >= at else { return }
        if isOurs { return self.leave() }
        self.orphansAt = now.monotonic + Self.orphansAgain
        self.want(.orphans)
    }
}
