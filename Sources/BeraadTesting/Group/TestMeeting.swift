package import E2EE
package import Meeting

/// One meeting in virtual time: engines of its people, the real delivery service, and lines between them that a seed can
/// make bad. Nothing in it waits, so a meeting of minutes takes milliseconds.
package final class TestMeeting {
    package typealias Member = TestMember

    /// What a bad line does to each message, in parts of a thousand.
    package struct Weather: Sendable {
        package var lost = 0
        package var doubled = 0
        package var late = 0
        /// A message that is late comes this much later at most, in milliseconds.
        package var latest: UInt64 = 0
        /// Sometimes the whole connection breaks; looked at every 50 ms.
        package var broken = 0

        /// A good line.
        package init() {}
    }

    package let crypto: SeededCryptoProvider
    package var delivery: Delivery
    package var members: [TestMember] = []
    package var weather = Weather()
    /// How far the server's own gate lets those who open the link from now on.
    package var gate = DeliveryGate.waits
    /// Whether whoever opens the link from now on keeps their state.
    package var keepsState = false
    /// Milliseconds since the test began.
    package private(set) var now: UInt64 = 1_000
    /// What a line does to each frame of the server, for those who want to see or change it. Nothing: it is dropped.
    package var serverSays: ((TestMember, [UInt8]) -> [UInt8]?)?
    /// The same for frames to the server.
    package var clientSays: ((TestMember, [UInt8]) -> [UInt8]?)?
    /// Whoever wants to write down what an engine is told.
    package var engineHears: ((TestMember, EngineInput, EngineTime) -> Void)?

    /// Public keys of what the host link holds: the authority's, and the one to which people at the door seal.
    package let linkKeys: Set<[UInt8]>

    private let ledger: SecretLedger?
    private let epoch = ContinuousClock().now
    private var generator: SeededGenerator
    private var queue: [Parcel] = []
    private var parcels: UInt64 = 0
    private var connections: UInt64 = 0
    private let hostFragment: [UInt8]
    private let guestFragment: [UInt8]
    private let path: [UInt8]

    private struct Parcel {
        let at: UInt64
        let number: UInt64
        let connection: ConnectionID
        let toServer: Bool
        let bytes: [UInt8]
    }

    /// A meeting that is registered, and that nobody is in. Without the real KEM it goes the same way for the same seed.
    /// With a ledger no secret stays in the hands of this meeting.
    package init(
        seed: UInt64, hasRealKEM: Bool = true, ledger: SecretLedger? = nil, nonces: NonceLog? = nil,
        _ change: (inout MeetingDraft) -> Void = { _ in }
    ) throws {
        self.crypto = SeededCryptoProvider(seed: ~seed, hasRealKEM: hasRealKEM, ledger: ledger, nonces: nonces)
        self.ledger = ledger
        var generator = SeededGenerator(seed: seed)
        let id = generator.bytes(16)
        func secret(_ count: Int) -> Secret {
            Secret(count: count) { (out: inout MutableSpan<UInt8>) in
                for index in out.indices { out[index] = generator.byte() }
            }
        }
        let inviteSecret = secret(16)
        let link = try Link(
            hostOf: id, inviteSecret: inviteSecret, authoritySeed: secret(32), self.crypto)
        self.generator = generator
        var draft = MeetingDraft(notBefore: Self.unix - 3_600, notAfter: Self.unix + 86_400)
        change(&draft)
        let descriptors = try draft.signed(by: link, self.crypto)
        self.linkKeys = [descriptors.meeting.authorityKey, descriptors.lobby.lobbyKey]
        self.hostFragment = link.fragment()
        self.guestFragment = link.guestFragment()
        self.path = link.path
        self.delivery = Delivery(
            meeting: DeliveryMeeting(
                id: id, instance: draft.instance,
                descriptor: try Meeting.MeetingDescriptor(decoding: descriptors.meeting.encoded),
                lobbyDescriptor: descriptors.lobby.encoded),
            installationSecret: Self.installationSecret)
    }

    private static let installationSecret = [UInt8](repeating: 7, count: 32)

    /// Unix seconds at the beginning of every test.
    package static let unix: UInt64 = 1_800_000_000

    /// What a link is made of, for tests that write it down: path, and fragments of host and guest.
    package var links: (path: [UInt8], host: [UInt8], guest: [UInt8]) {
        (self.path, self.hostFragment, self.guestFragment)
    }

    /// Whoever opens the link from now on may come in by themselves, as far as the server is asked.
    package func openDoor() { self.gate = .joins }

    /// The server's key, as every member knows it.
    package var serverKey: [UInt8] { self.delivery.publicKey.bytes }

    /// What the server says when it takes somebody for lost: signed by it, and so a hostile server's to say of anybody.
    package func serverRemoval(of leaf: UInt32, from groupID: [UInt8], epoch: UInt64) -> [UInt8] {
        DeliveryKey(
            installationSecret: Self.installationSecret, meeting: self.delivery.meeting.id,
            instance: self.delivery.meeting.instance
        ).removal(of: LeafIndex(leaf), from: GroupID(groupID), epoch: epoch)
    }

    /// Somebody opens the link; they are connected and have not asked for anything. A provider of their own draws other
    /// random numbers than the meeting's.
    @discardableResult
    package func open(
        _ name: String, isHost: Bool = false, _ crypto: SeededCryptoProvider? = nil
    ) throws -> TestMember {
        try self.open(name, fragment: isHost ? self.hostFragment : self.guestFragment, crypto ?? self.crypto)
    }

    /// A personal link, as the host's client makes one and registers it; its fragment.
    package func personalFragment(_ rights: Rights = []) throws -> [UInt8] {
        let (path, fragment) = (self.path, self.hostFragment)
        let host = try Link(meetingID: path.span, fragment: fragment.span, self.crypto)
        let ticket = try host.personal(
            rights, instance: 0, notBefore: Self.unix - 3_600, notAfter: Self.unix + 86_400, self.crypto)
        let certificate = try Meeting.RoleCertificate(decoding: ticket.certificate.encoded)
        self.delivery.meeting.certificates[certificate.subject.hash] = certificate.bytes
        return ticket.link.fragment()
    }

    /// A job for a service, as the host's client makes one; its fragment.
    package func serviceFragment(_ info: ServiceInfo) throws -> [UInt8] {
        let (path, fragment) = (self.path, self.hostFragment)
        let host = try Link(meetingID: path.span, fragment: fragment.span, self.crypto)
        return try host.service(
            info, instance: 0, notBefore: Self.unix - 3_600, notAfter: Self.unix + 86_400, self.crypto
        ).fragment()
    }

    /// Somebody opens a link with this fragment and asks to come in.
    @discardableResult
    package func enter(_ name: String, fragment: [UInt8]) throws -> TestMember {
        let member = try self.open(name, fragment: fragment, self.crypto)
        self.tell(member, .command(.enter))
        return member
    }

    private func open(
        _ name: String, fragment: [UInt8], _ crypto: SeededCryptoProvider
    ) throws -> TestMember {
        let path = self.path
        let link = try Link(meetingID: path.span, fragment: fragment.span, crypto)
        let member = TestMember(name, try Engine(link, self.config(name), crypto), self.ledger)
        member.gate = self.gate
        self.members.append(member)
        self.connect(member)
        return member
    }

    private func config(_ name: String) -> EngineConfig {
        var config = EngineConfig(
            name: Array(name.utf8), language: Array("nl".utf8), clientVersion: 1, buildHash: [], wordlist: 2)
        config.keepsState = self.keepsState
        return config
    }

    /// Somebody's program starts again with what it had kept, and is connected. The clock it counts by may begin anew,
    /// and the one on the wall may have been set back.
    package func restore(
        _ name: String, from saved: HeldSecret, hasHostLink: Bool = false, clockBehind: UInt64 = 0,
        wallBehind: UInt64 = 0
    ) throws -> TestMember {
        let (path, fragment) = (self.path, self.hostFragment)
        let link: Link?
        if hasHostLink {
            link = try Link(meetingID: path.span, fragment: fragment.span, self.crypto)
        } else {
            link = nil
        }
        let now = EngineTime(monotonic: self.now - clockBehind, unix: self.time.unix - wallBehind)
        let engine = try Engine(restoring: saved.secret, link, self.config(name), self.crypto, now: now)
        let member = TestMember(name, engine, self.ledger)
        member.gate = self.gate
        member.clockBehind = clockBehind
        member.wallBehind = wallBehind
        self.members.append(member)
        self.connect(member)
        return member
    }

    /// Somebody opens the link and asks to come in.
    @discardableResult
    package func enter(
        _ name: String, isHost: Bool = false, _ crypto: SeededCryptoProvider? = nil
    ) throws -> TestMember {
        let member = try self.open(name, isHost: isHost, crypto)
        self.tell(member, .command(.enter))
        return member
    }

    /// A connection begins.
    package func connect(_ member: TestMember) {
        self.connections += 1
        let connection = ConnectionID(rawValue: self.connections)
        member.connection = connection
        self.tell(member, .connected)
        self.carryOut(
            self.delivery.connect(connection, gate: member.gate, now: self.instant, using: &self.generator))
    }

    /// A connection ends, and both sides notice.
    package func disconnect(_ member: TestMember) {
        guard let connection = member.connection else { return }
        member.connection = nil
        self.queue.removeAll { $0.connection == connection }
        self.tell(member, .disconnected)
        self.carryOut(self.delivery.disconnect(connection, now: self.instant))
    }

    /// The whole program of somebody is gone, with everything it knew.
    package func crash(_ member: TestMember) {
        self.disconnect(member)
        self.members.removeAll { $0 === member }
    }

    /// A command of somebody.
    package func tell(_ member: TestMember, _ command: EngineCommand) { self.tell(member, .command(command)) }

    private func tell(_ member: TestMember, _ input: EngineInput) {
        self.engineHears?(member, input, self.time)
        if let script = member.script {
            if case .wire(let bytes) = input { script(bytes) }
            return
        }
        member.engine.handle(
            input,
            now: EngineTime(
                monotonic: self.now - member.clockBehind, unix: self.time.unix - member.wallBehind))
        while let output = member.engine.next() {
            guard case .send(let bytes) = output else {
                member.note(output, at: self.now)
                continue
            }
            guard let connection = member.connection else { continue }
            let said = self.clientSays.map { $0(member, bytes) } ?? bytes
            if let said { self.post(said, connection, toServer: true) }
        }
        member.settle(at: self.now)
    }

    /// Lets time pass, in milliseconds.
    package func run(_ milliseconds: UInt64) {
        let end = self.now + milliseconds
        while self.now < end {
            // Parcels arrive at multiples of 10 and clocks look at multiples of 50: nothing happens in between.
            let parcel = self.queue.reduce(UInt64.max) { min($0, $1.at) }
            let clock = (self.now / 50 + 1) * 50
            self.now = min(end, clock, max(self.now + 1, parcel))
            self.deliver()
            guard self.now == clock else { continue }
            self.carryOut(self.delivery.elapse(now: self.instant))
            if self.now % 250 == 0 { for member in self.members { self.tell(member, .tick) } }
            self.breakLines()
        }
    }

    /// Lets time pass until something is true; false if it is not within that time.
    @discardableResult
    package func run(until condition: () -> Bool, within milliseconds: UInt64 = 10_000) -> Bool {
        let end = self.now + milliseconds
        while !condition() {
            guard self.now < end else { return false }
            self.run(50)
        }
        return true
    }

    private func deliver() {
        while let index = self.queue.indices.filter({ self.queue[$0].at <= self.now }).min(by: {
            (self.queue[$0].at, self.queue[$0].number) < (self.queue[$1].at, self.queue[$1].number)
        }) {
            let parcel = self.queue.remove(at: index)
            if parcel.toServer {
                self.carryOut(
                    self.delivery.receive(
                        parcel.bytes, from: parcel.connection, now: self.instant, unixSeconds: self.time.unix / 1_000))
            } else if let member = self.members.first(where: { $0.connection == parcel.connection }) {
                self.tell(member, .wire(parcel.bytes))
            }
        }
    }

    private func carryOut(_ effects: [DeliveryEffect]) {
        for effect in effects {
            switch effect {
            case .send(let connections, let frame):
                for connection in connections {
                    guard let member = self.members.first(where: { $0.connection == connection }) else { continue }
                    let said = self.serverSays.map { $0(member, frame.encoded) } ?? frame.encoded
                    if let said { self.post(said, connection, toServer: false) }
                }
            case .settled: break  // nobody is asked for a passcode here
            case .end(let connection):
                if let member = self.members.first(where: { $0.connection == connection }) { self.disconnect(member) }
            }
        }
    }

    private func chance(_ thousandths: Int) -> Bool {
        thousandths > 0 && Int.random(in: 0..<1_000, using: &self.generator) < thousandths
    }

    private func post(_ bytes: [UInt8], _ connection: ConnectionID, toServer: Bool) {
        guard !self.chance(self.weather.lost) else { return }
        for _ in 0..<(self.chance(self.weather.doubled) ? 2 : 1) {
            var at = self.now + 10
            if self.chance(self.weather.late), self.weather.latest > 0 {
                at += UInt64.random(in: 0...self.weather.latest, using: &self.generator)
            }
            self.parcels += 1
            self.queue.append(
                Parcel(at: at, number: self.parcels, connection: connection, toServer: toServer, bytes: bytes))
        }
    }

    private func breakLines() {
        for member in self.members {
            if member.connection == nil {
                if member.comesBackAt.map({ self.now >= $0 }) ?? false {
                    member.comesBackAt = nil
                    self.connect(member)
                }
            } else if member.wantsNewLine || self.chance(self.weather.broken) {
                member.wantsNewLine = false
                self.disconnect(member)
                member.comesBackAt = self.now + UInt64.random(in: 100...3_000, using: &self.generator)
            }
        }
    }

    /// How many people the server takes for hosts and co-hosts; nothing where nobody came, went or showed anything since it
    /// was asked.
    package func leadersAtTheServer() -> Int? { self.delivery.takeMembership()?.count { $0.powers.isCertified } }

    /// Somebody's line carries a frame to the server that their engine did not send just now.
    package func say(_ frame: [UInt8], as member: TestMember) {
        guard let connection = member.connection else { return }
        self.post(frame, connection, toServer: true)
    }

    /// Somebody's line carries bytes from the server that the delivery service did not send.
    package func hear(_ frame: [UInt8], as member: TestMember) {
        guard let connection = member.connection else { return }
        self.post(frame, connection, toServer: false)
    }

    /// The server says something of its own to somebody; `request` makes it an answer.
    package func inject(_ frame: ServerFrame, request: UInt32 = 0, to member: TestMember) {
        guard let connection = member.connection else { return }
        self.post(frame.frame(request: request), connection, toServer: false)
    }

    /// Somebody's connection says something that no engine made.
    package func say(_ frame: ClientFrame, request: UInt32, from member: TestMember) {
        guard let connection = member.connection else { return }
        let bytes = frame.frame(request: request)
        let said = self.clientSays.map { $0(member, bytes) } ?? bytes
        if let said { self.post(said, connection, toServer: true) }
    }

    private var instant: ContinuousClock.Instant { self.epoch + .milliseconds(Int64(self.now)) }

    private var time: EngineTime { EngineTime(monotonic: self.now, unix: Self.unix * 1_000 + self.now) }
}
