package import Wire

/// An output as bytes, or an answer, for whoever cannot see the value itself: `docs/wasm.md` has the tables.
package struct OutputForm: Sendable {
    /// Of an output the kind, then its fields.
    package let bytes: [UInt8]
    /// The base key of an epoch, a state to keep, or fragments of links. It belongs right behind the bytes, and is in no
    /// other copy of them.
    package let secret: HeldSecret?
}

extension EngineOutput {
    /// The output as bytes.
    package var form: OutputForm {
        var writer = ByteWriter()
        writer.u8(self.formKind)
        self.writeFields(to: &writer)
        let secret: HeldSecret? =
            switch self {
            case .mediaEpoch(let epoch): epoch.baseKey
            case .save(let state): state
            default: nil
            }
        return OutputForm(bytes: writer.bytes, secret: secret)
    }

    private var formKind: UInt8 {
        switch self {
        case .send: 1
        case .reconnect: 2
        case .state: 3
        case .mediaEpoch: 4
        case .wipe: 5
        case .gate: 6
        case .roster: 7
        case .policy: 8
        case .lobby: 9
        case .waitingWords: 10
        case .note: 11
        case .app: 12
        case .refused: 13
        case .fault: 14
        case .code: 15
        case .compare: 16
        case .goodbye: 17
        case .save: 18
        case .deleteSaved: 19
        case .invite: 20
        case .topic: 21
        }
    }

    private func writeFields(to writer: inout ByteWriter) {
        switch self {
        case .send(let bytes), .note(let bytes), .code(let bytes), .goodbye(let bytes), .invite(let bytes),
            .topic(let bytes):
            writer.append(bytes)
        case .reconnect, .wipe, .save, .deleteSaved: break
        case .state(let state):
            writer.u8(state.number)
            if case .out(let reason) = state { writer.u8(reason.rawValue) }
        case .mediaEpoch(let epoch): epoch.write(to: &writer)
        case .gate(let reasons): writer.u16(reasons.rawValue)
        case .roster(let roster): for entry in roster { entry.write(to: &writer) }
        case .policy(let policy): policy.write(to: &writer)
        case .lobby(let lobby): for entry in lobby { entry.write(to: &writer) }
        case .waitingWords(let wordlist, let words):
            writer.u8(wordlist)
            writer.list(words)
        case .app(let event): event.write(to: &writer)
        case .compare(let view):
            writer.u8(view.phase.rawValue)
            writer.vector(view.pictures)
            writer.u8(view.isEqual.map { $0 ? 1 : 2 } ?? 0)
            writer.keys(view.people)
        case .refused(let command, let why):
            writer.u8(command.number)
            if let kind = command.kind { writer.u8(kind) }
            if command.hasReason { writer.u8(why?.rawValue ?? 0) }
        case .fault(let code, let leaf):
            writer.u16(code)
            writer.optional(leaf)
        }
    }
}

extension MemberState {
    /// Its number in the list of states.
    fileprivate var number: UInt8 {
        switch self {
        case .idle: 0
        case .checking: 1
        case .knocking: 2
        case .joining: 3
        case .unproven: 4
        case .live: 5
        case .paused: 6
        case .behind: 7
        case .resync: 8
        case .out: 9
        case .restored: 10
        }
    }
}

extension MediaEpoch {
    /// Everything but the key.
    fileprivate func write(to writer: inout ByteWriter) {
        writer.u64(self.epoch)
        writer.u8(UInt8(clamping: self.leafBits))
        writer.u32(self.ownLeaf)
        writer.list(self.added)
        writer.list(self.removed)
        writer.list(self.occupants)
    }
}

extension MediaOccupant: TLSWritable {
    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u32(self.leaf)
        writer.vector(self.signatureKey)
    }
}

extension PolicyView: TLSWritable {
    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u8(self.isLocked ? 1 : 0)
        writer.u8(self.admission.rawValue)
        writer.u16(self.rights.rawValue)
        writer.u32(self.features.rawValue)
        writer.u32(self.featuresMax.rawValue)
        writer.u16(self.membersMax)
        writer.u16(self.servicesMax.rawValue)
    }
}

extension RosterEntry: TLSWritable {
    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u32(self.leaf)
        writer.vector(self.signatureKey)
        writer.vector(self.name)
        writer.u8(self.role.rawValue)
        writer.u8(self.isOwn ? 1 : 0)
        writer.u8(self.label.rawValue)
        writer.u8((self.isHandUp ? 1 : 0) | (self.isSilent ? 2 : 0))
        writer.optional(self.service)
    }
}

extension ServiceView: TLSWritable {
    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        self.info.write(to: &writer)
        writer.u8(self.answer.rawValue)
    }
}

extension LobbyEntry: TLSWritable {
    /// Writes the fields in order; words that are not known yet are an empty list.
    package func write(to writer: inout ByteWriter) {
        writer.vector(self.requestHash)
        writer.vector(self.name)
        writer.vector(self.note)
        writer.list(self.words ?? [])
        writer.u8((self.isFromLink ? 1 : 0) | (self.wasIn ? 2 : 0))
        writer.optional(self.service)
    }
}

extension AppEvent: TLSWritable {
    /// Writes the fields in order.
    package func write(to writer: inout ByteWriter) {
        writer.u32(self.leaf)
        writer.vector(self.signatureKey)
        writer.u8(self.kind)
        writer.vector(self.id)
        writer.u64(self.sentMilliseconds)
        writer.keys(self.to)
        writer.vector(self.body)
    }
}
