/// What the person says (`e2ee.md` 8), until the service has taken it.
extension Engine {
    /// Milliseconds until something is tried again that the service did not take: another epoch is on its way here, it was too much
    /// at once, or nobody knows.
    static func letterPause(after error: ServerFrame.DeliveryError) -> UInt64 {
        switch error {
        case .stale: 100
        case .rate: 500
        default: 1_000
        }
    }

    /// Whether content may go out.
    func isGateOpen(now: EngineTime) -> Bool { self.gate(now: now).isOpen }

    /// The person says something to everybody, or to some alone.
    mutating func write(
        _ kind: AppMessage.Kind, _ body: [UInt8], to audience: Outbox.Audience, _ command: EngineCommand,
        now: EngineTime
    ) {
        guard self.isGateOpen(now: now), let id = try? self.crypto.randomBytes(16) else {
            return self.tell(.refused(command))
        }
        let message = AppMessage(kind: kind, id: id, sentMilliseconds: now.unix, body: body)
        // What the others would not believe is not even said.
        guard self.maySay(message, to: audience),
            self.outbox.add(message, audience, command, now: now.monotonic)
        else { return self.tell(.refused(command)) }
    }

    /// The same to some alone; whoever is not here is left out.
    mutating func write(_ kind: AppMessage.Kind, _ body: [UInt8], alone keys: [[UInt8]], now: EngineTime) {
        let command = EngineCommand.direct(keys, kind: kind.rawValue, body: body)
        var there: [[UInt8]] = []
        for key in keys where !there.contains(key) && self.isSomebodyElse(key) { there.append(key) }
        guard !there.isEmpty, there.count <= EngineCommand.recipientsMax, kind == .chat || kind == .chatChange else {
            return self.tell(.refused(command))
        }
        self.write(kind, body, to: .alone(there), command, now: now)
    }

    private func isSomebodyElse(_ key: [UInt8]) -> Bool {
        guard let place = self.place, let occupant = place.occupant(withKey: key) else { return false }
        return occupant.index != place.ownLeaf
    }

    /// Whether the others would believe us.
    private func maySay(_ message: AppMessage, to audience: Outbox.Audience) -> Bool {
        guard let place = self.place else { return false }
        if case .alone(let keys) = audience {
            return keys.allSatisfy { key in
                guard let occupant = place.occupant(withKey: key) else { return true }  // they are left out
                return self.maySay(message, alone: occupant, place)
            }
        }
        return self.maySay(message, isAlone: false, place)
    }

    private func maySay(_ message: AppMessage, isAlone: Bool, _ place: Place<Crypto>) -> Bool {
        guard let saying = Saying(message) else { return false }
        guard !self.config.defiesRules else { return true }
        // Of whoever did not agree nothing is written down.
        if case .caption(let caption) = saying {
            guard let about = place.key(of: caption.leaf), self.consents.usable(of: about).contains(.voice) else {
                return false
            }
        }
        return self.judge(saying, by: place.ownLeaf, isAlone: isAlone, place) == .fine
    }

    private func maySay(_ message: AppMessage, alone occupant: Occupant, _ place: Place<Crypto>) -> Bool {
        guard message.kind != .lobbyKey else { return self.sharesLobbyKey(with: occupant, place) }
        return place.lets(place.ownLeaf, .write(to: place.roles[occupant.index] ?? .guest))
            && self.maySay(message, isAlone: true, place)
    }

    // MARK: Letters

    /// Says what waits, as far as it goes now. In another epoch than the one it was written in other rules may hold: each
    /// message is judged when it is sealed.
    mutating func post(now: EngineTime) {
        while true {
            while let letter = self.outbox.settled(now: now.monotonic) { self.finish(letter) }
            // What was on its way when the line broke may stand in the order: that is read first.
            guard let letter = self.outbox.first, let place = self.place, self.line.isBound, !self.order.isBehind,
                self.isGateOpen(now: now), let part = self.outbox.take(now: now.monotonic)
            else { return }
            let isSaid =
                part.key.isEmpty
                ? self.say(letter, part, place, now: now) : self.say(letter, part, alone: part.key, place, now: now)
            if !isSaid { self.outbox.skip(part.number) }
        }
    }

    private mutating func say(
        _ letter: Outbox.Letter, _ part: Outbox.Part, _ place: Place<Crypto>, now: EngineTime
    ) -> Bool {
        var leaves: [UInt32] = []
        if case .newcomers(let keys) = letter.audience {
            leaves = keys.compactMap { place.occupant(withKey: $0)?.index }
            guard !leaves.isEmpty else { return false }
        }
        guard self.isStillSo(letter, place), self.maySay(letter.message, isAlone: false, place) else { return false }
        return self.say(letter.message, to: leaves, for: .letter(part.number), now: now)
    }

