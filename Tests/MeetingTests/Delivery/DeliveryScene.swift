import BeraadTesting
import Crypto
import Meeting
import Wire

/// A meeting's delivery service played in virtual time: who said what, and what each connection heard.
final class DeliveryScene {
    /// One client on one connection.
    struct Peer {
        let connection: ConnectionID
        let key: Curve25519.Signing.PrivateKey
        var publicKey: LeafKey { Authority.publicKey(of: self.key) }
    }

    struct Unexpected: Error {}

    static let group = GroupID(Authority.meeting + [UInt8](repeating: 0xA0, count: 16))

    let authority = Authority()
    var delivery: Delivery
    var now = ContinuousClock.now
    private(set) var ended: Set<ConnectionID> = []
    /// Who showed who they are while they owed the passcode.
    private(set) var settled: [ConnectionID] = []
    /// Those of them who then wait at the door like others.
    private(set) var inNeedOfPlace: [ConnectionID] = []
    private var events: [ConnectionID: [DeliveryEvent]] = [:]
    private var replies: [ConnectionID: [UInt32: DeliveryEvent]] = [:]
    private var challenges: [ConnectionID: [UInt8]] = [:]
    private var generator = SeededGenerator(seed: 5)
    private var count = 0
    private var request: UInt32 = 0
    /// The epoch of the meeting's group, as its members count it.
    var epoch: UInt64 = 0

    init(
        descriptor: MeetingDescriptor? = nil, certificates: [[UInt8]: [UInt8]] = [:], revoked: Set<LeafKey> = []
    ) throws {
        let meeting = DeliveryMeeting(
            id: Authority.meeting, instance: 0, descriptor: try descriptor ?? Authority().descriptor(),
            lobbyDescriptor: [1, 2, 3], certificates: certificates, revoked: revoked)
        self.delivery = Delivery(meeting: meeting, installationSecret: [UInt8](repeating: 3, count: 32))
    }

    func connect(
        _ gate: DeliveryGate = .waits, owes: Bool = false, key: Curve25519.Signing.PrivateKey? = nil
    ) -> Peer {
        self.count += 1
        let peer = Peer(
            connection: ConnectionID(rawValue: UInt64(self.count)), key: key ?? Authority.signingKey(self.count))
        self.carryOut(
            self.delivery.connect(peer.connection, gate: gate, owes: owes, now: self.now, using: &self.generator))
        return peer
    }

    func drop(_ peer: Peer) { self.carryOut(self.delivery.disconnect(peer.connection, now: self.now)) }

    func depart(_ peer: Peer) { self.carryOut(self.delivery.depart(peer.connection, now: self.now)) }

    func end() { self.carryOut(self.delivery.end()) }

    func send(_ bytes: [UInt8], from peer: Peer) {
        self.carryOut(
            self.delivery.receive(bytes, from: peer.connection, now: self.now, unixSeconds: Authority.unixSeconds))
    }

    /// Says something; the answer, if there was one at once.
    @discardableResult
    func say(_ command: DeliveryCommand, from peer: Peer) -> DeliveryEvent? {
        self.request += 1
        self.send(command.frame(request: self.request).encoded, from: peer)
        return self.replies[peer.connection]?[self.request]
    }

    /// The number of the last question.
    var lastRequest: UInt32 { self.request }

    func reply(to request: UInt32, of peer: Peer) -> DeliveryEvent? { self.replies[peer.connection]?[request] }

    /// Lets time pass in one step.
    func pass(_ time: Duration) {
        self.now += time
        self.carryOut(self.delivery.elapse(now: self.now))
    }

    /// Lets time pass from deadline to deadline, as an owner with a timer does.
    func play(_ time: Duration) {
        let end = self.now + time
        var steps = 0
        while let deadline = self.delivery.deadline, deadline <= end, steps < 10_000 {
            self.now = max(self.now, deadline)
            self.carryOut(self.delivery.elapse(now: self.now))
            steps += 1
        }
        self.now = end
        self.carryOut(self.delivery.elapse(now: self.now))
    }

    /// What a connection heard since it was last asked, greeting and answers aside.
    func heard(by peer: Peer) -> [DeliveryEvent] {
        defer { self.events[peer.connection] = [] }
        return self.events[peer.connection] ?? []
    }

    /// The messages of a group among them.
    func ordered(by peer: Peer) -> [DeliveryEvent.Ordered] {
        self.heard(by: peer).compactMap { if case .ordered(let ordered) = $0 { ordered } else { nil } }
    }

    func forgetHeard() { self.events = [:] }

    // What clients do, in the usual order.

    @discardableResult
    func bind(
        _ peer: Peer, leaf: UInt32, chain: Chain? = nil, group: GroupID = DeliveryScene.group,
        key: Curve25519.Signing.PrivateKey? = nil
    ) -> DeliveryEvent? {
        let challenge = self.challenges[peer.connection] ?? []
        let signature = Authority.sign(key ?? peer.key, "bind", challenge + group.bytes)
        return self.say(
            .bind(.init(group: group, leaf: LeafIndex(leaf), chain: chain, signature: signature)), from: peer)
    }

    /// Shows a chain without holding a leaf.
    @discardableResult
    func show(_ chain: Chain, of peer: Peer) -> DeliveryEvent? {
        self.bind(peer, leaf: .max, chain: chain, group: GroupID([]))
    }

