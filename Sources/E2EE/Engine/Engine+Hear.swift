/// What others say to each other and to us (`e2ee.md` 8), and whether it is believed.
extension Engine {
    /// What the rules say about something that was said.
    enum Judgement: Sendable {
        case fine
        /// Its author may not say it, or it says nothing.
        case broken
        /// It is about something that is not known here, which may well be.
        case unknown
    }

    /// Judges what somebody says in this epoch: by its policy, which its author had before them as well. The same for what others
    /// say and for what we mean to. Whether somebody may write to somebody alone was asked before.
    func judge(_ saying: Saying, by leaf: UInt32, isAlone: Bool, _ place: Place<Crypto>) -> Judgement {
        switch saying {
        case .chat(let chat):
            guard isAlone || place.lets(leaf, .chat), chat.files.isEmpty || place.lets(leaf, .sendFile) else {
                return .broken
            }
            return .fine
        case .change(let change): return self.judge(change, by: leaf, isAlone: isAlone, place)
        case .reaction: return !isAlone && place.lets(leaf, .react) ? .fine : .broken
        case .hand: return !isAlone && place.lets(leaf, .raiseHand) ? .fine : .broken
        case .spotlight(let spotlight):
            guard !isAlone, place.lets(leaf, .moderate) else { return .broken }
            return spotlight.key.isEmpty || place.occupant(withKey: spotlight.key) != nil ? .fine : .unknown
        case .moderation(let moderation):
            guard !isAlone, place.lets(leaf, .moderate) else { return .broken }
            guard let target = moderation.target else { return .fine }
            guard let occupant = place.occupant(withKey: target) else { return .unknown }
            // Nobody below a host tells a host what to do.
            let isAbove = place.roles[occupant.index]?.role == .host && place.roles[leaf]?.role != .host
            return isAbove ? .broken : .fine
        case .caption(let caption):
            guard !isAlone, place.lets(leaf, .caption) else { return .broken }
            guard place.key(of: caption.leaf) != nil else { return .unknown }
            // Whoever did not agree has said nothing to it, and their own client knows.
            guard caption.leaf == place.ownLeaf, let author = place.meeting.occupant(leaf) else { return .fine }
            return self.consents.book.answer(to: author) == .yes ? .fine : .unknown
        }
    }

    /// A message belongs to its author. Whoever may moderate takes it back where everybody reads it.
    private func judge(
        _ change: ChatChange, by leaf: UInt32, isAlone: Bool, _ place: Place<Crypto>
    ) -> Judgement {
        let isModerator = !isAlone && place.lets(leaf, .moderate)
        if change.act == .retract, isModerator, self.lines.isOpen(change.target) { return .fine }
        // Under an id that only others used: perhaps its author's message did not come here, or was taken back.
        guard let key = place.key(of: leaf), let line = self.lines.line(change.target, by: key) else { return .unknown }
        guard line.isDirect == isAlone else { return .broken }
        return change.act == .retract || isAlone || place.lets(leaf, .chat) ? .fine : .broken
    }

    /// Somebody said something.
    mutating func hear(
        _ message: AppMessage, by leaf: UInt32, _ key: [UInt8], isAlone: Bool, _ place: Place<Crypto>, now: EngineTime
    ) {
        guard let saying = Saying(message) else { return self.report(.app, leaf: leaf) }
        switch self.judge(saying, by: leaf, isAlone: isAlone, place) {
        case .broken: return self.report(.app, leaf: leaf)
        case .unknown: return
        case .fine: break
        }
        guard self.mayUse(saying, by: key, place) else { return }
        let own = place.key(of: place.ownLeaf)
        if case .moderation(let moderation) = saying {
            guard moderation.target.map({ $0 == own }) ?? !place.own.isCertified else { return }
            // Whenever somebody asks: what was said of it before may not have arrived.
            if moderation.act == .lowerHand {
                self.sayAgain(.hand, Hand(isUp: false).encoded, to: .everybody, now: now)
            }
        }
        let event = AppEvent(message, by: leaf, key, to: isAlone ? own.map { [$0] } ?? [] : [])
        self.accept(saying, event, isAlone: isAlone, place)
    }

    /// Something that was said and counts, by others or by us: it is remembered, and told. False when its author said it before.
    @discardableResult
    mutating func accept(_ saying: Saying, _ event: AppEvent, isAlone: Bool, _ place: Place<Crypto>) -> Bool {
        switch saying {
        case .chat:
            guard self.lines.note(event.id, by: event.signatureKey, isDirect: isAlone) else { return false }
        case .change(let change):
            guard change.act == .retract else { break }
            let isModerator = !isAlone && place.lets(event.leaf, .moderate)
            self.lines.takeBack(change.target, by: event.signatureKey, isModerator: isModerator)
        case .hand(let hand): self.people.raise(hand, of: event.signatureKey)
        // Told like what the policy says: also to whoever may be shown nothing yet.
        case .spotlight(let spotlight):
            self.people.shine(spotlight, event)
            return true
        case .reaction, .moderation, .caption: break
        }
        // Before the group is proven nothing of it is shown.
        if self.mayShow { self.tell(.app(event)) } else if self.state == .unproven { self.keepForLater(event) }
        return true
    }

    private static var unshownMax: Int { 64 }

    private mutating func keepForLater(_ event: AppEvent) {
        self.unshown.append(event)
        if self.unshown.count > Self.unshownMax { self.unshown.removeFirst() }
    }

    /// Tells what was said before the group was proven to us.
    mutating func tellUnshown() {
        guard self.mayShow, !self.unshown.isEmpty else { return }
        for event in self.unshown { self.tell(.app(event)) }
        self.unshown = []
    }

    /// Tells who is shown large, when that is news.
    mutating func tellSpotlight() {
        guard self.mayShow, let event = self.people.spotlight?.event, event != self.told.spotlight else { return }
        self.told.spotlight = event
        self.tell(.app(event))
    }
}
