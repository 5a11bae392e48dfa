package import Edge
package import Meeting
internal import Redaction
internal import ServiceLifecycle
package import Signalling

/// All meetings of this server: which exist, and the host of each that somebody is in.
package actor House: MeetingDoor {
    /// Meetings at once, joined or not.
    private static let meetingsAtMost = 2_000
    /// How often the rules are told that time passed.
    private static let beat = Duration.seconds(1)

    private let media: any MediaDoor
    private let log: EventLog
    private var meetings = Meetings(atMost: House.meetingsAtMost)
    private var hosts: [MeetingID: MeetingHost] = [:]
    private var rooms: [RoomNumber: MeetingHost] = [:]
    private var nextRoom: UInt32 = 0
    private var population = 0
    private var isOpen = true

    /// An empty house.
    package init(media: any MediaDoor, log: EventLog) {
        self.media = media
        self.log = log
    }

    /// A new meeting.
    package func create() -> MeetingCreated? {
        var generator = SystemRandomNumberGenerator()
        let created = self.meetings.create(now: .now, using: &generator)
        if created != nil { self.log(.meetingCreated) }
        return created
    }

    /// Makes a meeting joinable.
    package func register(
        _ registration: InviteRegistration, for id: MeetingID, token: CreationToken
    ) -> Meetings.Registration {
        self.meetings.register(registration, for: id, token: token)
    }

    /// A WebSocket's way in.
    package func enter(_ id: MeetingID, _ outbox: Outbox) async -> any MeetingLine {
        guard self.isOpen, let registration = self.meetings.registration(of: id) else {
            return NowhereLine(outbox: outbox)
        }
        self.meetings.occupy(id)
        while true {
            let host = self.host(of: id, registration)
            if let connection = await host.connect(outbox) { return HostLine(host: host, connection: connection) }
            // It closed while we asked; the next one is new.
            self.forget(id, host)
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
            beraad_meetings \(self.meetings.count)
            # TYPE beraad_rooms gauge
            beraad_rooms \(self.hosts.count)
            # TYPE beraad_participants gauge
            beraad_participants \(self.population)
            \(media.joined())
            """
    }

    /// Passes reports of the media plane on, and time, until the server stops.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await batch in self.media.reports { await self.pass(batch) } }
            group.addTask { await self.beat() }
            try? await gracefulShutdown()  // thrown when cancelled: then it is over at once
            group.cancelAll()
        }
        self.isOpen = false
        for host in self.hosts.values { await host.end() }
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

    private func beat() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.beat)  // thrown when cancelled, which the loop sees
            await self.elapse()
        }
    }

    private func elapse() async {
        var population = 0
        for (id, host) in self.hosts {
            let people = await host.elapse()
            population += people
            guard people == 0, await host.closeIfEmpty() else { continue }
            self.forget(id, host)
            self.meetings.vacate(id, now: .now)
        }
        self.population = population
        let forgotten = self.meetings.expire(now: .now).count
        if forgotten > 0 { self.log(.meetingsForgotten(count: forgotten)) }
    }

    private func host(of id: MeetingID, _ registration: InviteRegistration) -> MeetingHost {
        if let host = self.hosts[id] { return host }
        self.nextRoom += 1
        let host = MeetingHost(
            number: RoomNumber(rawValue: self.nextRoom), registration: registration, media: self.media)
        self.hosts[id] = host
        self.rooms[host.number] = host
        return host
    }

    private func forget(_ id: MeetingID, _ host: MeetingHost) {
        if self.hosts[id] === host { self.hosts[id] = nil }
        self.rooms[host.number] = nil
    }
}
