import E2EE
import Testing

typealias NativeGroup = Group<SwiftCryptoProvider>

let native = SwiftCryptoProvider()

/// One member's end, behind a reference.
final class Member {
    var group: NativeGroup

    init(_ group: consuming NativeGroup) { self.group = group }

    var leaf: UInt32 { get throws { try self.group.ownLeaf } }
    var epoch: UInt64 { get throws { try self.group.context.epoch } }
    var isMember: Bool { self.group.isMember }
    var holdings: GroupHoldings? { self.group.holdings }
    var authenticator: [UInt8] { get throws { try self.group.epochAuthenticator } }
    /// Of all proposals that wait.
    var references: [[UInt8]] { get throws { try self.group.proposals.compactMap { $0.reference } } }

    /// Opens a message that carries bytes.
    func read(_ message: MLSMessage) throws -> [UInt8]? {
        guard case .application(_, let bytes, _) = try self.group.receive(message) else { return nil }
        return bytes
    }

    /// Follows somebody's Commit to the end; the report of what it did.
    @discardableResult
    func follow(_ message: MLSMessage, _ keys: PreSharedKeys = PreSharedKeys()) throws -> CommitReport {
        guard case .commit(let commit) = try self.group.receive(message) else { throw Unexpected() }
        let staged = try self.group.validate(commit, preSharedKeys: keys)
        let report = staged.report
        try self.group.adopt(staged)
        return report
    }

    /// Why a message is refused; nothing when it is not.
    func refusal(_ message: MLSMessage, _ keys: PreSharedKeys = PreSharedKeys()) -> E2EEError? {
        do throws(E2EEError) {
            guard case .commit(let commit) = try self.group.receive(message) else { return nil }
            _ = try self.group.validate(commit, preSharedKeys: keys)
            return nil
        } catch {
            return error
        }
    }
}

struct Unexpected: Error {}

/// A value that must be there; `#require` does not look into noncopyable owners.
func required<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Unexpected() }
    return value
}

/// What a client says it supports.
func capabilities(_ suite: GroupSuite, proposals: [UInt16] = [0x000A]) -> Capabilities {
    Capabilities(
        versions: [1], cipherSuites: [suite.rawValue, 0x1A1A], extensions: [0xF0B2, 0xF0B3, 0x2A2A],
        proposals: proposals + [0x3A3A], credentials: [1, 0x4A4A])
}

/// A fresh client called `name`.
func keyPackage(
    _ name: String, _ suite: GroupSuite, proposals: [UInt16] = [0x000A],
    _ lifetime: Lifetime = Lifetime(notBefore: 100, notAfter: 200)
) throws -> OwnKeyPackage {
    try OwnKeyPackage(suite, identity(name, suite, proposals: proposals), lifetime, native)
}

func identity(_ name: String, _ suite: GroupSuite, proposals: [UInt16] = [0x000A]) throws -> LeafIdentity {
    try LeafIdentity(
        suite, credential: .basic(Array(name.utf8)), capabilities: capabilities(suite, proposals: proposals), native)
}

/// A secret with known bytes.
func heldSecret(_ bytes: [UInt8]) -> HeldSecret { HeldSecret(Secret(copying: bytes.span)) }

/// The public half of an Ed25519 key.
func signaturePublicKey(of key: borrowing Secret) throws -> [UInt8] { try native.publicKey(.ed25519, of: key.span) }

/// Adds the owner of a key package.
func add(_ own: OwnKeyPackage) -> Proposal { .add(Add(keyPackage: own.keyPackage)) }

func remove(_ leaf: UInt32) -> Proposal { .remove(Remove(removed: leaf)) }

/// Several members of one group who are told everything. It takes all of RFC 9420, where a meeting takes less.
final class Circle {
    let suite: GroupSuite
    private(set) var members: [Member]
    private var number = 0

