internal import Forwarding
internal import MediaCore
internal import MediaCrypto

/// One publisher and its subscribers in one room, connected and warm: real datagrams go in, are opened, decided upon,
/// stamped and sealed for each subscriber, and real datagrams come out. It drains in the order of a worker's turn
/// (`SFU`, `Worker+Turn`), without its sockets, its timer wheel and its table of paths: no network, no clock.
struct ForwardPath: ~Copyable {
    /// Packets from the start until rings and windows are full (a ring keeps 1,024) and everything goes round.
    static let warmUp = 1_200
    /// Packets come this far apart, sound and picture alike: the timers of 15 s never fire, the others do.
    private static let pace = MediaSpan.milliseconds(1)
    private static let start = MediaTime(nanoseconds: 1_000_000_000)

    private let scenario: ForwardScenario
    private let recorded: Datagrams
    private var played = 0
    private var now = Self.start
    /// When the first endpoint has something to do without being asked.
    private var due = MediaTime.zero

    private var room: RoomMedia
    private var slab: PacketSlab
    private var scratch: Scratch
    /// The publisher is number 0.
    private var parties: Row<Party>
    /// What each party was sent last.
    private var sent: Datagrams

    /// Media datagrams written for subscribers.
    private(set) var forwarded = 0
    /// Datagrams of RTCP and STUN that endpoints wrote on their own.
    private(set) var reports = 0

    /// A participant and its seat.
    struct Party: ~Copyable {
        var connection: Connection
        let member: MemberHandle
        var due = MediaTime.zero

        init(_ connection: consuming Connection, _ member: MemberHandle) {
            self.connection = connection
            self.member = member
        }
    }

    /// Brings everybody together, seals `packets` of the publisher, and plays the first ones.
    static func warm(_ scenario: ForwardScenario, packets: Int) throws -> ForwardPath {
        let server = try Identity(), client = try Identity()
        var scratch = Scratch()
        // A thousand packets a second are more than a voice may send; the check itself is part of the way.
        let rates = PublicationRates(
            audioPackets: 1 << 20, audioBytes: 1 << 30, videoPackets: 1 << 20, videoBytes: 1 << 30)
        var room = RoomMedia(rates: rates)
        var parties = Row<Party>(capacity: scenario.subscribers + 1)
        for number in 0...scenario.subscribers {
            var connection = try Connection(number, server: server, client: client, now: .zero)
            guard connection.connect(from: .zero, until: Self.start, scratch: &scratch),
                let member = room.join(tag: UInt64(number), slots: Connection.slotParameters)
            else { throw ForwardScenario.Failure.setUp }
            room.connected(member, now: .zero)
            parties.append(Party(connection, member))
        }
        guard
            let recorded = Footage.record(
                packets, of: scenario.source, by: &parties[0].connection.client, now: Self.start)
        else { throw ForwardScenario.Failure.setUp }
        var path = ForwardPath(scenario, recorded, room, parties, scratch)
        try path.announce()
        path.play(1)
        try path.check()
        path.play(Self.warmUp - 1)
        return path
    }

    private init(
        _ scenario: ForwardScenario, _ recorded: consuming Datagrams, _ room: consuming RoomMedia,
        _ parties: consuming Row<Party>, _ scratch: consuming Scratch
    ) {
        self.scenario = scenario
        self.recorded = recorded
        self.room = room
        self.scratch = scratch
        self.slab = PacketSlab(capacity: 2_048)
        self.sent = Datagrams(count: scenario.subscribers + 1)
        self.parties = parties
    }

    private mutating func announce() throws {
        let publication = PublicationID(rawValue: 1)
        let isVideo = self.scenario.source == .video
        let announced = self.room.announce(
            publication, of: self.parties[0].member, section: isVideo ? Connection.camera : Connection.microphone,
            kind: isVideo ? .video : .audio, now: self.now)
        guard announced == .done else { throw ForwardScenario.Failure.setUp }
        // Sound fills slots by itself; a picture is asked for.
        for number in 1..<self.parties.count where isVideo {
            let wanted = self.room.want(
                [Want(publication: publication, height: 360, rank: 0)], of: self.parties[number].member, now: self.now)
            guard wanted == .done else { throw ForwardScenario.Failure.setUp }
        }
    }