    /// A host puts somebody out for good.
    func revoke(_ peer: Peer) { self.carryOut(self.delivery.revoke(peer.publicKey)) }

    /// The creator takes a personal link back.
    func revoke(ticket key: Curve25519.Signing.PrivateKey) {
        self.carryOut(self.delivery.revoke(ticket: Authority.publicKey(of: key)))
    }

    static func create(
        _ peer: Peer, leaf: UInt32 = 0, epoch: UInt64 = 0, group: GroupID = DeliveryScene.group, tree: [UInt8] = [1]
    ) -> DeliveryCommand {
        .create(
            .init(
                groupInfo: MLSBytes.groupInfo(group, epoch), tree: tree,
                creator: Added(leaf: LeafIndex(leaf), key: peer.publicKey, reference: KeyPackageReference([]))))
    }

    /// A host that founds the group and holds its first leaf.
    func host() throws -> Peer {
        let host = self.connect(.joins)
        let chain = try self.authority.chain(.host, for: host.publicKey)
        guard self.show(chain, of: host) == .ok, self.say(Self.create(host), from: host) == .ok,
            self.bind(host, leaf: 0, chain: chain) == .ok
        else { throw Unexpected() }
        return host
    }

    func commit(
        by leaf: UInt32, added: [Added] = [], removed: [UInt32] = [], welcome: [UInt8] = [], epoch: UInt64? = nil,
        mark: UInt8 = 1, proposals: Int = 3
    ) -> DeliveryCommand.Commit {
        let epoch = epoch ?? self.epoch
        return DeliveryCommand.Commit(
            group: Self.group, epoch: epoch,
            commit: MLSBytes.commit(Self.group, epoch, .member(leaf), mark: mark, proposals: proposals), added: added,
            removed: removed.map(LeafIndex.init), welcome: welcome,
            groupInfo: MLSBytes.groupInfo(Self.group, epoch &+ 1))
    }

    /// Somebody commits, and it has to be accepted.
    func mustCommit(_ peer: Peer, by leaf: UInt32, added: [Added] = [], removed: [UInt32] = [], mark: UInt8 = 1) throws
    {
        guard self.say(.commit(self.commit(by: leaf, added: added, removed: removed, mark: mark)), from: peer) == .ok
        else { throw Unexpected() }
        self.epoch += 1
    }

    /// A host and as many members, on leaves 0, 1, 2, …, all bound; what they heard is forgotten.
    func meeting(members: Int) throws -> [Peer] {
        let host = try self.host()
        let members = (0..<members).map { _ in self.connect(.waits) }
        let added = members.enumerated().map { index, peer in
            Added(leaf: LeafIndex(UInt32(index + 1)), key: peer.publicKey, reference: KeyPackageReference([]))
        }
        if !members.isEmpty { try self.mustCommit(host, by: 0, added: added) }
        for (index, peer) in members.enumerated() {
            guard self.bind(peer, leaf: UInt32(index + 1)) == .ok else { throw Unexpected() }
        }
        // The Commit above cannot be taken back any more.
        self.pass(.seconds(5))
        self.forgetHeard()
        return [host] + members
    }

    /// A joiner's own Commit.
    func joining(_ peer: Peer, leaf: UInt32, removed: [UInt32] = [], mark: UInt8 = 1) -> DeliveryCommand {
        .commit(
            .init(
                group: Self.group, epoch: self.epoch,
                commit: MLSBytes.commit(Self.group, self.epoch, .newMemberCommit, mark: mark),
                added: [Added(leaf: LeafIndex(leaf), key: peer.publicKey, reference: KeyPackageReference([]))],
                removed: removed.map(LeafIndex.init), welcome: [],
                groupInfo: MLSBytes.groupInfo(Self.group, self.epoch + 1)))
    }

    func app(mark: UInt8 = 1, to recipients: [UInt32] = [], keep: DeliveryCommand.App.Class = .logged)
        -> DeliveryCommand
    {
        .app(
            .init(
                message: MLSBytes.app(Self.group, self.epoch, mark: mark), recipients: recipients.map(LeafIndex.init),
                keep: keep))
    }

    static func get(_ what: DeliveryCommand.Get.What, from: UInt64 = 0) -> DeliveryCommand {
        .get(.init(what: what, group: self.group, from: from, hash: []))
    }

    private func carryOut(_ effects: [DeliveryEffect]) {
        for effect in effects {
            switch effect {
            case .end(let connection): self.ended.insert(connection)
            case .settled(let connection, let needsPlace):
                self.settled.append(connection)
                if needsPlace { self.inNeedOfPlace.append(connection) }
            case .send(let connections, let frame):
                // Also what is too large for a frame is none.
                guard let again = try? Frame(decoding: frame.encoded), again == frame,
                    let event = try? DeliveryEvent(frame)
                else { preconditionFailure("what the service says can be read") }
                for connection in connections {
                    if case .hello(let hello) = event {
                        self.challenges[connection] = hello.challenge
                    } else if frame.request == 0 {
                        self.events[connection, default: []].append(event)
                    } else {
                        self.replies[connection, default: [:]][frame.request] = event
                    }
                }
            }
        }
    }
}
