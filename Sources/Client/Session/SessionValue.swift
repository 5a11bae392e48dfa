internal import MediaCore
package import Signalling

/// Somebody else's seat, as the server tells of it: for layout alone. Who is in, and by what name, the group says.
package struct Person: Sendable, Equatable {
    /// Their seat.
    package var id: ParticipantID
    /// A hint.
    package var leaf: UInt32
    /// Their connection dropped and may come back.
    package var isAway: Bool
}

/// What the session wants done.
package enum SessionEffect: Sendable {
    /// Say it on the socket.
    case say(ClientMessage)
    /// The delivery service speaks on this connection from now on.
    case atDoor
    /// There is a seat: media may begin, or go on when it is the old one.
    case seated(isOldSeat: Bool)
    /// The seat and its media are gone; the group says why.
    case unseated
    /// Carry on with media: make the endpoint from this answer.
    case open(Answer)
    /// The server's credentials after an ICE restart.
    case restarted(MediaCommand.Credentials)
    /// Pass on to the media side.
    case order(MediaOrder)
    /// The list of pictures to ask for changed; say it soon.
    case wantChanged
    /// The media connection is gone and the seat is not.
    case mediaGone
    /// The server has no room for us now: this connection ends, and the next one may come then.
    case lineLater(seconds: Int)
    /// Media was asked for too often.
    case mediaLater(seconds: Int)
    /// A hostile peer asks for this again in a while: the server has stopped it, or refused to begin it.
    case insist(Permissions.Use, isRefused: Bool)
    /// It is over.
    case end(ClientFailure?)
}

