import E2EE
import Testing

/// Somebody with a signature key; `number` is all there is to know about them.
struct Person: Hashable, Sendable {
    let number: UInt8
    let key: [UInt8]

    init(_ number: UInt8) {
        self.number = number
        let seed = [UInt8](repeating: number, count: 32)
        // A seed of 32 bytes always has a key.
        self.key = (try? native.publicKey(ofSeed: seed.span)) ?? []
    }

    var secret: Secret { Secret(copying: [UInt8](repeating: self.number, count: 32).span) }
}

/// The people of every scene.
extension Person {
    static let authority = Person(1)
    static let host = Person(2)
    static let cohost = Person(3)
    static let anna = Person(4)
    static let bram = Person(5)
    static let recorder = Person(6)
    static let ticket = Person(7)
    static let device = Person(8)
    static let newcomer = Person(9)
    static let organisation = Person(10)
    static let stranger = Person(11)
}

let occasion = MeetingInstance(meetingID: counting(from: 0, 16), number: 7)

/// A certificate of this meeting; the most its role may have, unless rights are named.
func certificate(
    _ subject: Person, by issuer: Person, _ role: Role, _ kind: CertificateKind = .leaf, _ rights: Rights? = nil,
    _ instance: MeetingInstance = occasion
) -> RoleCertificate {
    let unsigned = RoleCertificate(
        instance, issuer: issuer.key, subject: subject.key, kind, role, rights ?? role.rightsMax, notBefore: 100,
        notAfter: 200, serial: counting(from: 0, 8))
    return (try? unsigned.signed(by: issuer.secret, native)) ?? unsigned
}

/// Host or co-host straight from the authority.
func leader(_ person: Person, _ role: Role, _ rights: Rights? = nil) -> Chain {
    Chain([certificate(person, by: .authority, role, .leaf, rights)])
}

/// A personal link's chain.
func ticketed(_ person: Person, _ rights: Rights = .enter, ticket: Person = .ticket) -> Chain {
    Chain([
        certificate(person, by: ticket, .participant, .leaf, rights),
        certificate(ticket, by: .authority, .participant, .ticket, rights.union(.delegate)),
    ])
}

/// A recorder of the host's.
func serviceChain(_ person: Person, by owner: Person = .host, _ role: Role = .recorder) -> Chain {
    Chain([certificate(person, by: owner, role)] + leader(owner, .host).certificates)
}

let recording = ServiceInfo(role: .recorder, ownerKey: Person.host.key, purposes: .record, place: .participant)

/// An organisation's word about somebody.
func assertion(_ person: Person, by issuer: Person = .organisation) -> OrgAssertion {
    let unsigned = OrgAssertion(
        issuer: issuer.key, leaf: person.key, notBefore: 0, notAfter: 9, claimsHash: counting(from: 0, 32))
    return (try? unsigned.signed(by: issuer.secret, native)) ?? unsigned
}

/// A pass that the host signed.
func pass(
    _ person: Person, generation: UInt32 = 0, by issuer: Person = .host, _ chain: Chain? = nil
) -> ReentryPass {
    let unsigned = ReentryPass(
        occasion, generation: generation, subject: person.key, issuer: chain ?? leader(issuer, .host))
    return (try? unsigned.signed(by: issuer.secret, native)) ?? unsigned
}

/// A leaf of this meeting; `salt` makes its pid and encryption key another one.
func leaf(
    _ person: Person, _ chain: Chain? = nil, service: ServiceInfo? = nil, assertion: OrgAssertion? = nil,
    salt: UInt8 = 0, version: UInt32 = 5,
    from source: LeafNodeSource = .keyPackage(Lifetime(notBefore: 0, notAfter: 9))
) -> LeafNode {
    let profile = BeraadLeaf(
        occasion, clientVersion: version, buildHash: [1], chain: chain, service: service, assertion: assertion)
    return LeafNode(
        encryptionKey: [person.number, salt, 1], signatureKey: person.key,
        credential: .basic([person.number, salt] + [UInt8](repeating: 0, count: 14)),
        capabilities: MeetingProfile.capabilities(grease: [0, 1, 2, 3]), source: source,
        extensions: [Extension(type: 0xF0B3, data: profile.encoded)], signature: [])
}

func package(_ leafNode: LeafNode, suite: UInt16 = 0xF0B1) -> KeyPackage {
    KeyPackage(cipherSuite: suite, initKey: [9], leafNode: leafNode, extensions: [], signature: [])
}

/// An epoch of a meeting in which the host sits on leaf 0, a co-host on 1, Anna without a chain on 2, Bram with a personal
/// link on 3 and the host's recorder on 4. Nothing in it is a real group; the rules do not look.
struct Scene: Sendable {
    var policy: MeetingPolicy
    var occupants: [Occupant]
    var number: UInt64 = 4
    let invite: InviteKeys
    let groupID = counting(from: 0, 32)

    static let link = [UInt8](repeating: 0x51, count: 32)

