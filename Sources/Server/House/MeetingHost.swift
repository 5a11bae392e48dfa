internal import Edge
internal import Foundation
internal import Meeting
internal import Redaction
internal import Signalling

/// The owner of one meeting: it passes time and randomness to the rules and carries out what they want. Nothing is
/// decided here.
actor MeetingHost {
    let number: RoomNumber
    private let media: any MediaDoor
    var room: Room
    /// The order of the group's messages; nil where there is no meeting, and so nobody comes to the door.
    private var delivery: Delivery?
    /// Of this meeting alone, so that what is remembered of a network means nothing elsewhere (`privacy.md` 4.5).
    private let networkKey: [UInt8]
    private var outboxes: [ConnectionID: Outbox] = [:]
    private var nextConnection: UInt64 = 0
    var generator = SystemRandomNumberGenerator()
    /// Sealed files of this meeting, by their names on disk.
    var blobs: [BlobID: BlobName] = [:]
    let store: BlobStore
    let index: BlobIndex
    private var isClosed = false
    /// The meeting is no more: whoever comes gets another room.
    private var isRetired = false
    /// A host ended it for everybody: this is the room of a meeting that does not exist.
    private var isOver = false
    private let tellOver: @Sendable () -> Void
    private let tellPasscode: @Sendable () -> Void
    /// The media plane learns of a room with the first who sends.
    private var hasMedia = false
    /// Tells the delivery service when its time has come.
    private var alarm: (for: ContinuousClock.Instant, task: Task<Void, Never>)?
    /// Whatever the rules ask for, they are not told the time more often: a mistake in them may not take a whole processor.
    private static let breath = Duration.milliseconds(20)

    init(
        number: RoomNumber, invite: InviteID, capacity: Int, meeting: DeliveryMeeting?, memory: DoorMemory?,
        installationSecret: [UInt8], media: any MediaDoor, store: BlobStore, index: BlobIndex,
        tellOver: @escaping @Sendable () -> Void, tellPasscode: @escaping @Sendable () -> Void
    ) {
        let door = meeting?.door ?? .waiting
        self.number = number
        self.media = media
        self.store = store
        self.index = index
        self.tellOver = tellOver
        self.tellPasscode = tellPasscode
        let passcode = memory?.passcode ?? PasscodeDesk()
        self.room = Room(
            invite: invite, capacity: capacity, door: door, permissions: meeting?.permissions ?? .atFirst,
            passcode: passcode)
        self.delivery = meeting.map { Delivery(meeting: $0, installationSecret: installationSecret) }
        self.networkKey = memory?.networkKey ?? (0..<32).map { _ in UInt8.random(in: .min ... .max) }
    }

    /// Nil when the host has closed meanwhile.
    func connect(_ outbox: Outbox, from prefix: Redacted<[UInt8]>?) -> ConnectionID? {
        guard !self.isClosed, !self.isRetired else { return nil }
        self.nextConnection += 1
        let connection = ConnectionID(rawValue: self.nextConnection)
        self.outboxes[connection] = outbox
        let network = prefix.map { NetworkMark($0, key: self.networkKey) }
        self.carryOut(self.room.connect(connection, network: network, now: .now))
        return connection
    }

    func received(_ message: Result<ClientMessage, Malformed>, from connection: ConnectionID) {
        switch message {
        case .success(let message):
            self.carryOut(self.room.handle(message, from: connection, now: .now, using: &self.generator))
        case .failure: self.carryOut(self.room.handleMalformed(from: connection, now: .now))
        }
    }

    /// A frame for the delivery service. Whoever is not at its door has sent something that is no message here.
    func received(frame: [UInt8], from connection: ConnectionID) {
        guard self.room.isAtDoor(connection), self.delivery != nil else {
            return self.carryOut(self.room.handleMalformed(from: connection, now: .now))
        }
        let seconds = UInt64(max(0, Date.now.timeIntervalSince1970))
        self.carryOut(self.delivery?.receive(frame, from: connection, now: .now, unixSeconds: seconds) ?? [])
    }

    func disconnected(_ connection: ConnectionID) {
        self.outboxes[connection] = nil
        self.carryOut(self.room.disconnect(connection, now: .now))
        self.carryOut(self.delivery?.disconnect(connection, now: .now) ?? [])
    }

    func report(_ report: MediaReport) {
        self.carryOut(self.room.handle(report))
    }

    /// How many people have a seat.
    var population: Int { self.room.population }

    /// Lets time pass; answers how many people have a seat.
    func elapse() -> Int {
        if let deadline = self.room.deadline, deadline <= .now { self.carryOut(self.room.elapse(now: .now)) }
        self.carryOut(self.room.forgetFiles())
        return self.room.population
    }

    /// Closes an empty room; false when somebody is in, or just came.
    func closeIfEmpty() -> Bool {
        guard self.room.isEmpty, self.outboxes.isEmpty, self.delivery?.isEmpty ?? true else { return false }
        self.close()
        return true
    }

    /// There are more personal links.
    func add(_ tickets: [TicketCertificate]) { self.delivery?.add(tickets) }

    /// A personal link opens nothing any more.
    func revoke(ticket key: LeafKey) { self.carryOut(self.delivery?.revoke(ticket: key) ?? []) }

    /// What is to be remembered of the door once this has closed; nil when the meeting is over.
    var memory: DoorMemory? {
        self.isOver ? nil : DoorMemory(passcode: self.room.passcode, networkKey: self.networkKey)
    }

    /// The meeting is no more: who is in it or at its door is told so. For those who have shown nothing it is nobody's until
    /// they are gone.
    func retire() {
        self.isRetired = true
        let goodbyes = self.delivery?.end() ?? []
        self.delivery = nil
        self.carryOut(goodbyes)
        self.carryOut(self.room.retire(using: &self.generator))
    }

    /// The server stops.
    func end() {
        self.carryOut(self.delivery?.end() ?? [])
        self.carryOut(self.room.end(now: .now))
        self.close()
    }

    private func close() {
        guard !self.isClosed else { return }
        self.isClosed = true
        self.alarm?.task.cancel()
        self.alarm = nil
        if self.hasMedia { self.media.closeRoom(self.number) }
        for blob in self.blobs.keys { self.drop(blob) }
    }

    private func carryOut(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .tell(let connections, let message):
                let text = message.encoded
                for connection in connections { self.outboxes[connection]?.send(text) }
            case .end(let connection):
                self.outboxes.removeValue(forKey: connection)?.end()
                self.carryOut(self.delivery?.disconnect(connection, now: .now) ?? [])
            case .departed(let connection):
                self.carryOut(self.delivery?.depart(connection, now: .now) ?? [])
            case .revoke(let key): self.carryOut(self.delivery?.revoke(key) ?? [])
            case .keepFile(let blob): self.keep(blob)
            case .dropFile(let blob): self.drop(blob)
            case .atDoor(let connection, let gate, let owes):
                self.outboxes[connection]?.allowance.raise(to: .atDoor)
                let greeting = self.delivery?.connect(
                    connection, gate: gate, owes: owes, now: .now, using: &self.generator)
                self.carryOut(greeting ?? [])
            case .passed(let connection): self.delivery?.pass(connection)
            case .passcodeChanged: self.tellPasscode()
            case .over: self.becomeNobodys()
            case .media(let instruction):
                if !self.hasMedia {
                    self.hasMedia = true
                    self.media.openRoom(self.number)
                }
                self.media.submit(instruction, in: self.number)
            }
        }
    }

    /// What follows are goodbyes. Nothing is left that a group could be founded in.
    private func becomeNobodys() {
        self.isOver = true
        self.delivery = nil
        self.setAlarm()
        self.tellOver()
    }

    private func carryOut(_ effects: [DeliveryEffect]) {
        for effect in effects {
            switch effect {
            case .settled(let connection, let needsPlace):
                self.carryOut(self.room.noteSettled(connection, needsPlace: needsPlace))
            case .send(let connections, let frame):
                let bytes = frame.encoded
                for connection in connections { self.outboxes[connection]?.send(frame: bytes) }
            case .end(let connection):
                self.outboxes.removeValue(forKey: connection)?.end()
                self.carryOut(self.room.disconnect(connection, now: .now))
            }
        }
        if let members = self.delivery?.takeMembership() {
            for member in members {
                guard let connection = member.connection else { continue }
                self.outboxes[connection]?.allowance.raise(to: .member)
            }
            self.carryOut(self.room.follow(members, now: .now, using: &self.generator))
        }
        self.setAlarm()
    }

    /// The delivery service counts in half seconds, so it is told the time when it asked to be.
    private func setAlarm() {
        let deadline = self.isClosed ? nil : self.delivery?.deadline
        guard deadline != self.alarm?.for else { return }
        self.alarm?.task.cancel()
        let soonest = ContinuousClock.now + Self.breath
        self.alarm = deadline.map { deadline in
            let task = Task { [weak self] in
                // Cancelled when another time was asked for.
                guard (try? await Task.sleep(until: max(deadline, soonest), clock: .continuous)) != nil else { return }
                await self?.ring(deadline)
            }
            return (deadline, task)
        }
    }

    private func ring(_ deadline: ContinuousClock.Instant) {
        guard self.alarm?.for == deadline else { return }
        self.alarm = nil
        self.carryOut(self.delivery?.elapse(now: .now) ?? [])
    }
}
