internal import Wire

/// The delivery service of one meeting (`e2ee.md` 5): it orders messages that it cannot read. It has no clock, no socket
/// and no content key; whoever owns it passes frames, time and a generator of random numbers, and carries out the
/// effects. It keeps everything in memory only and writes nothing to any log.
package struct Delivery: Sendable {
    /// Rooms beside the meeting's own group, at once.
    static let roomsAtMost = 64

    let key: DeliveryKey
    /// What was registered for the meeting.
    package var meeting: DeliveryMeeting
    var lines: [ConnectionID: Line] = [:]
    var groups: [GroupID: GroupOrder] = [:]
    /// The meeting's own group.
    var main: GroupID?
    var founding = Founding()
    var lobby = Lobby()
    var revoked = RevokedKeys()
    var people = KnownPeople()
    /// Keys of co-hosts of before, and those that stood between them and their host.
    var withdrawn = RevokedKeys()
    /// When hosts hear of the next who wait; nil when they know all.
    var tellsAt: ContinuousClock.Instant?
    /// Whose Welcome is whose.
    var welcomes: [KeyPackageReference: ConnectionID] = [:]
    /// KeyPackages that a Commit used, and no Commit uses again: whoever knocks with one needs another.
    var spent: Set<KeyPackageReference> = []
    /// More than that a meeting hardly admits. Then all are forgotten, and whoever knocks with one is not heard by hosts,
    /// who do not use it again either.
    static let spentAtMost = 4_096
    /// Filled by one call and handed out at its end.
    var effects: [DeliveryEffect] = []
    /// The membership that was handed out last: of which group, and in which state.
    private var handedOut: (group: GroupID, changes: UInt64)?

    /// A meeting whose group is not founded yet. `installationSecret` has at least 32 random bytes.
    package init(meeting: DeliveryMeeting, installationSecret: [UInt8]) {
        self.meeting = meeting
        self.key = DeliveryKey(
            installationSecret: installationSecret, meeting: meeting.id, instance: meeting.instance)
    }

    /// The public key in every group's `external_senders`.
    package var publicKey: LeafKey { self.key.publicKey }

    /// There is no group, nobody founds one, and nobody is connected.
    package var isEmpty: Bool { self.lines.isEmpty && self.groups.isEmpty && self.founding.claims.isEmpty }

    /// What is kept of what clients said, in bytes: logs, trees, claims, knocks, KeyPackages and Welcomes. What two of them
    /// share is counted twice.
    package var storedBytes: Int {
        let groups = self.groups.values.map(\.byteCount)
        let claims = self.founding.claims.values.map { $0.state.tree.count + $0.state.groupInfo.count }
        let lines = self.lines.values.map { $0.keyPackages.count + ($0.admission?.welcome.message.count ?? 0) }
        return (groups + claims + lines).reduce(self.lobby.byteCount, +)
    }

    /// A WebSocket was opened: it is greeted, and may do what its gate lets it. While it owes the passcode that is to read
    /// what the meeting is, and to show a certificate or a leaf.
    package mutating func connect(
        _ connection: ConnectionID, gate: DeliveryGate, owes: Bool = false, now: ContinuousClock.Instant,
        using generator: inout some RandomNumberGenerator
    ) -> [DeliveryEffect] {
        let challenge = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        self.lines[connection] = Line(gate: gate, owesPasscode: owes, challenge: challenge, now: now)
        let hello = DeliveryEvent.Hello(challenge: challenge, key: self.key.publicKey)
        self.effects.append(.send([connection], DeliveryEvent.hello(hello).frame(request: 0)))
        return self.takeEffects()
    }

    /// The passcode is owed no more.
    package mutating func pass(_ connection: ConnectionID) { self.lines[connection]?.owesPasscode = false }

    /// A WebSocket is gone, whoever closed it.
    package mutating func disconnect(_ connection: ConnectionID, now: ContinuousClock.Instant) -> [DeliveryEffect] {
        self.lobby.forget(connection)
        self.founding.drop(connection)
        for reference in self.lines[connection]?.references ?? [] { self.welcomes[reference] = nil }
        self.lines[connection] = nil
        for id in self.groupIDs { self.groups[id]?.unbind(connection, now: now) }
        self.dropOver(now: now)
        // Somebody else may be the one who answers the door now.
        self.tellOfWaiting(now: now)
        return self.takeEffects()
    }

    /// A WebSocket is gone, and whoever had it went for good: its leaf is lost at once, so that the others take it out of the
    /// keys now and not in half a minute (`e2ee.md` 4.3). A goodbye in the group is better; a page that is closed has no
    /// time for one.
    package mutating func depart(_ connection: ConnectionID, now: ContinuousClock.Instant) -> [DeliveryEffect] {
        let before = now - GroupOrder.lostAfter
        let leaves = self.groupIDs.map { ($0, self.groups[$0]?.leaves[connection]) }
        self.effects += self.disconnect(connection, now: now)
        for case (let id, let leaf?) in leaves {
            self.groups[id]?.roster.seats[leaf]?.lostSince = before
            self.groups[id]?.elapse(now: now)
        }
        return self.takeEffects()
    }

    /// Time passed.
    package mutating func elapse(now: ContinuousClock.Instant) -> [DeliveryEffect] {
        self.settleFounding(now: now)
        for id in self.groupIDs { self.groups[id]?.elapse(now: now) }
        self.dropOver(now: now)
        if let tellsAt = self.tellsAt, tellsAt <= now { self.tellOfWaiting(now: now) }
        return self.takeEffects()
    }

    /// When `elapse` has something to do, if nothing happens before. Half a second and one second matter here.
    package var deadline: ContinuousClock.Instant? {
        let own = [self.founding.deadline, self.tellsAt].compactMap { $0 }
        return (self.groups.values.compactMap(\.deadline) + own).min()
    }

    /// Who holds a leaf of the meeting's own group; nil when nothing changed since it was asked.
    package mutating func takeMembership() -> [GroupMember]? {
        guard let main = self.main, let group = self.groups[main] else {
            guard self.handedOut != nil else { return nil }
            self.handedOut = nil
            return []
        }
        if let handedOut = self.handedOut, handedOut.group == main, handedOut.changes == group.changes { return nil }
        self.handedOut = (main, group.changes)
        return group.members
    }

    /// The meeting is over: everybody is told, everything is dropped.
    package mutating func end() -> [DeliveryEffect] {
        for id in self.groupIDs { self.endGroup(id) }
        self.main = nil
        self.founding = Founding()
        self.lobby = Lobby()
        self.tellsAt = nil
        self.revoked = RevokedKeys()
        self.withdrawn = RevokedKeys()
        self.people = KnownPeople()
        self.welcomes = [:]
        self.spent = []
        self.lines = [:]
        return self.takeEffects()
    }

    /// Always in the same order, whatever the hashing.
    var groupIDs: [GroupID] {
        self.groups.keys.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }

    mutating func takeEffects() -> [DeliveryEffect] {
        for id in self.groupIDs { self.collect(id) }
        let effects = self.effects
        self.effects = []
        return effects
    }

    /// What a group wants done, after what was already wanted; and whoever lost a place in it loses what the place gave.
    mutating func collect(_ id: GroupID) {
        self.effects += self.groups[id]?.takeEffects() ?? []
        for connection in self.groups[id]?.takeUnwelcome() ?? []
        where self.lines[connection]?.admission?.group == id { self.lines[connection]?.admission = nil }
        for connection in self.groups[id]?.takeRemoved() ?? [] where id == self.main {
            self.lines[connection]?.standing = nil
        }
    }

    mutating func reply(_ event: DeliveryEvent, to request: UInt32, on connection: ConnectionID) {
        self.effects.append(.send([connection], event.frame(request: request)))
    }

    mutating func endGroup(_ id: GroupID) {
        self.groups[id]?.refuseCandidate(.gone)
        self.groups[id]?.tellAll(.ended(id))
        self.collect(id)
        self.groups[id] = nil
        if self.main == id { self.main = nil }
    }

    /// Groups that nobody is in any more leave nothing behind (`e2ee.md` 5, rule 7).
    private mutating func dropOver(now: ContinuousClock.Instant) {
        for id in self.groupIDs where self.groups[id]?.isOver(now: now) ?? false { self.endGroup(id) }
    }
}
