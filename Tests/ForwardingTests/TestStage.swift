import Forwarding
import MediaCore

/// A room in virtual time, without sockets, keys or frames: packets are numbers here, as they are to the forwarder.
final class TestStage {
    struct Sent {
        var member: MemberHandle
        var packet: Outgoing
        /// What the packet carries, made of the publisher's numbers: two packets are the same bytes if this is equal.
        var content: UInt64
    }

    var room = RoomMedia()
    var slab: PacketSlab
    var now = MediaTime(nanoseconds: 1_000_000_000)
    private(set) var sent: [Sent] = []
    private(set) var told: [RoomOutput] = []
    private var nextEndpoint: UInt64 = 1
    private var nextPublication: UInt64 = 1

    init(cells: Int = 8_192) { self.slab = PacketSlab(capacity: cells) }

    func join(audio: Int = 8, video: Int = 25, start: UInt16 = 1_000, connects: Bool = true) -> MemberHandle {
        let sound = SlotParameters(kind: .audio, hasRetransmission: false, start: start)
        let picture = SlotParameters(kind: .video, hasRetransmission: true, start: start)
        let slots = Array(repeating: sound, count: audio) + Array(repeating: picture, count: video)
        defer { self.nextEndpoint += 1 }
        let member = self.room.join(tag: self.nextEndpoint, slots: slots) ?? .none
        if connects { self.room.connected(member, now: self.now) }
        return member
    }

    /// Announces section 0 (sound) or 1 (picture).
    @discardableResult
    func announce(_ kind: MediaKind, of member: MemberHandle) -> PublicationID {
        let id = PublicationID(rawValue: self.nextPublication)
        self.nextPublication += 1
        let answer = self.room.announce(id, of: member, section: kind == .audio ? 0 : 1, kind: kind, now: self.now)
        precondition(answer == .done)
        return id
    }

    func want(_ publications: [PublicationID], by member: MemberHandle) {
        let list = publications.enumerated().map { Want(publication: $1, height: 360, rank: UInt16($0)) }
        precondition(self.room.want(list, of: member, now: self.now) == .done)
    }

    func pass(_ milliseconds: Int64) {
        self.now = self.now + .milliseconds(milliseconds)
        self.room.elapse(now: self.now, slab: &self.slab)
        self.drain()
    }

    /// One video packet of section 1. Timestamp, picture id and TL0PICIDX follow from the frame's number.
    func video(
        _ sequence: UInt64, frame: UInt32 = 0, key: Bool = false, marker: Bool = true, from member: MemberHandle
    ) {
        var packet = MediaPacket()
        packet.stream = 1
        packet.codec = .vp8
        packet.sequence = sequence
        packet.timestamp = frame &* 3_000
        packet.payloadLength = 1_000
        packet.marker = marker
        packet.startsFrame = key
        packet.startsKeyFrame = key
        packet.vp8.pictureIDBits = 15
        packet.vp8.pictureID = UInt16(truncatingIfNeeded: frame) & 0x7FFF
        packet.vp8.hasTL0PictureIndex = true
        packet.vp8.tl0PictureIndex = UInt8(truncatingIfNeeded: frame)
        self.ingest(packet, from: member)
    }

    func audio(_ sequence: UInt64, from member: MemberHandle) {
        var packet = MediaPacket()
        packet.codec = .opus
        packet.sequence = sequence
        packet.timestamp = UInt32(truncatingIfNeeded: sequence &* 960)
        packet.payloadLength = 120
        packet.startsFrame = true
        self.ingest(packet, from: member)
    }

    func ingest(_ described: MediaPacket, from member: MemberHandle) {
        guard let handle = self.slab.allocate() else { return }
        var packet = described
        packet.arrival = self.now
        self.slab[handle] = packet
        if self.room.ingest(handle, from: member, slab: &self.slab) { self.flush() }
    }

    func lose(_ first: UInt16, following: UInt16 = 0, stream: UInt16, at member: MemberHandle) {
        let isFull = self.room.missing(
            first, following: following, stream: stream, of: member, now: self.now, slab: &self.slab)
        if isFull { self.flush() }
    }

    /// The turn ends: everything decided is written.
    func flush() {
        while let member = self.room.nextDirty() {
            for packet in Self.pending(in: self.room, of: member) {
                let origin = self.slab.holds(packet.packet) ? self.slab[packet.packet] : MediaPacket()
                let content = origin.sequence << 20 ^ UInt64(origin.timestamp)
                self.sent.append(Sent(member: member, packet: packet, content: content))
            }
            self.room.written()
        }
        self.room.endTurn(slab: &self.slab)
    }

    static func pending(in room: borrowing RoomMedia, of member: MemberHandle) -> [Outgoing] {
        let pending = room.pending(of: member)
        return pending.indices.map { pending[$0] }
    }

    /// Flushes, and answers what went to `member` since the last call.
    func take(_ member: MemberHandle) -> [Outgoing] {
        self.flush()
        defer { self.sent.removeAll { $0.member == member } }
        return self.sent.filter { $0.member == member }.map(\.packet)
    }

    func drain() {
        while true {
            let output = self.room.next(now: self.now)
            if case .idle = output { return }
            self.told.append(output)
        }
    }

    func takeTold() -> [RoomOutput] {
        self.drain()
        defer { self.told = [] }
        return self.told
    }

    func takeSent() -> [Sent] {
        self.flush()
        defer { self.sent = [] }
        return self.sent
    }

    func shown(by member: MemberHandle) -> [PublicationID?] {
        self.room.assignments(of: member)?.publications ?? []
    }
}