    /// Every subscriber's client opens the last datagram it was sent and finds the publisher's bytes in it.
    mutating func check() throws {
        let expected = Footage.payload(self.played - 1, of: self.scenario.source)
        for number in 1..<self.parties.count {
            let payload = Self.open(
                self.sent, number, now: self.now, at: &self.parties[number].connection, slab: &self.slab,
                scratch: &self.scratch)
            guard payload == expected else { throw ForwardScenario.Failure.wrongBytes }
        }
        let isComplete = self.forwarded == self.played * self.scenario.subscribers
        guard isComplete else { throw ForwardScenario.Failure.wrongBytes }
    }

    private static func open(
        _ datagrams: borrowing Datagrams, _ index: Int, now: MediaTime, at connection: inout Connection,
        slab: inout PacketSlab, scratch: inout Scratch
    ) -> [UInt8]? {
        connection.opens(datagrams.datagram(index), now: now, slab: &slab, scratch: &scratch)
    }

    /// The same as `play`, under a name by which a profiler knows when to count.
    @inline(never)
    mutating func playCounted(_ packets: Int) { self.play(packets) }

    /// So many packets, each a turn of its own: the most expensive way in which they can come.
    @inline(never)
    mutating func play(_ packets: Int) {
        for _ in 0..<packets { self.turn() }
    }

    // MARK: One turn

    private mutating func turn() {
        self.now = self.now + Self.pace
        Self.deliver(self.recorded, self.played, now: self.now, to: &self.parties[0].connection, slab: &self.slab)
        self.played += 1
        self.drain(0)
        if self.due <= self.now { self.elapse() }
        self.drainRoom()
        self.flush()
    }

    /// A function of its own, so that the datagram is borrowed from the recording alone.
    private static func deliver(
        _ recorded: borrowing Datagrams, _ index: Int, now: MediaTime, to connection: inout Connection,
        slab: inout PacketSlab
    ) {
        connection.server.receive(recorded.datagram(index), on: connection.path, arrival: now, slab: &slab)
    }

    /// Everything an endpoint has to say.
    private mutating func drain(_ number: Int) {
        while true {
            switch self.parties[number].connection.server.next(now: self.now, into: &self.scratch) {
            case .media(let packet):
                if self.room.ingest(packet, from: self.parties[number].member, slab: &self.slab) { self.flush() }
            case .transmit: self.reports += 1
            case .event: continue
            case .idle(let until):
                self.parties[number].due = until
                return
            }
        }
    }

    private mutating func elapse() {
        self.due = .never
        for number in 0..<self.parties.count {
            if self.parties[number].due <= self.now {
                self.parties[number].connection.server.elapse(now: self.now)
                self.drain(number)
            }
            self.due = min(self.due, self.parties[number].due)
        }
        self.room.elapse(now: self.now, slab: &self.slab)
    }

    /// Everything the room has to say.
    private mutating func drainRoom() {
        while true {
            switch self.room.next(now: self.now) {
            case .sourceChanged(let member, let stream, let rtpTime, let at):
                self.perform(.sourceChanged(stream: stream, rtpTime: rtpTime, at: at), at: member)
            case .requestKeyFrame(let member, let section, let encoding):
                self.perform(.requestKeyFrame(section: section, encoding: encoding), at: member)
            case .assigned, .flowing: continue
            case .idle(let until):
                self.due = min(self.due, until)
                return
            }
        }
    }

    private mutating func perform(_ command: EndpointCommand, at member: MemberHandle) {
        guard let tag = self.room.tag(of: member) else { return }
        self.parties[Int(tag)].connection.server.perform(command, now: self.now)
        self.drain(Int(tag))
    }

    /// The turn ends: everything decided is stamped and sealed, subscriber by subscriber.
    private mutating func flush() {
        while let member = self.room.nextDirty() {
            if let tag = self.room.tag(of: member) { self.write(member, number: Int(tag)) }
            self.room.written()
        }
        self.room.endTurn(slab: &self.slab)
    }

    private mutating func write(_ member: MemberHandle, number: Int) {
        self.forwarded += Self.write(
            self.room, member, endpoint: &self.parties[number].connection.server, slab: self.slab, now: self.now,
            to: &self.sent, number)
    }

    private static func write(
        _ room: borrowing RoomMedia, _ member: MemberHandle, endpoint: inout Endpoint, slab: borrowing PacketSlab,
        now: MediaTime, to sent: inout Datagrams, _ place: Int
    ) -> Int {
        let pending = room.pending(of: member)
        var count = 0
        for index in 0..<pending.count {
            // SAFETY: the space is used inside the call only.
            let length = unsafe endpoint.write(pending[index], from: slab, now: now, into: sent.space(place))
            sent.commit(place, length: length)
            if length > 0 { count += 1 }
        }
        return count
    }
}
