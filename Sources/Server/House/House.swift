package import Edge
package import Meeting
package import Redaction
internal import ServiceLifecycle
package import Signalling

/// All meetings of this server: which exist, and the host of each that somebody is in.
package actor House: MeetingDoor {
    /// Meetings at once, joined or not.
    private static let meetingsAtMost = 2_000
    /// How often the rules are told that time passed.
    private static let beat = Duration.seconds(1)
    /// Where there is no meeting; nobody comes far enough to learn it.
    private static let nobodysCapacity = 25
    /// Seconds until whoever came while the disk could not be read may come again.
    private static let diskPause = 10

    /// How often what is on disk of one meeting is being looked up now, and how often it changed since the first of these began:
    /// whoever looked before a change looks again.
    struct Lookups {
        var count = 0
        var changes = 0
    }

    private let media: any MediaDoor
    let log: EventLog
    private let installationSecret: [UInt8]
    let passcodes: PasscodeKeys
    private let store: BlobStore
    let planned: (any PlannedDoor)?
    let index = BlobIndex()
    /// What rooms tell the house.
    private let errands = Errands()
    var meetings = Meetings(atMost: House.meetingsAtMost)
    var tokenUses = TokenUses()
    var doors = Doors()
    private(set) var hosts: [MeetingID: MeetingHost] = [:]
    /// Which of these were planned.
    var plans: Set<MeetingID> = []
    /// What is being looked up on disk now.
    var lookups: [MeetingID: Lookups] = [:]
    /// Rooms of meetings that are no more, where somebody still stands who has shown nothing.
    var retired: [MeetingHost] = []
    /// Planned meetings that a host ended and that are still on disk, because it did not take that: there are none such.
    var endedPlans: Set<MeetingID> = []
    /// Planned meetings whose passcode is another one than on disk, and those of which it is being written.
    var unkeptPasscodes: Set<MeetingID> = []
    var keptNow: Set<MeetingID> = []
    private var rooms: [RoomNumber: MeetingHost] = [:]
    private var nextRoom: UInt32 = 0
    private var population = 0
    private var inhabited = 0
    private(set) var isOpen = true
    private var beats = 0
    /// What the disk did not take is tried for so long when the server stops; it has three seconds in all.
    private static let lastTries = Duration.seconds(2)
    /// An hour.
    private static let beatsOfSweep = 3_600

    /// An empty house. From the secret, at least 32 random bytes, the delivery service makes its keys. Without a door to
    /// planned meetings there are none.
    package init(
        media: any MediaDoor, installationSecret: [UInt8], store: BlobStore, planned: (any PlannedDoor)? = nil,
        log: EventLog
    ) {
        self.media = media
        self.store = store
        self.planned = planned
        self.installationSecret = installationSecret
        self.passcodes = PasscodeKeys(installationSecret: installationSecret)
        self.log = log
    }

    /// A new meeting.
    package func create(by account: AccountID?) -> Meetings.Creation {
        var generator = SystemRandomNumberGenerator()
        let creation = self.meetings.create(by: account, now: .now, using: &generator)
        if case .created = creation { self.log(.meetingCreated) }
        return creation
    }

    /// An account was closed.
    package func disown(_ account: AccountID) { self.meetings.disown(account) }

    /// A WebSocket's way in. A meeting that does not exist is a room like any other, with an invite that nobody has: so
    /// every answer, limit and time is the same, and nobody without the link learns which meetings there are.
    package func enter(
        _ id: MeetingID, _ outbox: Outbox, from prefix: Redacted<[UInt8]>?
    ) async -> any MeetingLine {
        while true {
            let host = await self.host(of: id)
            guard self.isOpen else {
                return NoLine(outbox: outbox, answer: .ended(SessionEvent.Ended(reason: .over)))
            }
            guard let host else {
                let busy = SessionFailure.busy(SessionFailure.Wait(retrySeconds: Self.diskPause))
                return NoLine(outbox: outbox, answer: .refused(SessionEvent.Refused(failure: busy)))
            }
            if let connection = await host.connect(outbox, from: prefix) {
                return HostLine(host: host, connection: connection)
            }
            // It closed while we asked; the next one is new.
            await self.settle(id, host)
        }
    }

    /// Counters for Prometheus.
    package func metrics() async -> String {
        let media = await self.media.counters().map { counter in
            let type = counter.name.hasSuffix("_total") ? "counter" : "gauge"
            return "# TYPE \(counter.name) \(type)\n\(counter.name) \(counter.value)\n"
        }
        return """
            # TYPE beraad_meetings gauge
            beraad_meetings \(self.meetings.count + self.plans.count)
            # TYPE beraad_rooms gauge
            beraad_rooms \(self.inhabited)
            # TYPE beraad_participants gauge
            beraad_participants \(self.population)
            # TYPE beraad_blob_bytes gauge
            beraad_blob_bytes \(self.store.byteCount)
            \(media.joined())
            """
    }

    /// Passes reports of the media plane on, and time, until the server stops.
    package func run() async {
        await withTaskGroup(of: Void.self) { disk in
            disk.addTask { await Self.beat { await self.elapseOnDisk() } }
            await withTaskGroup(of: Void.self) { group in
                group.addTask { for await batch in self.media.reports { await self.pass(batch) } }
                group.addTask { await Self.beat { await self.elapse() } }
                try? await gracefulShutdown()  // thrown when cancelled: then it is over at once
                group.cancelAll()
            }
            self.isOpen = false
            for host in Array(self.hosts.values) + self.retired { await host.end() }
            disk.cancelAll()
        }
        // Whoever is cancelled reaches no disk any more, and this is for the disk.
        await Task { await self.leave() }.value
    }

    private func leave() async {
        // Nobody's file outlives the server, if it is not killed.
        async let settled: Void = self.store.settle()
        await self.errands.settle()
        await self.tryOnceMore(until: .now + Self.lastTries)
        await settled
    }

    private func pass(_ batch: [RoomReport]) async {
        for item in batch {
            guard let host = self.rooms[item.room] else {
                self.log(.mediaReportUnmatched)
                continue
            }
            await host.report(item.report)
        }
    }

    private static func beat(_ elapse: @Sendable () async -> Void) async {
        // It throws when cancelled.
        while (try? await Task.sleep(for: Self.beat)) != nil { await elapse() }
    }

    /// Once a second while the server runs: tells the rules that time passed, and lets go of who and what is gone. It does not
    /// wait for the disk, which may be slow, and nobody's time stands still for it.
    package func elapse() async {
        var population = 0, inhabited = 0
        for (id, host) in self.hosts {
            let people = await host.elapse()
            population += people
            inhabited += people > 0 ? 1 : 0
            // Only people keep a meeting; whoever merely knocks does not.
            if people > 0 {
                self.meetings.occupy(id)
            } else {
                self.meetings.vacate(id, now: .now)
                if await host.closeIfEmpty() { await self.settle(id, host) }
            }
        }
        for host in self.retired {
            _ = await host.elapse()
            if await host.closeIfEmpty() { self.retired.removeAll { $0 === host } }
        }
        self.population = population
        self.inhabited = inhabited
        let forgotten = self.meetings.expire(now: .now)
        self.doors.expire(now: .now)
        self.tokenUses.forget(now: .now)
        // Somebody may still stand at its door; a meeting that is no more has none.
        for id in forgotten { await self.end(id) }
        if !forgotten.isEmpty { self.log(.meetingsForgotten(count: forgotten.count)) }
    }

    /// Once a second as well, or as often as the disk is done: gives it what it did not take, and lets go of what is over there.
    package func elapseOnDisk() async {
        await self.endOverdue()
        await self.deleteEnded()
        await self.keepPasscodes()
        self.beats += 1
        if self.beats.isMultiple(of: Self.beatsOfSweep) { await self.sweepDoors() }
    }

    /// A host of a meeting that has none yet; `planned` is what is kept of it on disk.
    func newHost(of id: MeetingID, _ planned: RegisteredMeeting?) -> MeetingHost {
        self.nextRoom += 1
        let errands = self.errands
        let registered = self.meetings.registered(id) ?? planned
        let host = MeetingHost(
            number: RoomNumber(rawValue: self.nextRoom), invite: registered?.inviteID ?? Self.nobodysInvite(),
            capacity: registered?.capacity ?? Self.nobodysCapacity, meeting: registered?.delivery,
            memory: self.doors[id] ?? self.door(of: registered), installationSecret: self.installationSecret,
            media: self.media, store: self.store, index: self.index,
            tellOver: { [weak self, errands] in errands.run { [weak self] in await self?.ended(id) } },
            tellPasscode: { [weak self, errands] in errands.run { [weak self] in await self?.passcodeChanged(id) } })
        self.hosts[id] = host
        if planned != nil { self.plans.insert(id) }
        self.rooms[host.number] = host
        return host
    }

    private static func nobodysInvite() -> InviteID {
        var generator = SystemRandomNumberGenerator()
        return .random(byteCount: 16, using: &generator)
    }

    /// The door of a meeting of which nothing is remembered: that of its registration.
    private func door(of registered: RegisteredMeeting?) -> DoorMemory? {
        registered.map { meeting in
            let (mark, key) = (self.passcodes.mark(of: meeting), self.passcodes.key(of: meeting.id))
            return DoorMemory(passcode: PasscodeDesk(mark, key: key))
        }
    }

    /// Doors of planned meetings are remembered no longer than their plans.
    private func sweepDoors() async {
        for id in self.doors.ids where self.hosts[id] == nil && self.meetings.registered(id) == nil {
            if let planned = self.planned {
                guard let isPlanned = await planned.isPlanned(id) else { return }
                if isPlanned { continue }
            }
            if self.hosts[id] == nil { self.doors.forget(id) }
        }
    }

    /// A room is none of its meeting's any more.
    func forget(_ id: MeetingID, _ host: MeetingHost) {
        if self.hosts[id] === host {
            self.hosts[id] = nil
            self.plans.remove(id)
        }
        self.rooms[host.number] = nil
    }
}
