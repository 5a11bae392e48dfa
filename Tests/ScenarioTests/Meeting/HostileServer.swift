import BeraadTesting
import E2EE
import Testing

/// The delivery service in the hands of somebody who wants to listen: it sees everything that passes, changes and keeps
/// back what it likes, and knows what is public, the tree and the state of each epoch.
final class HostileServer {
    let meeting: TestMeeting
    /// What becomes of a frame of the honest service; nothing keeps it back.
    var says: (TestMember, ServerFrame) -> ServerFrame? = { $1 }
    /// What becomes of a frame to the honest service, with its number.
    var hears: (TestMember, ClientFrame, UInt32) -> ClientFrame? = { _, said, _ in said }
    /// Everything that was ordered, once.
    private(set) var events: [EventFrame] = []
    /// What every epoch looks like from outside.
    private(set) var states: [UInt64: (info: GroupInfo, tree: RatchetTree)] = [:]
    /// The last number of the order.
    private(set) var last: UInt64 = 0
    private var follower: PublicFollower<SeededCryptoProvider>?
    private var offered: [[UInt8]: [UInt8]] = [:]
    /// Numbers that frames of our own took, as somebody sees them.
    private var taken: [ObjectIdentifier: [UInt64]] = [:]

    init(_ meeting: TestMeeting) {
        self.meeting = meeting
        meeting.serverSays = { member, bytes in self.pass(bytes, to: member) }
        meeting.clientSays = { member, bytes in self.take(bytes, from: member) }
    }

    /// The epoch of today, as everybody outside sees it.
    var state: (info: GroupInfo, tree: RatchetTree) {
        get throws { try #require(self.states.keys.max().flatMap { self.states[$0] }) }
    }

    var groupID: [UInt8] { get throws { try self.state.info.groupContext.groupID } }

    // MARK: What passes

    private func pass(_ bytes: [UInt8], to member: TestMember) -> [UInt8]? {
        guard let frame = try? Frame(decoding: bytes), let said = try? ServerFrame(frame) else { return bytes }
        switch said {
        case .event(let event): self.note(event)
        case .void(_, let sequence): self.rewind(to: sequence)
        default: break
        }
        return self.says(member, said).map { self.shifted($0, for: member).frame(request: frame.request) }
    }

    private func take(_ bytes: [UInt8], from member: TestMember) -> [UInt8]? {
        guard let frame = try? Frame(decoding: bytes), let said = try? ClientFrame(frame) else { return bytes }
        switch said {
        case .create(let info, let tree, _): self.begin(info, tree)
        case .commit(let commit): self.offered[commit.commit] = commit.groupInfo
        default: break
        }
        return self.hears(member, said, frame.request).map {
            self.unshifted($0, of: member).frame(request: frame.request)
        }
    }

    private func begin(_ info: [UInt8], _ tree: [UInt8]) {
        guard case .groupInfo(let info)? = try? MLSMessage(decoding: info), let tree = try? RatchetTree(decoding: tree)
        else { return }
        self.follower = try? PublicFollower(tree: tree, info.groupContext, self.meeting.crypto)
        self.states[info.groupContext.epoch] = (info, tree)
    }

    private func note(_ event: EventFrame) {
        guard event.sequence > self.last else { return }
        self.last = event.sequence
        self.events.append(event)
        try? self.follower?.follow(event.message)
        guard let follower = self.follower, let offered = self.offered[event.message.encoded],
            case .groupInfo(let info)? = try? MLSMessage(decoding: offered)
        else { return }
        self.states[follower.epoch] = (info, follower.tree)
    }

    /// A Commit was taken back.
    private func rewind(to sequence: UInt64) {
        guard let index = self.events.firstIndex(where: { $0.sequence == sequence }),
            case .publicMessage(let commit) = self.events[index].message, let state = self.states[commit.content.epoch]
        else { return }
        self.states = self.states.filter { $0.key <= commit.content.epoch }
        self.events.removeSubrange(index...)
        self.follower = try? PublicFollower(tree: state.tree, state.info.groupContext, self.meeting.crypto)
    }

    // MARK: What it says itself

    /// Puts a message of the group into the order that these people see, as the next one; what comes after it has a number
    /// more for them.
    func order(_ message: MLSMessage, to people: [TestMember]) throws {
        for member in people {
            let next = self.seen(self.last + 1, by: member)
            self.meeting.inject(
                .event(EventFrame(groupID: try self.groupID, sequence: next, message: message)), to: member)
            self.taken[ObjectIdentifier(member), default: []].append(next)
        }
        self.meeting.run(50)
    }

    /// A number of the order as somebody sees it, behind what was put in between.
    private func seen(_ sequence: UInt64, by member: TestMember) -> UInt64 {
        (self.taken[ObjectIdentifier(member)] ?? []).reduce(sequence) { $0 >= $1 ? $0 + 1 : $0 }
    }

    private func shifted(_ frame: ServerFrame, for member: TestMember) -> ServerFrame {
        guard self.taken[ObjectIdentifier(member)] != nil else { return frame }
        switch frame {
        case .event(let event):
            // What has no number of its own carries that of the message before it.
            let isNumbered = self.events.contains {
                $0.sequence == event.sequence && $0.message.encoded == event.message.encoded
            }
            let sequence =
                isNumbered
                ? self.seen(event.sequence, by: member) : self.seen(event.sequence + 1, by: member) - 1
            return .event(EventFrame(groupID: event.groupID, sequence: sequence, message: event.message))
        case .void(let groupID, let sequence): return .void(groupID: groupID, sequence: self.seen(sequence, by: member))
        case .data(let bytes):
            guard case .log(let next, let last, let lines)? = try? DataFrame(decoding: bytes) else { return frame }
            let log = DataFrame.log(
                next: self.seen(next, by: member), last: self.seen(last, by: member),
                lines.map {
                    DataFrame.LogLine(sequence: self.seen($0.sequence, by: member), message: $0.message)
                })
            return .data(log.encoded)
        default: return frame
        }
    }

    private func unshifted(_ frame: ClientFrame, of member: TestMember) -> ClientFrame {
        guard let taken = self.taken[ObjectIdentifier(member)], case .get(let get) = frame, get.what == .log else {
            return frame
        }
        let from = get.from - UInt64(taken.count { $0 < get.from })
        return .get(GetFrame(.log, groupID: get.groupID, from: from, hash: get.hash))
    }

    /// Other descriptors, signed by the authority: what it signed another time, or for another occurrence.
    func descriptors(
        _ draft: (inout MeetingDraft) -> Void = { _ in }, _ change: (inout MeetingDescriptor) -> Void = { _ in }
    ) throws -> (meeting: [UInt8], lobby: [UInt8]) {
        let path = self.meeting.links.path, fragment = self.meeting.links.host
        let link = try Link(meetingID: path.span, fragment: fragment.span, self.meeting.crypto)
        var plan = MeetingDraft(notBefore: TestMeeting.unix - 3_600, notAfter: TestMeeting.unix + 86_400)
        draft(&plan)
        let signed = try plan.signed(by: link, self.meeting.crypto)
        var descriptor = signed.meeting
        change(&descriptor)
        guard let seed = link.seedCopy() else { return ([], []) }
        return (try descriptor.signed(by: seed, self.meeting.crypto).encoded, signed.lobby.encoded)
    }
}

/// Anna has the host link; everybody else she let in. All of them are live and see each other.
struct Company {
    let meeting: TestMeeting
    let server: HostileServer
    let host: TestMember
    let guests: [TestMember]