    private mutating func say(
        _ letter: Outbox.Letter, _ part: Outbox.Part, alone key: [UInt8], _ place: Place<Crypto>, now: EngineTime
    ) -> Bool {
        guard let occupant = place.occupant(withKey: key), self.maySay(letter.message, alone: occupant, place),
            let body = self.sealed(letter.message, to: occupant, place),
            let id = try? self.crypto.randomBytes(16)
        else { return false }
        let message = AppMessage(kind: .direct, id: id, sentMilliseconds: letter.message.sentMilliseconds, body: body)
        return self.say(message, to: [occupant.index], for: .letter(part.number), now: now)
    }

    /// A letter is done: what we said is shown like what others say, and counts for us as well.
    mutating func finish(_ letter: Outbox.Letter) {
        let message = letter.message
        if message.kind == .lobbyKey, letter.taken.isEmpty, case .alone(let keys) = letter.audience {
            for key in keys { self.lobbyKeyDesk.forget(key) }
        }
        guard let command = letter.command else { return self.finishOwn(letter) }
        guard !letter.taken.isEmpty, let place = self.place, let own = place.key(of: place.ownLeaf),
            let saying = Saying(message)
        else { return self.tell(.refused(command)) }
        let isAlone = if case .alone = letter.audience { true } else { false }
        let event = AppEvent(message, by: place.ownLeaf, own, to: isAlone ? letter.taken : [])
        if !self.accept(saying, event, isAlone: isAlone, place) { self.tell(.refused(command)) }
    }

    /// What the engine said by itself: a hand is down once the others know.
    private mutating func finishOwn(_ letter: Outbox.Letter) {
        guard letter.audience == .everybody, !letter.taken.isEmpty, case .hand(let hand)? = Saying(letter.message),
            let place = self.place, let own = place.key(of: place.ownLeaf)
        else { return }
        self.people.raise(hand, of: own)
    }

    /// Whether what the engine says again is still so when it gets there.
    private func isStillSo(_ letter: Outbox.Letter, _ place: Place<Crypto>) -> Bool {
        guard letter.command == nil, let own = place.key(of: place.ownLeaf), let saying = Saying(letter.message) else {
            return true
        }
        return switch saying {
        case .hand(let hand): !hand.isUp || self.people.hands.contains(own)
        // Somebody set another one in the meantime, and theirs is the last.
        case .spotlight(let spotlight):
            self.people.spotlight.map { $0.key == spotlight.key && $0.event.signatureKey == own } ?? false
        default: true
        }
    }

    /// Whoever has just come hears of us what the others heard before.
    mutating func repeatForNewcomers(_ added: [UInt32], _ place: Place<Crypto>, now: EngineTime) {
        guard let own = place.key(of: place.ownLeaf) else { return }
        let keys = added.compactMap { place.key(of: $0) }
        if self.people.hands.contains(own) {
            self.sayAgain(.hand, Hand(isUp: true).encoded, to: .newcomers(keys), now: now)
        }
        // To everybody, so that it has its place in the order: somebody else may set another one in the same moment.
        guard let spotlight = self.people.spotlight, spotlight.event.signatureKey == own else { return }
        // That nobody is shown large any more is news to whoever was shown so by themselves before they dropped out.
        let isEndOfTheirs = spotlight.replaced.map { $0 != own && keys.contains($0) } ?? false
        if !spotlight.key.isEmpty || isEndOfTheirs {
            self.sayAgain(.spotlight, spotlight.event.body, to: .everybody, now: now)
        }
    }

    /// A spotlight of ours outlives the loss of our place: the others have it still.
    mutating func reclaimSpotlight(now: EngineTime) {
        guard self.state == .live, let spotlight = self.people.reclaim(now: now.monotonic) else { return }
        self.sayAgain(.spotlight, spotlight.event.body, to: .everybody, now: now)
    }

    /// What is nobody's wish. False where there is no room for it, or no number to call it by.
    @discardableResult
    mutating func sayAgain(
        _ kind: AppMessage.Kind, _ body: [UInt8], to audience: Outbox.Audience, now: EngineTime
    ) -> Bool {
        guard let id = try? self.crypto.randomBytes(16) else { return false }
        let message = AppMessage(kind: kind, id: id, sentMilliseconds: now.unix, body: body)
        return self.outbox.add(message, audience, now: now.monotonic)
    }
}
