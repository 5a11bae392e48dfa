internal import Client
package import E2EE
internal import Forwarding
package import MediaCore
internal import MediaCrypto
internal import Wire

/// A whole call in virtual time: peers with the media of the Swift client, seeded lines, and a server made of the same
/// endpoints and the same room as a worker's, drained in a worker's order. Minutes of a bad network take seconds, and a
/// seed repeats them. It has no socket and no clock.
package final class TestRoom {
    /// The server's end of one peer.
    private final class Seat {
        var endpoint: Endpoint
        let member: MemberHandle
        let peer: TestPeer
        let path: PathKey
        let slots: [MediaSlot]
        var deadline = MediaTime.zero

        init(endpoint: consuming Endpoint, member: MemberHandle, peer: TestPeer, path: PathKey, slots: [MediaSlot]) {
            self.endpoint = endpoint
            self.member = member
            self.peer = peer
            self.path = path
            self.slots = slots
        }
    }

    /// Now.
    package private(set) var now = MediaTime.zero
    /// Everybody, in the order of joining.
    package private(set) var peers: [TestPeer] = []
    /// Sees every media packet as the server does: after SRTP was removed, before it is forwarded.
    package var tap: ((_ leaf: UInt32, _ packet: MediaPacket, _ payload: [UInt8]) -> Void)?
    /// Media packets that went out to anybody, those sent again among them.
    package private(set) var forwarded: UInt64 = 0

    private var room = RoomMedia()
    private var slab = PacketSlab(capacity: 8_192)
    private var scratch = Scratch()
    private var packet = PacketBuffer()
    private var seats: [Seat] = []
    private var pictures: [(owner: UInt32, id: PublicationID)] = []
    private var nextPublication: UInt64 = 1
    private var roomDeadline = MediaTime.zero
    private var generator: SeededGenerator
    private let serverIdentity: Identity
    /// Who is in the group.
    private var members: [MediaOccupant] = []
    private var epochs: UInt64 = 100

    private static let server = PathKey.v4(0x0A00_0001, port: 7_700)
    private static let wallClockOffset: UInt64 = 0xE000_0000_0000_0000

    /// An empty room whose accidents follow from `seed`.
    package init(seed: UInt64) throws {
        self.generator = SeededGenerator(seed: seed)
        self.serverIdentity = try Identity()
    }

    // MARK: People

    /// Somebody comes, sends what the options give, and sees and hears everybody. Where nothing is announced the server
    /// forwards nothing of it before `announce`.
    @discardableResult
    package func join(_ options: TestPeerOptions, announces: Bool = true) throws -> TestPeer {
        let index = self.seats.count
        let layout = MediaLayout(audioSlots: 8, videoSlots: 8)
        let slots = self.slots(layout)
        let streams = OwnStreams(random: &self.generator)
        let identity = try Identity()
        let own = self.credentials(), servers = self.credentials()
        let key = self.generator.bytes(32)
        let keyring = SharedKeyring()
        let setup = MediaSetup(
            parameters: EndpointParameters(
                role: .client, local: own, remote: servers, remoteFingerprint: self.serverIdentity.fingerprint,
                extensions: MediaLayout.extensions, incoming: slots.map(\.incoming), outgoing: streams.outgoing,
                rtcpSSRC: streams.microphone, cname: "peer\(index)", remoteCandidates: [Self.server]),
            slots: slots, keyring: keyring, video: options.video, audio: options.audio,
            recordsPresealed: options.recordsPresealed, transform: options.transform)
        let media = try ClientMedia(
            setup, identity: identity, now: self.now, wallClockOffset: Self.wallClockOffset, seed: self.generator.next()
        )
        let peer = TestPeer(
            leaf: UInt32(index), key: key, keyring: keyring, media: media,
            up: Netem(seed: self.generator.next(), conditions: options.up),
            down: Netem(seed: self.generator.next(), conditions: options.down))
        let endpoint = try Endpoint(
            EndpointParameters(
                role: .server, local: servers, remote: own, remoteFingerprint: identity.fingerprint,
                extensions: MediaLayout.extensions, incoming: streams.incoming, outgoing: slots.map(\.outgoing),
                rtcpSSRC: UInt32(truncatingIfNeeded: self.generator.next()) | 1, cname: "server"),
            identity: self.serverIdentity, now: self.now, wallClockOffset: Self.wallClockOffset,
            seed: self.generator.next())
        let places = slots.map {
            SlotParameters(
                kind: $0.kind, hasRetransmission: $0.retransmissionSSRC != nil,
                start: UInt16(truncatingIfNeeded: self.generator.next()))
        }
        guard let member = self.room.join(tag: UInt64(index), slots: places) else {
            preconditionFailure("a test room is never full")
        }
        let path = PathKey.v4(0x0A00_0100 + UInt32(index), port: 50_000)
        self.seats.append(Seat(endpoint: endpoint, member: member, peer: peer, path: path, slots: slots))
        self.peers.append(peer)
        let epoch = self.newEpoch(adding: [MediaOccupant(leaf: peer.leaf, signatureKey: key)])
        for peer in self.peers { peer.begin(epoch, now: self.now) }
        peer.setGate(isOpen: true, now: self.now)
        if options.audio != nil { peer.media.send(.audio, true, now: self.now) }
        if options.video != nil { peer.media.send(.video, true, now: self.now) }
        if announces {
            if options.audio != nil { self.announce(self.newPublication(), .audio, of: peer) }
            if options.video != nil { self.announce(self.newPublication(), .video, of: peer) }
        }
        self.wantAll()
        self.settle()
        return peer
    }

    /// The keys after a Commit that adds and removes people. Who gets them, and when, is the test's to say: `begin` of a
    /// peer.
    package func newEpoch(adding: [MediaOccupant] = [], removing: [TestPeer] = []) -> TestEpoch {
        self.epochs += 1
        let removed = removing.map { $0.leaf }
        self.members = self.members.filter { !removed.contains($0.leaf) } + adding
        return TestEpoch(
            number: self.epochs, baseKey: self.generator.bytes(16), occupants: self.members,
            added: adding.map { $0.leaf }, removed: removed)
    }

    /// A worker is told that a peer's sound or picture is a publication from now on, under a number that no other has.
    package func announce(_ number: UInt64, _ kind: MediaKind, of peer: TestPeer) {
        self.announce(PublicationID(rawValue: number), kind, of: peer)
        self.wantAll()
        self.settle()
    }

    /// A worker is told that it is none any more.
    package func withdraw(_ number: UInt64) {
        self.pictures.removeAll { $0.id.rawValue == number }
        self.room.withdraw(PublicationID(rawValue: number), now: self.now, slab: &self.slab)
        self.settle()
    }

    private func announce(_ id: PublicationID, _ kind: MediaKind, of peer: TestPeer) {
        let member = self.seats[Int(peer.leaf)].member
        _ = self.room.announce(id, of: member, section: kind == .audio ? 0 : 1, kind: kind, now: self.now)
        if kind == .video { self.pictures.append((peer.leaf, id)) }
    }

    /// Everybody wants to see everybody.
    private func wantAll() {
        for seat in self.seats {
            let wants = self.pictures.filter { $0.owner != seat.peer.leaf }.enumerated().map {
                Want(publication: $1.id, height: 360, rank: UInt16($0))
            }
            _ = self.room.want(wants, of: seat.member, now: self.now)
        }
    }

    private func newPublication() -> PublicationID {
        defer { self.nextPublication += 1 }
        return PublicationID(rawValue: self.nextPublication)
    }

    private func credentials() -> ICECredentials {
        func text(_ count: Int) -> String {
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef")
            return String(self.generator.bytes(count).map { alphabet[Int($0 & 31)] })
        }
        return ICECredentials(userFragment: text(8), password: text(24))
    }

    private func slots(_ layout: MediaLayout) -> [MediaSlot] {
        var next = UInt32(truncatingIfNeeded: self.generator.next()) | 0x1000
        func ssrc() -> UInt32 {
            next &+= 1
            return next
        }
        return layout.audioMids.map { MediaSlot(mid: $0, kind: .audio, ssrc: ssrc()) }
            + layout.videoMids.map { MediaSlot(mid: $0, kind: .video, ssrc: ssrc(), retransmissionSSRC: ssrc()) }
    }

    // MARK: Time

    /// Lets `span` pass.
    package func run(for span: MediaSpan) {
        let end = self.now + span
        while true {
            let deadline = self.deadline
            guard deadline <= end else { break }
            self.now = max(self.now, deadline)
            self.turn()
        }
        self.now = end
        self.turn()
    }

    private var deadline: MediaTime {
        var deadline = self.roomDeadline
        for seat in self.seats {
            deadline = min(deadline, seat.deadline, seat.peer.deadline)
            deadline = min(deadline, seat.peer.up.deadline, seat.peer.down.deadline)
        }
        return deadline
    }

    /// Everything that is due now, in a worker's order: datagrams, timers, then what was decided is written.
    private func turn() {
        for (index, seat) in self.seats.enumerated() {
            while let (_, bytes) = seat.peer.up.next(now: self.now) {
                seat.endpoint.receive(bytes.rawSpan, on: seat.path, arrival: self.now, slab: &self.slab)
                self.drain(index)
            }
            if seat.deadline <= self.now { seat.endpoint.elapse(now: self.now) }
        }
        if self.roomDeadline <= self.now { self.room.elapse(now: self.now, slab: &self.slab) }
        for seat in self.seats { seat.peer.turn(now: self.now, server: Self.server) }
        self.settle()
    }

    private func settle() {
        for index in self.seats.indices { self.drain(index) }
        self.drainRoom()
        self.write()
        for index in self.seats.indices { self.drain(index) }
        for seat in self.seats { seat.peer.drain(now: self.now) }
    }

    // MARK: The server

    private func drain(_ index: Int) {
        let seat = self.seats[index]
        while true {
            switch seat.endpoint.next(now: self.now, into: &self.scratch) {
            case .transmit(_, let count):
                self.packet.take(self.scratch, count)
                seat.peer.down.send(self.packet.prefix(count), to: 0, now: self.now)
            case .media(let handle): self.ingest(handle, from: seat)
            case .event(let event): self.handle(event, from: seat)
            case .idle(let until):
                seat.deadline = until
                return
            }
        }
    }

    private func ingest(_ handle: PacketHandle, from seat: Seat) {
        if let tap = self.tap {
            let packet = self.slab[handle]
            tap(seat.peer.leaf, packet, self.slab.payload(handle))
        }
        if self.room.ingest(handle, from: seat.member, slab: &self.slab) { self.write() }
        self.drainRoom()
    }

    private func handle(_ event: EndpointEvent, from seat: Seat) {
        switch event {
        case .keyFrameWanted(let stream):
            self.room.keyFrameWanted(stream: stream, of: seat.member, now: self.now)
        case .missing(let stream, let sequence, let following):
            let mustFlush = self.room.missing(
                sequence, following: following, stream: stream, of: seat.member, now: self.now, slab: &self.slab)
            if mustFlush { self.write() }
        case .senderReport(let section, let encoding, let ntp, let rtpTime, let arrival):
            self.room.senderReport(
                of: seat.member, section: section, encoding: encoding, ntp: ntp, rtpTime: rtpTime, arrival: arrival)
        case .connected: self.room.connected(seat.member, now: self.now)
        case .pathSelected, .silent, .ended: break
        }
    }

    private func drainRoom() {
        while true {
            switch self.room.next(now: self.now) {
            case .assigned(let member): self.tellAssignment(of: member)
            case .requestKeyFrame(let member, let section, let encoding):
                self.perform(.requestKeyFrame(section: section, encoding: encoding), at: member)
            case .sourceChanged(let member, let stream, let rtpTime, let at):
                self.perform(.sourceChanged(stream: stream, rtpTime: rtpTime, at: at), at: member)
            case .flowing: break
            case .idle(let until):
                self.roomDeadline = until
                return
            }
        }
    }

    private func perform(_ command: EndpointCommand, at member: MemberHandle) {
        guard let index = self.room.tag(of: member) else { return }
        self.seats[Int(index)].endpoint.perform(command, now: self.now)
    }

    private func tellAssignment(of member: MemberHandle) {
        guard let index = self.room.tag(of: member), let assigned = self.room.assignments(of: member) else { return }
        let seat = self.seats[Int(index)]
        for (slot, publication) in zip(seat.slots, assigned.publications) {
            let leaf = self.pictures.first { $0.id == publication }?.owner
            seat.peer.media.assign(mid: slot.mid, leaf: leaf)
        }
    }

    private func write() {
        while let member = self.room.nextDirty() {
            if let index = self.room.tag(of: member) {
                let seat = self.seats[Int(index)]
                for outgoing in Self.pending(in: self.room, of: member) {
                    let bytes = seat.endpoint.written(outgoing, from: self.slab, now: self.now, into: &self.packet)
                    guard !bytes.isEmpty else { continue }
                    self.forwarded += 1
                    seat.peer.down.send(bytes, to: 0, now: self.now)
                }
            }
            self.room.written()
        }
        self.room.endTurn(slab: &self.slab)
    }

    private static func pending(in room: borrowing RoomMedia, of member: MemberHandle) -> [Outgoing] {
        let pending = room.pending(of: member)
        return pending.indices.map { pending[$0] }
    }
}
