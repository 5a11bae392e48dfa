package import E2EE

/// The person's end of the group, as a value around the engine: what comes in, what is to be done, and what there is to
/// show. It has no socket and no clock.
package struct Membership: ~Copyable {
    private var engine: NativeEngine
    private let admits: Bool
    private let goesOn: Bool

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

    /// More people than this were never in one meeting.
    private static var namesMax: Int { 2_000 }

    /// The member behind `link`, who has not asked for anything yet.
    package init(_ link: consuming Link, _ options: PeerOptions) throws(E2EEError) {
        let config = EngineConfig(
            name: Array(options.name.text.utf8), language: Array(options.language.rawValue.utf8), clientVersion: 1,
            buildHash: [], wordlist: options.language.wordlist)
        self.engine = try NativeEngine(link, config)
        self.admits = options.admits
        self.goesOn = options.goesOn
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
            let wishes = self.drain(into: &effects)
            inputs += wishes.map { .command($0) }
        }
        return effects
    }

    /// Wipes everything.
    package mutating func close(now: EngineTime) { _ = self.handle(.command(.leave), now: now) }

    private mutating func drain(into effects: inout [MemberEffect]) -> [EngineCommand] {
        var changes: [KeyChange] = []
        var hasNewcomers = false
        var wishes: [EngineCommand] = []
        var end: MemberEffect?
        let mightEncrypt = self.mayEncrypt
        while let output = self.engine.next() {
            switch output {
            case .send(let bytes): effects.append(.send(bytes))
            case .policy: break  // nobody here asks what may be done
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
                changes.append(.wipe)
            case .gate(let reasons):
                self.gate = reasons
                if reasons.contains(.unhosted), self.goesOn { wishes.append(.continueUnhosted) }
            case .roster(let roster): self.take(roster)
            case .lobby(let entries):
                self.waiting = entries.map { Self.text($0.name) }
                if !entries.isEmpty, self.admits { wishes.append(.admit([])) }
            case .note(let note): self.note = DisplayName.line(of: note)
            case .code(let digits): self.code = String(decoding: digits, as: UTF8.self)
            case .fault(let code, _): self.faults[code, default: 0] += 1
            case .goodbye: break  // a program has the time to ask for its own
            case .save, .deleteSaved: break  // nothing is kept here, and the engine knows
            case .waitingWords, .compare, .app, .refused, .invite: break
            }
        }
        if !changes.isEmpty || self.mayEncrypt != mightEncrypt {
            // A wipe closes the gate, so what counts at the end of the input is said last.
            changes.append(.gate(isOpen: self.mayEncrypt))
            effects.append(.keys(changes, hasNewcomers: hasNewcomers))
        }
        if let end { effects.append(end) }
        return wishes
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
