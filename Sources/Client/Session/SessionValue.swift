internal import E2EE
internal import Signalling

/// Somebody else in the meeting, as the client knows them.
struct Person: Sendable, Equatable {
    var id: ParticipantID
    var leaf: UInt32
    var sender: [UInt8]
    /// Opened from the sealed profile; nothing when it does not open.
    var name: String?
    var isAway: Bool
}

/// What the session wants done.
enum SessionEffect {
    /// Say it on the socket.
    case say(ClientMessage)
    /// Carry on with media: make the endpoint from this answer.
    case open(Answer)
    /// The server's credentials after an ICE restart.
    case restarted(MediaCommand.Credentials)
    /// Pass on to the media side.
    case order(MediaOrder)
    /// The list of pictures to ask for changed; say it soon.
    case wantChanged
    /// The seat is gone: join anew, with a new sender id and new media.
    case startAnew
    /// It is over.
    case end(ClientFailure?)
}

/// A client's place in a meeting, as a value: messages in, effects out. It has no socket, no clock and no media.
struct SessionValue: ~Copyable {
    enum Phase: Equatable {
        case outside, joining, inside, over
    }

    let invite: Invite
    private let inviteID: InviteID
    private let name: String
    private let crypto = SwiftCryptoProvider()

    private(set) var phase = Phase.outside
    private(set) var sender: [UInt8] = []
    private(set) var participant: ParticipantID?
    private(set) var leaf: UInt32 = 0
    private(set) var people: [ParticipantID: Person] = [:]
    /// Names of everybody who was ever here, by sender id, for the report.
    private(set) var names: [[UInt8]: String] = [:]
    private var owners: [PublicationID: (participant: ParticipantID, use: Publication.Use)] = [:]
    private var resume: ResumeToken?
    private var generation = 0

    /// More people than this were never in one meeting; a server that invents more fills no memory.
    private static let namesMax = 2_000

    init(invite: consuming Invite, name: String) {
        let identifier = invite.derive(.identifier, self.crypto)
        self.inviteID = InviteID(bytes: identifier.span.copied())
        self.invite = invite
        self.name = name
    }

    // MARK: What to say first on a connection

    /// A first entry, or one anew: the sender id must be fresh, `sender` and `nonce` random.
    mutating func join(sender: [UInt8], nonce: [UInt8]) throws(E2EEError) -> ClientMessage {
        self.sender = sender
        self.phase = .joining
        self.resume = nil
        self.people = [:]
        self.owners = [:]
        let sealed = try InterimProfile.seal(
            name: Array(self.name.utf8).span, sender: sender, nonce: nonce, invite: self.invite, self.crypto)
        let profile = Profile(unchecked: String(decoding: sealed, as: UTF8.self))
        return .session(
            .join(
                .init(
                    protocolVersion: 1, invite: self.inviteID, sender: SenderID(bytes: sender), profile: profile,
                    device: .desktop)))
    }

    /// A return to the old seat; nothing when there was none.
    func comeBack() -> ClientMessage? {
        self.resume.map { .session(.resume(.init(protocolVersion: 1, token: $0))) }
    }

    /// There is no seat to come back to.
    mutating func forgetSeat() {
        self.phase = .joining
        self.resume = nil
        self.people = [:]
        self.owners = [:]
    }

    /// Which pictures we want: everybody's camera.
    mutating func want() -> ClientMessage {
        self.generation += 1
        let cameras = self.owners.filter { $0.value.use == .camera }.keys.sorted { $0.text < $1.text }.prefix(100)
        let items = cameras.enumerated().map {
            MediaCommand.WantItem(publication: $0.element, height: 360, rank: $0.offset)
        }
        return .media(.want(.init(generation: self.generation, items: items)))
    }

    // MARK: What the server says

    mutating func handle(_ message: ServerMessage) -> [SessionEffect] {
        switch message {
        case .session(let event): self.handle(event)
        case .room(let event): self.handle(event)
        case .media(let event): self.handle(event)
        }
    }

    private mutating func handle(_ event: SessionEvent) -> [SessionEffect] {
        switch event {
        case .joined(let joined): return self.take(joined)
        case .refused(let refused): return self.take(refused.failure)
        case .pong, .atDoor, .unseated: return []
        case .left:
            self.phase = .over
            return [.end(nil)]
        case .ended(let ended):
            switch ended.reason {
            case .over: return self.finish(.over)
            case .replaced: return self.finish(.replaced)
            // The connection ends; the seat may still be there.
            case .idle: return []
            }
        }
    }

