package import E2EE
internal import MediaCore

/// The person's end of the group, as a value around the engine: what comes in, what is to be done, and what there is to
/// show. It has no socket and no clock.
package struct Membership: ~Copyable {
    private var engine: NativeEngine
    private let admits: Bool
    private let admitsServices: Bool
    private let agrees: Bool
    /// A service captions, and writes to nobody.
    private let isService: Bool
    private let goesOn: Bool
    private let disobeys: Bool
    private let sharesScreen: Bool
    /// What is to be said once everything may be, UTF-8.
    private var words: [UInt8]?
    /// What is to be said after one another.
    private var script: [[UInt8]] = []
    private let wordsAgain: UInt64?
    /// Milliseconds before which they are not said.
    private var wordsDue: UInt64 = 0
    private var features: FeatureSet?
    /// What is not sent any more.
    private var stopped: Set<MediaKind> = []

    /// Where we are with the meeting.
    package private(set) var state = MemberState.idle
    /// Why nothing may be sent; nothing before the engine said anything about it.
    package private(set) var gate: GateReasons?
    /// The epoch of the keys we have.
    package private(set) var epoch: UInt64?
    /// The meeting code of that epoch: 30 digits.
    package private(set) var code: String?
    /// Rules that others broke, or the server, by number (`e2ee.md` 4.2), and how often.
    package private(set) var faults: [UInt16: Int] = [:]
    /// Times the place in the group had to be made anew.
    package private(set) var resyncs = 0
    /// Everybody who is in.
    package private(set) var roster: [RosterEntry] = []
    /// Names of everybody else who was ever in, by signature key.
    package private(set) var names: [[UInt8]: String] = [:]
    /// Names of those who wait, if we may let them in.
    package private(set) var waiting: [String] = []
    /// What the host wrote to us while we waited.
    package private(set) var note: String?
    /// What others wrote, the last ones, without their words.
    package private(set) var lines: [PeerReport.Line] = []
    /// How many captions came.
    package private(set) var captions = 0

    /// More people than this were never in one meeting.
    private static var namesMax: Int { 2_000 }
    /// So many lines wait to be said.
    private static var scriptMax: Int { 64 }
    /// What the person of this program read.
    private static var consentText: [UInt8] { Array("beraad-peer --agree".utf8) }
    /// So many lines stand in a report.
    private static var linesMax: Int { 256 }

    /// The member behind `link`, who has not asked for anything yet.
    package init(_ link: consuming Link, _ options: PeerOptions) throws(E2EEError) {
        var config = EngineConfig(
            name: Array(options.name.text.utf8), language: Array(options.language.rawValue.utf8), clientVersion: 1,
            buildHash: [], wordlist: options.language.wordlist)
        config.defiesRules = options.disobeys
        self.isService = link.kind == .service
        self.engine = try NativeEngine(link, config)
        self.admits = options.admits
        self.admitsServices = options.admitsServices
        self.agrees = options.agrees
        self.goesOn = options.goesOn
        self.disobeys = options.disobeys
        self.sharesScreen = options.sharesScreen
        self.words = options.words.map { Array($0.utf8) }
        self.wordsAgain = options.wordsAgainSeconds.map { UInt64(min(max(1, $0), 3_600)) * 1_000 }
    }

    /// Whether anything may be sent.
    package var mayEncrypt: Bool { self.state == .live && self.gate == [] }

    /// Takes one input and what follows from it.
    package mutating func handle(_ input: EngineInput, now: EngineTime) -> [MemberEffect] {
        var effects: [MemberEffect] = []
        var inputs = [input]
        while !inputs.isEmpty {
            self.engine.handle(inputs.removeFirst(), now: now)
            // One input is carried out to its end before the next one comes.
            let wishes = self.drain(into: &effects, now: now)
            inputs += wishes.map { .command($0) }
        }
        return effects
    }

    /// Says something as soon as it may; more than a few lines do not wait.
    package mutating func say(_ text: [UInt8]) {
        guard self.script.count < Self.scriptMax else { return }
        self.script.append(text)
    }

    /// What somebody says, or of a service a caption about the first one who agreed; nothing while nobody did.
    private func saying(_ text: [UInt8]) -> EngineCommand? {
        guard self.isService else {
            return .send(kind: AppMessage.Kind.chat.rawValue, body: Chat(text: text).encoded, deliverTo: [])
        }
        guard let about = self.roster.first(where: { $0.usable.contains(.voice) })?.leaf else { return nil }
        let caption = Caption(text: text, about: about)
        return .send(kind: AppMessage.Kind.caption.rawValue, body: caption.encoded, deliverTo: [])
    }

    /// Answers about services that nobody was asked about.
    private func answers(_ roster: [RosterEntry]) -> [EngineCommand] {
        guard self.agrees else { return [] }
        return roster.compactMap { entry in
            guard let service = entry.service, service.answer == .unasked else { return nil }
            return .consent(entry.signatureKey, service.info, isGiven: true, text: Self.consentText)
        }
    }

    /// Lets people and services in, as far as they are wanted.
    private func admissions(_ entries: [LobbyEntry]) -> [EngineCommand] {
        var wishes: [EngineCommand] = []
        if self.admits, entries.contains(where: { $0.service == nil }) { wishes.append(.admit([])) }
        let services = entries.filter { $0.service != nil }.map(\.requestHash)
        if self.admitsServices, !services.isEmpty { wishes.append(.admit(services)) }
        return wishes
    }

    /// Wipes everything.
    package mutating func close(now: EngineTime) { _ = self.handle(.command(.leave), now: now) }

    private mutating func drain(into effects: inout [MemberEffect], now: EngineTime) -> [EngineCommand] {
        var changes: [KeyChange] = []
        var hasNewcomers = false
        var wishes: [EngineCommand] = []
        var end: MemberEffect?
        let mightEncrypt = self.mayEncrypt
        while let output = self.engine.next() {
            switch output {
            case .send(let bytes): effects.append(.send(bytes))
            case .policy(let policy): self.features = policy.features
            case .reconnect: effects.append(.reconnect)
            case .state(let state):
                self.state = state
                if state == .resync { self.resyncs += 1 }
                if case .out(let reason) = state { end = .end(ClientFailure(reason)) }
            case .mediaEpoch(let epoch):
                self.epoch = epoch.epoch
                hasNewcomers = hasNewcomers || !epoch.added.isEmpty
                changes.append(.begin(epoch))
            case .wipe:
                self.epoch = nil
                self.code = nil
                self.roster = []
                self.features = nil
                changes.append(.wipe)
            case .gate(let reasons):
                self.gate = reasons
                if reasons.contains(.unhosted), self.goesOn { wishes.append(.continueUnhosted) }
            case .roster(let roster):
                self.take(roster)
                wishes += self.answers(roster)
            case .lobby(let entries):
                self.waiting = entries.map { Self.text($0.name) }
                wishes += self.admissions(entries)
            case .note(let note): self.note = DisplayName.line(of: note)
            case .code(let digits): self.code = String(decoding: digits, as: UTF8.self)
            case .fault(let code, _): self.faults[code, default: 0] += 1
            case .goodbye: break  // a program has the time to ask for its own
            case .save, .deleteSaved: break  // nothing is kept here, and the engine knows
            case .app(let event): self.take(event, into: &effects)
            case .waitingWords, .compare, .refused, .invite, .topic: break
            }
        }
        if !changes.isEmpty || self.mayEncrypt != mightEncrypt {
            // A wipe closes the gate, so what counts at the end of the input is said last.
            changes.append(.gate(isOpen: self.mayEncrypt))
            effects.append(.keys(changes, hasNewcomers: hasNewcomers))
        }
        self.obeyRules(into: &effects)
        if self.mayEncrypt, now.monotonic >= self.wordsDue, let words = self.words, let wish = self.saying(words) {
            wishes.append(wish)
            self.words = self.wordsAgain == nil ? nil : words
            self.wordsDue = now.monotonic + (self.wordsAgain ?? 0)
        }
        if self.mayEncrypt, let line = self.script.first, let wish = self.saying(line) {
            self.script.removeFirst()
            wishes.append(wish)
        }
        if let end { effects.append(end) }
        return wishes
    }

    private mutating func take(_ event: AppEvent, into effects: inout [MemberEffect]) {
        guard event.signatureKey != self.roster.first(where: \.isOwn)?.signatureKey else { return }
        // The engine has read each body, and lets none through that is none.
        switch AppMessage.Kind(rawValue: event.kind) {
        case .chat:
            guard let chat = try? Chat(decoding: event.body) else { return }
            self.lines.append(PeerReport.Line(id: event.id, key: event.signatureKey, length: chat.text.count))
            if self.lines.count > Self.linesMax { self.lines.removeFirst() }
        case .caption: self.captions += 1
        case .moderation:
            switch (try? Moderation(decoding: event.body))?.act {
            case .mute: self.stop(.audio, into: &effects)
            case .stopVideo: if !self.sharesScreen { self.stop(.video, into: &effects) }
            case .stopShare: if self.sharesScreen { self.stop(.video, into: &effects) }
            case .lowerHand, .askToUnmute, nil: break  // it raises none, and nobody is there to ask
            }
        default: break
        }
    }

    /// Sends nothing that the rules of the meeting leave to others.
    private mutating func obeyRules(into effects: inout [MemberEffect]) {
        guard let features = self.features, let own = self.roster.first(where: \.isOwn) else { return }
        let standing = Standing(role: own.role, rights: [], isActing: own.label == .actingHost)
        if !features.lets(standing, .speak) { self.stop(.audio, into: &effects) }
        if !features.lets(standing, self.sharesScreen ? .shareScreen : .showCamera) {
            self.stop(.video, into: &effects)
        }
    }

    /// It stays so: a program has nobody who would switch it on again.
    private mutating func stop(_ kind: MediaKind, into effects: inout [MemberEffect]) {
        guard !self.disobeys, self.stopped.insert(kind).inserted else { return }
        effects.append(.stop(kind))
    }

    private mutating func take(_ roster: [RosterEntry]) {
        self.roster = roster
        for entry in roster where !entry.isOwn {
            guard self.names[entry.signatureKey] != nil || self.names.count < Self.namesMax else { continue }
            // Somebody whose name did not come yet keeps the one that was known.
            guard !entry.name.isEmpty || self.names[entry.signatureKey] == nil else { continue }
            self.names[entry.signatureKey] = Self.text(entry.name)
        }
    }

    private static func text(_ name: [UInt8]) -> String {
        name.isEmpty ? "(no name yet)" : DisplayName(name)?.text ?? "(unreadable name)"
    }
}
