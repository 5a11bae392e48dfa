internal import Wire

extension Delivery {
    /// Somebody asks to come in: hosts hear of it, now or when they come (`e2ee.md` 9).
    mutating func knock(
        _ request: LobbyRequest, _ connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        guard let line = self.lines[connection], line.gate != .stranger else { throw .denied }
        guard request.meeting == self.meeting.id, request.instance == self.meeting.instance else { throw .malformed }
        guard self.lines[connection]?.knocks.take(now: now) ?? false else { throw .rate }
        let reference = KeyPackageReference(of: request.keyPackage)
        guard self.welcomes[reference].map({ $0 == connection }) ?? true else { throw .conflict }
        guard self.lobby.knocks.count < Lobby.knocksAtMost || self.lobby.knocks[connection] != nil else {
            throw .rate
        }
        if let welcome = line.welcome, welcome.reference == reference {
            let frame = DeliveryEvent.welcome(welcome).frame(request: 0)
            return self.effects.append(.send([connection], frame))
        }
        let old = self.lobby.knocks[connection]?.reference
        guard let knock = self.lobby.knock(request, by: connection) else { throw .conflict }
        if let old { self.forget(old, connection) }
        self.lines[connection]?.references.insert(reference)
        self.welcomes[reference] = connection
        self.tellHosts(.request(knock.request))
    }

    mutating func reveal(_ reveal: LobbyReveal, _ connection: ConnectionID) throws(DeliveryFailure) {
        guard self.lobby.connection(of: reveal.request) == connection else { throw .denied }
        self.tellHosts(.reveal(reveal))
    }

    mutating func answer(_ answer: LobbyAnswer, _ connection: ConnectionID) throws(DeliveryFailure) {
        try self.tellWaiting(.answer(answer), answer.request, by: connection)
    }

    mutating func note(_ note: LobbyNote, _ connection: ConnectionID) throws(DeliveryFailure) {
        try self.tellWaiting(.note(note), note.request, by: connection)
        guard note.decision == .refused, let waiting = self.lobby.connection(of: note.request) else { return }
        if let reference = self.lobby.knocks[waiting]?.reference { self.forget(reference, waiting) }
        self.lobby.forget(waiting)
    }

    /// KeyPackages with which others may add this client: the service reads where each ends, to know its reference.
    mutating func upload(_ packages: [UInt8], _ connection: ConnectionID) throws(DeliveryFailure) {
        guard let line = self.lines[connection], line.gate != .stranger else { throw .denied }
        var references: [KeyPackageReference] = []
        do throws(WireError) {
            var reader = ByteReader(packages.rawSpan)
            while !reader.isAtEnd {
                guard references.count < Line.packagesAtMost else { throw .tooLarge }
                let package = try reader.mlsMessage()
                guard packages[package.lowerBound + 3] == UInt8(MLSNumbers.keyPackage) else { throw .illegalValue }
                references.append(KeyPackageReference(of: Array(packages[package])))
            }
        } catch {
            throw error == .tooLarge ? .tooBig : .malformed
        }
        guard references.allSatisfy({ self.welcomes[$0].map { $0 == connection } ?? true }) else { throw .conflict }
        let knock = self.lobby.knocks[connection]?.reference
        for reference in line.references where reference != knock { self.forget(reference, connection) }
        for reference in references {
            self.lines[connection]?.references.insert(reference)
            self.welcomes[reference] = connection
        }
        self.lines[connection]?.keyPackages = packages
    }

    private mutating func forget(_ reference: KeyPackageReference, _ connection: ConnectionID) {
        self.lines[connection]?.references.remove(reference)
        if self.welcomes[reference] == connection { self.welcomes[reference] = nil }
    }

    /// Connections that may let people in: bound with a host's or co-host's chain; where nobody is, the first successor
    /// that is here (`e2ee.md` 3.2, acting host).
    var hosts: [ConnectionID] {
        guard let bindings = self.main.flatMap({ self.groups[$0]?.bindings.values }) else { return [] }
        let certified = bindings.filter { $0.isCertified && ($0.standing?.rights.contains(.admit) ?? false) }
        guard certified.isEmpty else {
            return certified.map(\.connection).sorted { $0.rawValue < $1.rawValue }
        }
        for successor in self.meeting.descriptor?.successors ?? [] {
            if let acting = bindings.first(where: { $0.keys.contains(successor) }) { return [acting.connection] }
        }
        return []
    }

    /// Somebody who may let people in has come: it hears who waits.
    mutating func tellOfWaiting(_ connection: ConnectionID) {
        guard self.hosts.contains(connection) else { return }
        for knock in self.lobby.waiting { self.tell([connection], .request(knock.request)) }
    }

    private mutating func tellHosts(_ message: LobbyMessage) { self.tell(self.hosts, message) }

    private mutating func tellWaiting(
        _ message: LobbyMessage, _ request: RequestHash, by connection: ConnectionID
    ) throws(DeliveryFailure) {
        guard self.hosts.contains(connection) else { throw .denied }
        guard let waiting = self.lobby.connection(of: request) else { throw .gone }
        self.tell([waiting], message)
    }

    private mutating func tell(_ connections: [ConnectionID], _ message: LobbyMessage) {
        guard !connections.isEmpty else { return }
        self.effects.append(.send(connections, DeliveryEvent.lobby(message).frame(request: 0)))
    }
}