    init() {
        self.invite = InviteKeys(Invite(pseudorandomKey: Secret(copying: Self.link.span)), native)
        var descriptor = MeetingDescriptor(occasion, authorityKey: Person.authority.key, notBefore: 0, notAfter: 9)
        descriptor.revision = 3
        descriptor.featuresMax = [.chat, .camera, .microphone]
        descriptor.servicesMax = [.recorder, .captions]
        descriptor.minClient = 5
        descriptor.issuers = [Person.organisation.key]
        descriptor.flags = .audioLevels
        try? descriptor.sign(Person.authority.secret, native)
        self.policy = MeetingPolicy(first: descriptor, inviteID: self.invite.identifier)
        self.policy.services = .recorder
        self.occupants = [
            Occupant(0, leaf(.host, leader(.host, .host))), Occupant(1, leaf(.cohost, leader(.cohost, .cohost))),
            Occupant(2, leaf(.anna)), Occupant(3, leaf(.bram, ticketed(.bram))),
            Occupant(4, leaf(.recorder, serviceChain(.recorder), service: recording)),
        ]
    }

    /// Changes the descriptor and has the authority sign it again.
    mutating func describe(_ change: (inout MeetingDescriptor) -> Void) {
        change(&self.policy.descriptor)
        try? self.policy.descriptor.sign(Person.authority.secret, native)
    }

    var extensions: [Extension] { MeetingProfile.extensions(self.policy, serverKey: Person(99).key) }

    var epoch: MeetingEpoch {
        get throws {
            try MeetingEpoch(
                groupID: self.groupID, number: self.number, extensions: self.extensions, occupants: self.occupants)
        }
    }

    func verdict(_ commit: CommitFacts) throws -> Verdict {
        let epoch = try self.epoch
        return Authoriser(epoch, joinMACKey: self.invite.joinMAC, native).authorise(commit)
    }

    // MARK: Proposals

    func value(_ proposal: Proposal, by sender: Sender) -> ResolvedProposal {
        ResolvedProposal(proposal: proposal, sender: sender, reference: nil, authenticatedData: [])
    }

    func reference(_ proposal: Proposal, by sender: Sender, _ data: [UInt8] = []) -> ResolvedProposal {
        ResolvedProposal(proposal: proposal, sender: sender, reference: [1], authenticatedData: data)
    }

    var inviteKey: Proposal {
        .preSharedKey(
            PreSharedKey(
                psk: PreSharedKeyID(name: .external(self.policy.inviteID), nonce: counting(from: 0, 32))))
    }

    func add(_ leafNode: LeafNode) -> Proposal { .add(Add(keyPackage: package(leafNode))) }

    /// A joiner's own Add, with the MAC of the link.
    func selfAdd(_ leafNode: LeafNode, key: HeldSecret? = nil, epoch: UInt64? = nil) -> ResolvedProposal {
        let package = package(leafNode)
        let auth = AddAuth(
            package, groupID: self.groupID, epoch: epoch ?? self.number, key: key ?? self.invite.joinMAC, native)
        return self.reference(.add(Add(keyPackage: package)), by: .newMemberProposal, auth.encoded)
    }

    /// GroupContextExtensions with a policy that follows this one.
    func change(_ body: (inout MeetingPolicy) -> Void) -> Proposal {
        var next = self.policy
        next.revision += 1
        body(&next)
        return .groupContextExtensions(
            GroupContextExtensions(extensions: MeetingProfile.replacing(next, in: self.extensions)))
    }

    // MARK: Commits

    /// A member's Commit, with a path that keeps its leaf.
    func commit(
        by index: UInt32, _ items: [ResolvedProposal], passes: [ReentryPass] = [], hasPath: Bool = true
    ) -> CommitFacts {
        var path = self.occupants.first { $0.index == index }?.leafNode
        path?.source = .commit([])
        path?.encryptionKey = [0xEE, UInt8(index)]
        return CommitFacts(
            sender: .member(index), authenticatedData: CommitAuth(passes: passes).encoded, proposals: items,
            pathLeaf: hasPath ? path : nil, byteCount: 1_000)
    }

    /// A member's Commit of its own proposals, with the invite's key when it adds somebody.
    func commit(by index: UInt32, _ proposals: Proposal..., passes: [ReentryPass] = []) -> CommitFacts {
        var all = proposals
        if proposals.contains(where: { $0.type == .add }) { all.append(self.inviteKey) }
        return self.commit(by: index, all.map { self.value($0, by: .member(index)) }, passes: passes)
    }

    /// An external Commit.
    func join(_ leafNode: LeafNode, _ auth: JoinAuth, removing: UInt32? = nil) -> CommitFacts {
        var own: [Proposal] = [.externalInit(ExternalInit(kemOutput: [1])), self.inviteKey]
        if let removing { own.append(remove(removing)) }
        var path = leafNode
        path.source = .commit([])
        return CommitFacts(
            sender: .newMemberCommit, authenticatedData: auth.encoded,
            proposals: own.map { self.value($0, by: .newMemberCommit) }, pathLeaf: path, byteCount: 1_000)
    }
}
