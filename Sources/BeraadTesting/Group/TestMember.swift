package import E2EE
package import Meeting

/// Somebody in a `TestMeeting`: an engine, and what it said.
package final class TestMember {
    /// For reading a test's failures.
    package let name: String
    package var engine: Engine<SeededCryptoProvider>
    package var connection: ConnectionID?
    /// How far the server's own gate lets this person's connections.
    package var gate = DeliveryGate.waits
    /// Takes what the server says in place of the engine, which then does nothing at all.
    package var script: (([UInt8]) -> Void)?
    var comesBackAt: UInt64?
    var wantsNewLine = false

    /// Where they are.
    package private(set) var state = MemberState.idle
    /// Where they were before, the oldest first.
    package private(set) var states: [MemberState] = []
    /// Why they may not send.
    package private(set) var gateReasons: GateReasons?
    /// Whom they see.
    package private(set) var roster: [RosterEntry] = []
    /// What they were told of the policy, each time.
    package private(set) var policies: [PolicyView] = []
    /// Who waits, for them.
    package private(set) var lobby: [LobbyEntry] = []
    /// Their own words while they wait.
    package private(set) var words: [UInt16]?
    /// Epochs they got keys of, with the base key; without it when a ledger keeps it.
    package private(set) var epochs: [UInt64: [UInt8]] = [:]
    /// The same as the media side got them, in the order they came.
    package private(set) var mediaEpochs: [MediaEpoch] = []
    /// In the place of a media side that would be told the base key, and forget it again.
    package let ledger: SecretLedger?
    /// Epochs by the ledger's count, in their order.
    package private(set) var epochsInLedger: [Int] = []
    /// The epoch of today; nothing when everything was wiped.
    package private(set) var epoch: UInt64?
    /// Whose frames they take, in the epoch of today.
    package private(set) var mediaOccupants: [MediaOccupant] = []
    /// What they were told by others.
    package private(set) var heard: [AppEvent] = []
    /// Ids of the links that came into force.
    package private(set) var invites: [[UInt8]] = []
    /// What the meeting is about, each time they were told.
    package private(set) var topics: [String] = []
    /// Words of the host while they waited.
    package private(set) var notes: [[UInt8]] = []
    /// What they would send if their page were closed now.
    package private(set) var goodbye: [UInt8] = []
    /// What their device keeps to go on after a crash.
    package private(set) var saved: HeldSecret?
    /// How often it was written.
    package private(set) var saves = 0
    /// It was told to delete it.
    package private(set) var isSavedDeleted = false
    /// How much later than the meeting's clock theirs began, in milliseconds.
    package var clockBehind: UInt64 = 0
    /// How far their clock on the wall was set back, in milliseconds.
    package var wallBehind: UInt64 = 0
    /// The meeting code they see.
    package private(set) var code = ""
    /// How comparison rounds went, each step.
    package private(set) var comparisons: [CompareView] = []
    package private(set) var faults: [(code: UInt16, leaf: UInt32?)] = []
    package private(set) var refused: [EngineCommand] = []
    /// Why commands were refused, where it was said.
    package private(set) var reasons: [RefusalReason] = []
    /// When the last keys came, in the meeting's milliseconds.
    package private(set) var lastEpochAt: UInt64 = 0
    /// When sending became possible, each time, in the meeting's milliseconds.
    package private(set) var openedAt: [UInt64] = []
    /// They came by the host link.
    package var isHost = false
    private var wasLive = false

    init(_ name: String, _ engine: consuming Engine<SeededCryptoProvider>, _ ledger: SecretLedger?) {
        self.name = name
        self.engine = engine
        self.ledger = ledger
    }

    func note(_ output: EngineOutput, at now: UInt64) {
        switch output {
        case .send: break
        case .reconnect: self.wantsNewLine = true
        case .state(let state):
            self.state = state
            self.states.append(state)
        case .mediaEpoch(let epoch):
            self.epochs[epoch.epoch] = self.ledger == nil ? epoch.baseKey.secret.copied() : []
            if let known = self.ledger?.epoch(of: epoch.baseKey) {
                self.epochsInLedger.append(known)
            } else {
                self.mediaEpochs.append(epoch)
            }
            self.epoch = epoch.epoch
            self.mediaOccupants = epoch.occupants
            self.lastEpochAt = now
        case .wipe: self.epoch = nil
        case .gate(let reasons): self.gateReasons = reasons
        case .roster(let roster): self.roster = roster
        case .policy(let policy): self.policies.append(policy)
        case .lobby(let lobby): self.lobby = lobby
        case .waitingWords(_, let words): self.words = words
        case .note(let note): self.notes.append(note)
        case .app(let event): self.heard.append(event)
        case .goodbye(let frame): self.goodbye = frame
        case .save(let state):
            self.saved = state
            self.saves += 1
            self.isSavedDeleted = false
        case .deleteSaved:
            self.saved = nil
            self.isSavedDeleted = true
        case .code(let code): self.code = String(decoding: code, as: UTF8.self)
        case .compare(let view): self.comparisons.append(view)
        case .invite(let identifier): self.invites.append(identifier)
        case .topic(let topic): self.topics.append(String(decoding: topic, as: UTF8.self))
        case .refused(let command, let why):
            self.refused.append(command)
            if let why { self.reasons.append(why) }
        case .fault(let code, let leaf): self.faults.append((code, leaf))
        }
    }

    /// One input was carried out to its end.
    func settle(at now: UInt64) {
        if self.isLive, !self.wasLive { self.openedAt.append(now) }
        self.wasLive = self.isLive
    }

    /// In the meeting, with an open gate.
    package var isLive: Bool { self.state == .live && self.gateReasons == [] }

    /// The key frames are sent with now.
    package var baseKey: [UInt8]? { self.epoch.flatMap { self.epochs[$0] } }

    /// Names they see, sorted; an empty one is somebody who did not say theirs yet.
    package var names: [String] { self.roster.map { String(decoding: $0.name, as: UTF8.self) }.sorted() }

    /// The key of somebody they see.
    package func key(of name: String) -> [UInt8]? {
        self.roster.first { String(decoding: $0.name, as: UTF8.self) == name }?.signatureKey
    }
}