    private mutating func take(_ joined: SessionEvent.Joined) -> [SessionEffect] {
        let isNew = self.phase == .joining
        self.phase = .inside
        self.participant = joined.participant
        self.resume = joined.resume
        guard joined.leafBits == InterimFrameKeys.leafBits, let leaf = UInt32(exactly: joined.leaf) else {
            return self.finish(.tooOld)
        }
        // Our own keys name the leaf: another one means other keys, so everything anew.
        if !isNew, leaf != self.leaf { return [.startAnew] }
        self.leaf = leaf
        let here = Set(joined.participants.map(\.participant))
        var effects: [SessionEffect] = []
        for id in self.people.keys where !here.contains(id) { effects += self.remove(id) }
        self.owners = [:]
        for participant in joined.participants { effects += self.seat(participant) }
        effects.append(.wantChanged)
        return effects
    }

    private mutating func take(_ failure: SessionFailure) -> [SessionEffect] {
        guard self.phase != .inside || failure == .resumeUnknown else { return [] }
        switch failure {
        case .unknown: return self.finish(.unknown)
        case .full(let full): return self.finish(.full(capacity: full.capacity))
        case .busy, .tooFast: return self.finish(.busy)
        case .clientTooOld: return self.finish(.tooOld)
        case .malformed, .invalidNow: return self.finish(.refused)
        case .resumeUnknown: return [.startAnew]
        }
    }

    private mutating func handle(_ event: RoomEvent) -> [SessionEffect] {
        switch event {
        case .participantJoined(let arrival): self.seat(arrival.participant)
        case .participantLeft(let subject): self.remove(subject.participant) + [.wantChanged]
        case .participantAway(let subject): self.setAway(subject.participant, true)
        case .participantBack(let subject): self.setAway(subject.participant, false)
        case .participantMoved: []
        }
    }

    private mutating func handle(_ event: MediaEvent) -> [SessionEffect] {
        switch event {
        case .opened(let answer): return [.open(answer)]
        case .published(let published):
            guard published.participant != self.participant else { return [] }
            self.owners[published.publication] = (published.participant, published.use)
            return published.use == .camera ? [.wantChanged] : []
        case .withdrawn(let withdrawn):
            let owner = self.owners.removeValue(forKey: withdrawn.publication)
            return owner?.use == .camera ? [.wantChanged] : []
        case .assigned(let assigned):
            return assigned.slots.map { slot in
                let owner = slot.publication.flatMap { self.owners[$0]?.participant }
                return .order(.assign(mid: slot.mid.text, leaf: owner.flatMap { self.people[$0]?.leaf }))
            }
        case .flow: return []
        case .restarted(let credentials): return [.restarted(credentials)]
        case .closed(let closed): return closed.reason == .asked ? [] : [.startAnew]
        case .failed: return self.finish(.media)
        }
    }

    // MARK: People

    private mutating func seat(_ participant: Participant) -> [SessionEffect] {
        guard participant.participant != self.participant, let leaf = UInt32(exactly: participant.leaf),
            let senderID = participant.sender, let profile = participant.profile,
            let sender = E2EE.Base64URL.decode(Array(senderID.text.utf8).span)
        else { return [] }
        // One sender per leaf, one leaf per sender, and nobody is us: with a double only one could be meant, so neither is.
        let isDouble = self.people.values.contains {
            $0.id != participant.participant && ($0.leaf == leaf || $0.sender == sender)
        }
        guard !isDouble, leaf != self.leaf, sender != self.sender else { return [] }
        var effects: [SessionEffect] = []
        if let before = self.people[participant.participant], before.leaf != leaf || before.sender != sender {
            effects += self.remove(participant.participant)
        }
        let name = self.open(profile, sender)
        self.people[participant.participant] = Person(
            id: participant.participant, leaf: leaf, sender: sender, name: name, isAway: participant.away)
        if self.names.count < Self.namesMax { self.names[sender] = name ?? "(unreadable name)" }
        for publication in participant.publications {
            self.owners[publication.publication] = (participant.participant, publication.use)
        }
        let hasCamera = participant.publications.contains { $0.use == .camera }
        return effects + [.order(.seat(sender: sender, leaf: leaf))] + (hasCamera ? [.wantChanged] : [])
    }

    private mutating func remove(_ id: ParticipantID) -> [SessionEffect] {
        guard let person = self.people.removeValue(forKey: id) else { return [] }
        self.owners = self.owners.filter { $0.value.participant != id }
        // The leaf may have been given again already; then it is not vacated.
        guard !self.people.values.contains(where: { $0.leaf == person.leaf }) else { return [] }
        return [.order(.vacate(leaf: person.leaf))]
    }

    private mutating func setAway(_ id: ParticipantID, _ isAway: Bool) -> [SessionEffect] {
        self.people[id]?.isAway = isAway
        return []
    }

    private func open(_ profile: Profile, _ sender: [UInt8]) -> String? {
        guard
            let bytes = try? InterimProfile.open(
                Array(profile.text.utf8).span, sender: sender, invite: self.invite, self.crypto)
        else { return nil }
        return DisplayName(bytes)?.text
    }

    private mutating func finish(_ failure: ClientFailure) -> [SessionEffect] {
        self.phase = .over
        return [.end(failure)]
    }
}