    /// A group of `count`, all added by the first one.
    init(_ suite: GroupSuite, count: Int, extensions: [Extension] = []) throws {
        self.suite = suite
        let own = try keyPackage("creator", suite)
        self.members = [
            Member(try Group(creating: Array("circle".utf8), own, extensions: extensions, traffic: .any, native))
        ]
        guard count > 1 else { return }
        var plan = CommitPlan()
        let newcomers = try (1..<count).map { _ in try self.newcomer() }
        plan.proposals = newcomers.map(add)
        try self.commit(by: self.members[0], plan, newcomers)
    }

    /// Somebody nobody has seen yet.
    func newcomer() throws -> OwnKeyPackage {
        self.number += 1
        return try keyPackage("member \(self.number)", self.suite)
    }

    /// The named member commits, with every proposal it has heard, everybody follows, newcomers join, whoever was removed
    /// goes.
    @discardableResult
    func commit(
        by committer: Member, _ plan: CommitPlan = CommitPlan(), _ newcomers: [OwnKeyPackage] = [],
        covering isCovering: Bool = true
    ) throws -> CommitReport {
        var plan = plan
        if isCovering { plan.waiting = .only(try committer.references) }
        let pending = try committer.group.commit(plan)
        let message = try MLSMessage(decoding: pending.message.encoded)
        let welcome = pending.welcome
        let report = pending.staged.report
        for member in self.members where member !== committer {
            let theirs = try member.follow(message, plan.preSharedKeys)
            #expect(theirs.added == report.added)
            #expect(theirs.removed == report.removed)
        }
        try committer.group.adopt(pending)
        let tree = try committer.group.tree
        self.members.removeAll { !$0.isMember }
        for newcomer in newcomers {
            let welcome = try #require(welcome)
            self.members.append(
                Member(
                    try Group(
                        joining: welcome, newcomer, tree: plan.welcomeHasTree ? nil : tree,
                        preSharedKeys: plan.preSharedKeys, traffic: .any, native)))
        }
        return report
    }

    /// Somebody proposes, everybody hears it.
    func propose(by proposer: Member, _ proposal: Proposal, _ wireFormat: WireFormat = .publicMessage) throws {
        try self.hear(try proposer.group.propose(proposal, wireFormat), from: proposer)
    }

    /// Everybody but its sender hears a message.
    func hear(_ message: MLSMessage, from sender: Member?) throws {
        for member in self.members where member !== sender { _ = try member.group.receive(message) }
    }

    /// Somebody joins on its own, perhaps in place of an old leaf.
    @discardableResult
    func externalJoin(_ plan: ExternalJoin<SwiftCryptoProvider>.Plan = .init(), as name: String) throws -> Member {
        let info = try self.members[0].group.groupInfo(hasTree: true)
        let join = try ExternalJoin(info, try identity(name, self.suite), plan, traffic: .any, native)
        let message = join.message
        for member in self.members { try member.follow(message, plan.preSharedKeys) }
        self.members.removeAll { !$0.isMember }
        let joined = Member(join.joined())
        self.members.append(joined)
        return joined
    }

    /// Everybody is in the same epoch, with the same tree and keys that fit, and hears everybody.
    func expectAgreement(_ location: SourceLocation = #_sourceLocation) throws {
        let first = self.members[0]
        for member in self.members {
            #expect(try member.authenticator == first.authenticator, sourceLocation: location)
            #expect(try member.group.tree == first.group.tree, sourceLocation: location)
            #expect(try member.group.context == first.group.context, sourceLocation: location)
            let theirs = try member.group.export(Array("test".utf8), context: [1], count: 40)
            let ours = try first.group.export(Array("test".utf8), context: [1], count: 40)
            #expect(theirs.copied() == ours.copied(), sourceLocation: location)
        }
    }

    /// Each member sends, all others read.
    func expectConversation(_ location: SourceLocation = #_sourceLocation) throws {
        for sender in self.members {
            let bytes = Array("from \(try sender.leaf)".utf8)
            let message = try sender.group.seal(bytes)
            for member in self.members where member !== sender {
                #expect(try member.read(message) == bytes, sourceLocation: location)
            }
        }
    }
}
