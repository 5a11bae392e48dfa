extension Delivery {
    /// Somebody asks to come in: hosts hear of it, now or when they come (`e2ee.md` 9).
    mutating func knock(
        _ request: LobbyRequest, _ connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        guard let line = self.lines[connection], line.gate != .stranger else { throw .denied }
        guard request.meeting == self.meeting.id, request.instance == self.meeting.instance else { throw .malformed }
        guard self.lines[connection]?.knocks.take(now: now) ?? false else { throw .rate }
        let hash = RequestHash(of: request.bytes)
        let reference = KeyPackageReference(of: request.keyPackage)
        guard self.lobby.hasPlace(for: request, hash, of: connection) else { throw .rate }
        self.takeOver(hash, reference, connection)
        guard self.welcomes[reference].map({ $0 == connection }) ?? true else { throw .conflict }
        if let admission = self.lines[connection]?.admission, admission.welcome.reference == reference {
            let frame = DeliveryEvent.welcome(admission.welcome).frame(request: 0)
            return self.effects.append(.send([connection], frame))
        }
        // They were let in, and the line broke before the Welcome came: nobody lets the same KeyPackage in again.
        guard !self.spent.contains(reference) else { throw .conflict }
        if let old = self.lobby.knocks[connection]?.reference, old != reference { self.forget(old, connection) }
        _ = self.lobby.knock(request, by: connection)
        self.lines[connection]?.references.insert(reference)
        self.welcomes[reference] = connection
        self.tellOfWaiting(now: now)
    }

    /// The same knock on another connection: the line broke, and the server has not noticed yet. Knock and Welcome are the
    /// new connection's.
    private mutating func takeOver(_ hash: RequestHash, _ reference: KeyPackageReference, _ connection: ConnectionID) {
        let before =
            self.lobby.connection(of: hash) ?? self.lines.first { $0.value.admission?.request == hash }?.key
        guard let before, before != connection else { return }
        if let admission = self.lines[before]?.admission, admission.request == hash {
            self.lines[connection]?.admission = admission
            self.lines[before]?.admission = nil
            self.groups[admission.group]?.moveWelcome(from: before, to: connection)
        }
        self.forget(reference, before)
    }

    mutating func reveal(_ reveal: LobbyReveal, _ connection: ConnectionID) throws(DeliveryFailure) {
        guard self.lobby.reveal(reveal, by: connection) else { throw .denied }
        self.tell(self.hosts, .reveal(reveal))
    }

    /// The first answer is the one whose words are compared, so no other one counts; everybody else who answers the door
    /// hears it, and shows its words or none. Where hosts are they answer: a host's client takes no co-host's nonce for its own.
    mutating func answer(_ answer: LobbyAnswer, _ connection: ConnectionID) throws(DeliveryFailure) {
        let waiting = try self.waiting(answer.request, for: connection)
        let before = self.lobby.knocks[waiting]?.answer
        // Said again it is the same one, which may have got lost.
        guard before.map({ $0 == answer }) ?? self.mayAnswerFirst(connection) else { throw .conflict }
        self.tell([waiting], .answer(answer))
        guard before == nil else { return }
        self.lobby.answered(answer)
        self.tell(self.hosts.filter { $0 != connection }, .answer(answer))
    }

    private func mayAnswerFirst(_ connection: ConnectionID) -> Bool {
        let group = self.main.flatMap { self.groups[$0] }
        let answerers = self.hosts.filter { host in
            group?.leaves[host].flatMap { group?.bindings[$0]?.standing?.role } == .host
        }
        return answerers.isEmpty || answerers.contains(connection)
    }

    mutating func note(_ note: LobbyNote, _ connection: ConnectionID) throws(DeliveryFailure) {
        let waiting = try self.waiting(note.request, for: connection)
        self.tell([waiting], .note(note))
        guard note.decision == .refused else { return }
        if let reference = self.lobby.knocks[waiting]?.reference { self.forget(reference, waiting) }
        self.lobby.forget(waiting)
    }

    mutating func forget(_ reference: KeyPackageReference, _ connection: ConnectionID) {
        self.lines[connection]?.references.remove(reference)
        if self.welcomes[reference] == connection { self.welcomes[reference] = nil }
    }

    /// Connections that may let people in: bound with a host's or co-host's chain, or whoever stands in for a host.
    var hosts: [ConnectionID] {
        guard let group = self.main.flatMap({ self.groups[$0] }) else { return [] }
        return group.bindings.filter { leaf, binding in
            (binding.isCertified || leaf == group.actingHost) && group.rights(of: leaf).contains(.admit)
        }.map(\.value.connection).sorted { $0.rawValue < $1.rawValue }
    }

    /// Whoever may let people in hears who waits, a few at a time.
    mutating func tellOfWaiting(now: ContinuousClock.Instant) {
        self.tellsAt = nil
        for host in self.hosts {
            for knock in self.lobby.waiting(after: self.lines[host]?.knocksTold ?? .max) {
                guard self.lines[host]?.knockPace.take(now: now) ?? false else {
                    self.tellsAt = now + .seconds(1)
                    break
                }
                self.lines[host]?.knocksTold = knock.number
                self.tell([host], .request(knock.request))
                // Whoever comes later is shown the words that were read meanwhile.
                if let answer = knock.answer { self.tell([host], .answer(answer)) }
                if let reveal = knock.reveal { self.tell([host], .reveal(reveal)) }
            }
        }
    }

    /// Who waits, for somebody who answers the door.
    private func waiting(
        _ request: RequestHash, for connection: ConnectionID
    ) throws(DeliveryFailure) -> ConnectionID {
        guard self.hosts.contains(connection) else { throw .denied }
        guard let waiting = self.lobby.connection(of: request) else { throw .gone }
        return waiting
    }

    private mutating func tell(_ connections: [ConnectionID], _ message: LobbyMessage) {
        guard !connections.isEmpty else { return }
        self.effects.append(.send(connections, DeliveryEvent.lobby(message).frame(request: 0)))
    }
}