    var everybody: [TestMember] { [self.host] + self.guests }

    /// Gathers them; `change` is for what the authority promises.
    init(
        seed: UInt64, _ names: [String] = ["Bram", "Chris"], keepsState: Bool = false, nonces: NonceLog? = nil,
        _ change: (inout MeetingDraft) -> Void = { _ in }
    ) throws {
        self.meeting = try TestMeeting(seed: seed, nonces: nonces, change)
        self.meeting.keepsState = keepsState
        self.server = HostileServer(self.meeting)
        let meeting = self.meeting
        let host = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { host.isLive }), "\(host.state) \(host.faults)")
        let guests = try names.map { try meeting.enter($0) }
        try #require(meeting.run(until: { host.lobby.count == names.count }))
        if !names.isEmpty { meeting.tell(host, .admit([])) }
        let all = (["Anna"] + names).sorted()
        try #require(
            meeting.run(until: { guests.allSatisfy { $0.isLive } && ([host] + guests).allSatisfy { $0.names == all } }),
            "\(guests.map { $0.state }) \(host.faults)")
        // Whoever renews keys after coming in has done so, and names are in what is kept.
        if keepsState { meeting.run(6_000) }
        self.host = host
        self.guests = guests
    }

    /// Somebody who keeps no rule knocks like everybody, and the host lets them in.
    func letIn(_ rogue: Rogue) throws {
        let count = self.host.roster.count
        try rogue.knock()
        try #require(self.meeting.run(until: { self.host.lobby.count == 1 }), "\(self.host.faults)")
        self.meeting.tell(self.host, .admit([]))
        try rogue.enter()
        try #require(
            self.meeting.run(until: { self.everybody.allSatisfy { $0.isLive && $0.roster.count == count + 1 } }))
        // Names go around, and are not on the way any more when the mischief begins.
        self.meeting.run(2_000)
    }

    /// A guest without scruples, let in.
    func rogue(_ name: String = "Mallory") throws -> Rogue {
        let rogue = try Rogue(name, in: self.meeting)
        try self.letIn(rogue)
        return rogue
    }

    /// Somebody's leaf.
    func leaf(of key: [UInt8]) throws -> UInt32 {
        try #require(self.host.roster.first { $0.signatureKey == key }?.leaf)
    }
}

extension MediaEpoch {
    /// The key of its frames, for comparing.
    var keyBytes: [UInt8] { self.baseKey.secret.copied() }
}

extension TestMember {
    /// Faults since `count`, as codes.
    func faultCodes(since count: Int = 0) -> [FaultCode] {
        self.faults.dropFirst(count).compactMap { FaultCode(rawValue: $0.code) }
    }

    /// Whether sending was possible at any time since then.
    func hasOpened(since: UInt64) -> Bool { self.isLive || self.openedAt.contains { $0 >= since } }
}
