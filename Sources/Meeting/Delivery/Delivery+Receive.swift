internal import Wire

extension Delivery {
    /// A binary message came in.
    package mutating func receive(
        _ bytes: [UInt8], from connection: ConnectionID, now: ContinuousClock.Instant, unixSeconds: UInt64
    ) -> [DeliveryEffect] {
        guard self.lines[connection] != nil else { return [] }
        // Also what cannot be read has its answer, so that nobody waits for one.
        let request = bytes.rawSpan.u32(1) ?? 0
        guard self.lines[connection]?.frames.take(now: now) ?? false else {
            return self.refuse(.rate, request, connection, now: now)
        }
        do throws(WireError) {
            let command = try DeliveryCommand(Frame(decoding: bytes))
            self.handle(command, request, connection, now: now, unixSeconds: unixSeconds)
            return self.takeEffects()
        } catch {
            return self.refuse(error == .tooLarge ? .tooBig : .malformed, request, connection, now: now)
        }
    }

    /// Says so, and ends a connection that does not listen.
    private mutating func refuse(
        _ failure: DeliveryFailure, _ request: UInt32, _ connection: ConnectionID, now: ContinuousClock.Instant
    ) -> [DeliveryEffect] {
        self.reply(.failed(failure), to: request, on: connection)
        guard self.lines[connection]?.strike() ?? false else { return self.takeEffects() }
        self.effects.append(.end(connection))
        return self.disconnect(connection, now: now)
    }

    private mutating func handle(
        _ command: DeliveryCommand, _ request: UInt32, _ connection: ConnectionID, now: ContinuousClock.Instant,
        unixSeconds: UInt64
    ) {
        do throws(DeliveryFailure) {
            guard self.isOpen(to: command, from: connection) else { throw .denied }
            switch command {
            case .commit(let commit): try self.commit(commit, request, connection, now: now)
            case .bind(let bind): try self.bind(bind, request, connection, now: now, unixSeconds: unixSeconds)
            case .get(let get): self.reply(.data(try self.get(get, connection, now: now)), to: request, on: connection)
            default:
                try self.handleSimply(command, connection, now: now)
                self.insertOk(request, connection)
            }
        } catch {
            // Which groups there are is nobody's business who owes the passcode.
            let owes = self.lines[connection]?.owesPasscode ?? false
            let failure = owes && error == .unknownGroup ? .denied : error
            self.reply(.failed(failure), to: request, on: connection)
        }
    }

    /// Whoever owes the passcode reads what the meeting is and shows who they are, and nothing else.
    private func isOpen(to command: DeliveryCommand, from connection: ConnectionID) -> Bool {
        guard self.lines[connection]?.owesPasscode == true else { return true }
        switch command {
        case .bind: return true
        case .get(let get): return get.what == .descriptors
        default: return false
        }
    }

    /// Everything that is answered by Ok or a failure at once.
    private mutating func handleSimply(
        _ command: DeliveryCommand, _ connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        switch command {
        case .create(let create): try self.create(create, connection, now: now)
        case .knock(let request): try self.knock(request, connection, now: now)
        case .reveal(let reveal): try self.reveal(reveal, connection)
        case .answer(let answer): try self.answer(answer, connection)
        case .note(let note): try self.note(note, connection)
        case .propose(let message): try self.propose(message, connection, now: now)
        case .app(let app): try self.app(app, connection, now: now)
        case .keyPackages(let packages): try self.upload(packages, connection)
        case .reserve(let id): try Self.inGroup(try self.groups[id]?.reserve(connection, now: now))
        case .fault(let fault): try Self.inGroup(try self.groups[fault.group]?.fault(fault, from: connection, now: now))
        case .ack(let ack): try Self.inGroup(try self.groups[ack.group]?.ack(ack, from: connection, now: now))
        case .withdraw(let key): try self.withdraw(key, connection)
        case .snapshot(let tree): try Self.inGroup(try self.groups[tree.group]?.take(tree, from: connection))
        case .commit, .bind, .get: preconditionFailure("answered elsewhere")
        }
    }

    /// Nil is what comes of a call to a group that is not there.
    static func inGroup(_ outcome: Void?) throws(DeliveryFailure) {
        guard outcome != nil else { throw .unknownGroup }
    }

    /// The answer stands before what follows from the question.
    private mutating func insertOk(_ request: UInt32, _ connection: ConnectionID) {
        self.effects.insert(.send([connection], DeliveryEvent.ok.frame(request: request)), at: 0)
    }
}
