internal import Wire

/// One person's end of a meeting (`e2ee.md` 4.4, 13): the group's keys, who may come in, and whether anything may be sent.
/// Bytes, commands and time go in by `handle`; what is to be done comes out by `next`. **One input is carried out to its
/// end, then all outputs are taken, then the next input comes.** It knows no socket, no clock and no media.
package struct Engine<Crypto: CryptoProvider>: ~Copyable {
    let crypto: Crypto
    var config: EngineConfig
    let instance: MeetingInstance
    /// What the link gave; nothing once we are out.
    var access: Access?
    var identity: LeafIdentity?
    var chain: Chain?
    /// What the service was shown of our rights on this connection.
    var chainShown: Chain?

    var state = MemberState.idle
    var group: Group<Crypto>?
    /// Of the group's epoch; there exactly when we are in.
    var place: Place<Crypto>?
    var descriptor: MeetingDescriptor?
    var lobbyDescriptor: LobbyDescriptor?
    /// What the meeting is about, as it was told last; empty where nobody said.
    var topic: [UInt8] = []
    var line = Line()
    var order = MessageOrder()
    var forks = ForkWatch()
    var entry = Entry()
    var inFlight: InFlight<Crypto>?
    var joining: JoinInFlight<Crypto>?
    var intents: [Intent] = []
    var wishes = Wishes()
    /// Commits of ours so far, by which answers to them are told apart.
    var commits: UInt64 = 0
    /// After a refusal the next Commit waits until then, ever longer, or for the next epoch.
    var commitAgainAt: UInt64 = 0
    var commitPause: UInt64 = 0
    /// While it is not settled whether the others followed it.
    var lost: RefusedCommit?
    /// When removals that were too early are looked at again.
    var removalsAgainAt: UInt64?
    var waitingRoom = WaitingRoom()
    /// Whom we gave the key of the door.
    var lobbyKeyDesk = LobbyKeyDesk()
    var people = People()
    /// What services were answered.
    var consents = Consents()
    /// When services without an owner are taken out.
    var orphansAt: UInt64?
    /// Who wrote what.
    var lines = ChatLines()
    /// What was said while the group is not proven to us yet, the last of it: shown when it is.
    var unshown: [AppEvent] = []
    /// What we have to say.
    var outbox = Outbox()
    /// With which we may come back.
    var passes = HeldPasses()
    /// Who was given one, if we give them.
    var passDesk = PassDesk()
    /// A link of our making that is not in force yet.
    var rotation: Rotation?
    /// The invite that the policy names, when nobody told us its secret.
    var missingInvite: MissingInvite?
    var proof = ProofWatch()
    var beacons = BeaconClock()
    /// Who wants to know whether we are there now.
    var challengers = Challengers()
    /// Who must not be where we speak.
    var putOut = PutOut()
    /// Who may come back into the group that we found, or founded, after the last one was forgotten.
    var regathering: Regathering?
    /// The group was proven to us, and everything was well in it once.
    var wasLive = false
    /// Both clocks, when they were last seen to part.
    var clocks: EngineTime?
    /// When we put keys on our path, if we are one of those who do.
    var mergeAt: UInt64?
    var comparison = Comparison()
    var keeping = Keeping()
    var restoring = Restoring()
    /// The last round that the person looked at had other pictures than the others'.
    var hasUnequalCode = false
    /// Since when a comparison round has frozen admission.
    var frozenSince: UInt64?
    /// Of the input that is being carried out.
    private(set) var moment: UInt64 = 0
    /// Nobody greeted us by then: the connection is of no use.
    var greetedBy: UInt64 = 0
    /// When the log was last read because no sign of the host came.
    var probedAt: UInt64 = 0
    var outputs: [EngineOutput] = []
    var told = Told()

    /// What was told last, so that only news is told.
    struct Told {
        var gate: GateReasons?
        var roster: [RosterEntry] = []
        var policy: PolicyView?
        var spotlight: AppEvent?
        var lobby: [LobbyEntry] = []
        var codeEpoch: (group: [UInt8], epoch: UInt64)?
        var compare = CompareView()
    }

    /// An engine for the meeting behind a link. It does nothing before `connected` and `.command(.enter)`.
    package init(_ link: consuming Link, _ config: EngineConfig, _ crypto: Crypto) throws(E2EEError) {
        self.init(try Access(link, instance: config.instance, crypto), config, crypto)
    }

    init(_ access: Access, _ config: EngineConfig, _ crypto: Crypto) {
        self.crypto = crypto
        self.config = config
        self.instance = access.instance
        self.access = access
    }

    /// Takes one input. Whatever comes from the network, it neither throws nor traps: what is wrong becomes an output.
    package mutating func handle(_ input: EngineInput, now: EngineTime) {
        if case .out = self.state { return }
        defer { wipeStack() }
        self.moment = now.monotonic
        self.compareClocks(now)
        switch input {
        case .connected:
            self.line = Line(isOpen: true)
            self.greetedBy = now.monotonic + Line.patience
        case .disconnected: self.disconnected()
        case .wire(let bytes): self.receive(bytes, now: now)
        case .command(let command): self.carryOut(command, now: now)
        case .tick: break
        }
        if case .out = self.state { return }
        self.elapse(now: now)
        self.startNextCommit(now: now)
        self.tellNews(now: now)
    }

    /// The next thing to do; call until nothing is left.
    package mutating func next() -> EngineOutput? { self.outputs.isEmpty ? nil : self.outputs.removeFirst() }

    mutating func tell(_ output: EngineOutput) { self.outputs.append(output) }

    /// Moves on to another state; `out` wipes everything.
    mutating func enter(_ state: MemberState) {
        guard self.state != state else { return }
        self.state = state
        self.tell(.state(state))
        if state == .live { self.wasLive = true }
        if case .out = state { self.wipe() }
    }

    /// Nothing secret outlives the meeting (`e2ee.md` 4.4).
    private mutating func wipe() {
        self.group = nil
        self.place = nil
        self.inFlight = nil
        self.joining = nil
        self.access = nil
        self.topic = []
        self.identity = nil
        self.chain = nil
        self.entry = Entry()
        self.intents = []
        self.wishes = Wishes()
        self.waitingRoom = WaitingRoom()
        self.lobbyKeyDesk = LobbyKeyDesk()
        self.people = People()
        self.consents = Consents()
        self.lines = ChatLines()
        self.unshown = []
        self.outbox = Outbox()
        self.passes = HeldPasses()
        self.passDesk = PassDesk()
        self.rotation = nil
        self.missingInvite = nil
        self.challengers = Challengers()
        self.putOut = PutOut()
        self.regathering = nil
        self.comparison = Comparison()
        self.forks = ForkWatch()
        self.told = Told()
        self.tell(.wipe)
        self.dropState()
    }

    /// Sends a frame, and remembers what its answer will be about.
    mutating func send(_ frame: ClientFrame, for purpose: Line.Purpose = .other) {
        guard self.line.isOpen else { return }
        self.tell(.send(frame.frame(request: self.line.ask(purpose, now: self.moment))))
    }

    /// Whatever went wrong inside, it is said and not hidden.
    mutating func report(_ code: FaultCode, leaf: UInt32? = nil) { self.tell(.fault(code: code.rawValue, leaf: leaf)) }

    private mutating func disconnected() {
        self.line = Line()
        // No answer comes any more to what was said and not heard.
        self.passDesk.failed(now: self.moment)
        self.rotation?.failed(now: self.moment)
        self.outbox.failed(now: self.moment)
        self.consents.failed()
        self.people.doubtOwn()
        // Commits on the way may have arrived or not: the log will tell.
        if self.place == nil { self.joining = nil }
    }

    /// Tells what is new about gate, people and those who wait.
    private mutating func tellNews(now: EngineTime) {
        self.tellGate(now: now)
        self.tellRoster(now: now)
        self.tellPolicy()
        self.tellSpotlight()
        self.tellUnshown()
        self.tellCodes()
        let waiting = self.mayAdmit ? self.shownWaiting : []
        if waiting != self.told.lobby {
            self.told.lobby = waiting
            self.tell(.lobby(waiting))
        }
        self.keepState(now: now)
    }
}

/// For tests that look at a meeting from inside: everything here is public, and known to every server.
extension Engine {
    /// The tree of the epoch.
    package mutating func copyOfTree() throws(E2EEError) -> RatchetTree {
        guard let tree = try self.group?.tree else { throw E2EEError(.usage, .closed) }
        return tree
    }

    /// The group's id.
    package var groupID: [UInt8]? { self.place?.groupID }

    /// The number of the next message.
    package var nextSequence: UInt64? { self.order.next }
}