/// A client's place in a meeting, as a value: messages in, effects out. It has no socket, no clock, no media and no key.
package struct SessionValue {
    /// How far it is in.
    package enum Phase: Equatable {
        /// Nothing was said yet.
        case outside
        /// `join` was said.
        case joining
        /// The delivery service answers; there is no seat.
        case atDoor
        /// There is a seat.
        case inside
        /// Nothing more comes.
        case over
    }

    private let inviteID: InviteID
    private let passcode: Passcode?
    /// The link itself shows who we are.
    private let showsItself: Bool
    /// Whoever was in shows a leaf and need not know the passcode.
    private var wasInside = false
    /// The passcode was said on this connection, and not answered: what the delivery service says meanwhile is for later.
    package private(set) var isPassing = false
    /// How far it is in.
    package private(set) var phase = Phase.outside
    /// The own seat.
    package private(set) var participant: ParticipantID?
    /// Everybody else who has a seat.
    package private(set) var people: [ParticipantID: Person] = [:]
    /// What we send no more because a host stopped it or does not allow it. It stays so when it is allowed again: a program
    /// has nobody who would switch it on.
    private var silenced: Set<Permissions.Use> = []
    /// As what the picture goes out: a camera's, or a screen's.
    package var picture = Permissions.Use.camera
    /// The tests' hostile peer: nothing that a host says silences it.
    package var disobeys = false
    private var owners: [PublicationID: (participant: ParticipantID, use: Publication.Use)] = [:]
    private var resume: ResumeToken?
    private var generation = 0
    /// What we said first on this connection was not answered yet.
    private var isAwaited = false

    /// A session that begins; `inviteID` shows that one has the link. With a host's or a personal link, which shows itself,
    /// no passcode is asked for.
    package init(inviteID: InviteID, passcode: Passcode? = nil, showsItself: Bool = false) {
        self.inviteID = inviteID
        self.passcode = passcode
        self.showsItself = showsItself
    }

    // MARK: What to say first on a connection

    /// The old seat, or the door.
    package mutating func first() -> ClientMessage {
        self.isAwaited = true
        self.isPassing = false
        if let resume = self.resume { return .session(.resume(.init(protocolVersion: 1, token: resume))) }
        return self.join()
    }

    /// Whether there is a seat to come back to.
    package var hasSeat: Bool { self.resume != nil }

    private mutating func join() -> ClientMessage {
        self.forgetSeat()
        self.phase = .joining
        self.isAwaited = true
        return .session(.join(.init(protocolVersion: 1, invite: self.inviteID, device: .desktop)))
    }

    private mutating func forgetSeat() {
        self.resume = nil
        self.participant = nil
        self.people = [:]
        self.owners = [:]
    }

    /// Whether we may go on sending something, or begin to.
    package func sends(_ use: Permissions.Use) -> Bool { !self.silenced.contains(use) }

    /// Which pictures we want: everybody's camera.
    package mutating func want() -> ClientMessage {
        self.generation += 1
        let cameras = self.owners.filter { $0.value.use == .camera }.keys.sorted { $0.text < $1.text }.prefix(100)
        let items = cameras.enumerated().map {
            MediaCommand.WantItem(publication: $0.element, height: 360, rank: $0.offset)
        }
        return .media(.want(.init(generation: self.generation, items: items)))
    }

    // MARK: What the server says

    /// Takes a message and answers what follows from it.
    package mutating func handle(_ message: ServerMessage) -> [SessionEffect] {
        switch message {
        case .session(let event):
            if case .pong = event { return [] }
            let wasAwaited = self.isAwaited
            self.isAwaited = false
            // No room now is no answer to whether we may: asked for a while later, on another connection.
            if wasAwaited, case .refused(let refused) = event, let seconds = refused.failure.retrySeconds {
                return [.lineLater(seconds: seconds)]
            }
            return self.handle(event)
        case .room(let event): return self.handle(event)
        case .media(let event): return self.handle(event)
        // This participant fetches no files.
        case .file: return []
        }
    }

    private mutating func handle(_ event: SessionEvent) -> [SessionEffect] {
        switch event {
        case .atDoor(let door):
            guard self.phase == .joining else { return [] }
            self.phase = .atDoor
            return door.owesPasscode ? self.pass() : [.atDoor]
        case .passed:
            guard self.isPassing else { return [] }
            self.isPassing = false
            return [.atDoor]
        case .joined(let joined): return self.take(joined)
        case .unseated:
            guard self.phase == .inside else { return [] }
            self.forgetSeat()
            self.phase = .atDoor
            return [.unseated]
        case .refused(let refused): return self.take(refused.failure)
        case .pong: return []
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

    /// Where the passcode is owed.
    private mutating func pass() -> [SessionEffect] {
        if self.showsItself { return [.atDoor] }
        guard let passcode = self.passcode else { return self.wasInside ? [.atDoor] : self.finish(.passcode) }
        let message = ClientMessage.session(.pass(SessionCommand.Pass(passcode: passcode)))
        // It may be another one by now; then the leaf shows who we are.
        if self.wasInside { return [.say(message), .atDoor] }
        self.isPassing = true
        return [.say(message)]
    }

    private mutating func take(_ joined: SessionEvent.Joined) -> [SessionEffect] {
        self.phase = .inside
        self.wasInside = true
        self.participant = joined.participant
        self.resume = joined.resume
        self.people = [:]
        self.owners = [:]
        for participant in joined.participants { self.seat(participant) }
        return self.obey(joined.may) + [.atDoor, .seated(isOldSeat: joined.resumed), .wantChanged]
    }

    private mutating func take(_ failure: SessionFailure) -> [SessionEffect] {
        if failure == .resumeUnknown, self.resume != nil {
            let message = self.join()
            return [.unseated, .say(message)]
        }
        if self.isPassing, self.phase == .atDoor {
            self.isPassing = false
            switch failure {
            case .busy(let wait), .tooFast(let wait): return [.lineLater(seconds: wait.retrySeconds)]
            case .full(let full): return self.finish(.full(capacity: full.capacity))
            default: return self.finish(.passcode)
            }
        }
        // At the door and inside a refusal is about one message, not about the place.
        guard self.phase == .outside || self.phase == .joining else {
            if case .tooFast(let wait) = failure { return [.mediaLater(seconds: wait.retrySeconds)] }
            return []
        }
        switch failure {
        case .unknown: return self.finish(.unknown)
        case .full(let full): return self.finish(.full(capacity: full.capacity))
        case .busy, .tooFast: return []
        case .clientTooOld: return self.finish(.tooOld)
        case .malformed, .invalidNow, .resumeUnknown, .passcode: return self.finish(.refused)
        }
    }

    private mutating func handle(_ event: RoomEvent) -> [SessionEffect] {
        switch event {
        case .participantJoined(let arrival):
            self.seat(arrival.participant)
            return [.wantChanged]
        case .participantLeft(let subject):
            self.people[subject.participant] = nil
            self.owners = self.owners.filter { $0.value.participant != subject.participant }
            return [.wantChanged]
        case .participantAway(let subject): self.people[subject.participant]?.isAway = true
        case .participantBack(let subject): self.people[subject.participant]?.isAway = false
        case .participantMoved(let move):
            if let leaf = UInt32(exactly: move.leaf) { self.people[move.participant]?.leaf = leaf }
        case .participantMay(let grant):
            if grant.participant == self.participant { return self.obey(grant.may) }
        case .passcodeChanged: break  // it has no word for others
        }
        return []
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
        case .stopped(let stopped):
            return self.disobeys ? [.insist(stopped.use, isRefused: false)] : self.silence(stopped.use)
        case .assigned(let assigned):
            return assigned.slots.map { slot in
                let owner = slot.publication.flatMap { self.owners[$0]?.participant }
                return .order(.assign(mid: slot.mid.text, leaf: owner.flatMap { self.people[$0]?.leaf }))
            }
        case .flow: return []
        case .restarted(let credentials): return [.restarted(credentials)]
        case .closed(let closed): return closed.reason == .asked ? [] : [.mediaGone]
        case .failed(let failed):
            // Said too late to be let: the connection itself is fine.
            if case .notAllowed(let refused) = failed.failure {
                return self.disobeys ? [.insist(refused.use, isRefused: true)] : self.silence(refused.use)
            }
            return self.finish(.media)
        }
    }

    /// What we may not begin we send no more.
    private mutating func obey(_ may: Permissions) -> [SessionEffect] {
        self.disobeys ? [] : Permissions.Use.allCases.filter { !may[$0.right] }.flatMap { self.silence($0) }
    }

    /// A host does not want it, or not any more.
    mutating func silence(_ use: Permissions.Use) -> [SessionEffect] {
        self.silenced.insert(use)
        switch use {
        case .microphone: return [.order(.send(.audio, isOn: false))]
        case .camera, .screen: return use == self.picture ? [.order(.send(.video, isOn: false))] : []
        }
    }

    // MARK: People

    private mutating func seat(_ participant: Participant) {
        guard participant.participant != self.participant, let leaf = UInt32(exactly: participant.leaf) else { return }
        self.people[participant.participant] = Person(
            id: participant.participant, leaf: leaf, isAway: participant.away)
        for publication in participant.publications {
            self.owners[publication.publication] = (participant.participant, publication.use)
        }
    }

    private mutating func finish(_ failure: ClientFailure) -> [SessionEffect] {
        self.phase = .over
        return [.end(failure)]
    }
}

extension SessionFailure {
    /// Seconds after which it is worth asking again; nothing when it is not.
    fileprivate var retrySeconds: Int? {
        switch self {
        case .busy(let wait), .tooFast(let wait): wait.retrySeconds
        default: nil
        }
    }
}
