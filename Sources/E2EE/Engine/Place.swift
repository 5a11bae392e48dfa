/// The epoch we are in, as everything but the keys sees it. Made anew at every epoch.
struct Place<Crypto: CryptoProvider>: Sendable {
    let groupID: [UInt8]
    let epoch: UInt64
    let ownLeaf: UInt32
    let transcript: [UInt8]
    let meeting: MeetingEpoch
    let standings: Standings<Crypto>
    /// log2 of the tree's leaf capacity.
    let leafBits: Int
    /// By leaf; chains are verified once an epoch and not at each question.
    let roles: [UInt32: Standing]
    /// Certified leaves and present successors, without us: their word proves the epoch (`e2ee.md` 11).
    let proofSet: [UInt32]
    /// Our own word proves it to the others.
    let isProof: Bool
    /// Recorders, streams, captioners and gateways.
    let services: [Occupant]

    init(_ group: borrowing Group<Crypto>, _ crypto: Crypto) throws(E2EEError) {
        let context = try group.context
        let tree = try group.tree
        self.groupID = context.groupID
        self.epoch = context.epoch
        self.ownLeaf = try group.ownLeaf
        self.transcript = context.confirmedTranscriptHash
        self.meeting = try MeetingEpoch(context, tree)
        let standings = Standings(self.meeting, crypto)
        self.standings = standings
        self.leafBits = tree.leafCount.trailingZeroBitCount
        // Embedded Swift has no dictionary out of a sequence.
        var roles: [UInt32: Standing] = [:]
        for occupant in self.meeting.occupants { roles[occupant.index] = standings.standing(of: occupant) }
        self.roles = roles
        self.services = self.meeting.occupants.filter { $0.isService }
        let own = self.ownLeaf
        let proofs = standings.proofSet
        self.proofSet = proofs.filter { $0 != own }
        self.isProof = proofs.contains(own)
    }

    var policy: MeetingPolicy { self.meeting.policy }
    var own: Standing { self.roles[self.ownLeaf] ?? .guest }
    var mediaOccupants: [MediaOccupant] {
        self.meeting.occupants.map {
            MediaOccupant(leaf: $0.index, signatureKey: $0.key, service: $0.profile?.service?.role)
        }
    }

    /// What somebody's word proves to us.
    func witness(_ leaf: UInt32) -> ProofWatch.Witness {
        guard self.proofSet.contains(leaf) else { return .member }
        return self.roles[leaf]?.isCertified == true ? .certified : .successor
    }

    /// Whether somebody may do something here, by the policy of this epoch. A message opens in one epoch and in no other, so
    /// whoever said it knew that policy: no change of it can make a liar of them.
    func lets(_ leaf: UInt32, _ act: MemberAct) -> Bool {
        self.policy.features.lets(self.roles[leaf] ?? .guest, act)
    }

    /// What we are, if we are a service.
    var ownService: ServiceInfo? { self.services.first { $0.index == self.ownLeaf }?.profile?.service }

    /// Services whose owners are not here.
    var orphans: [Occupant] {
        self.services.filter { service in
            service.profile?.service.map { self.occupant(withKey: $0.ownerKey) == nil } ?? false
        }
    }

    /// Leaves that take a service out when nobody is there any more for whom it works: by right, or where nobody has it, whoever
    /// may take people out. The lowest first.
    var enders: [UInt32] {
        let leaves = self.meeting.occupants.map { $0.index }.filter {
            self.roles[$0]?.rights.contains(.eject) == true
        }
        let by = leaves.filter { self.roles[$0]?.rights.contains(.services) == true }
        return by.isEmpty ? leaves : by
    }

    func key(of leaf: UInt32) -> [UInt8]? { self.meeting.occupant(leaf)?.key }

    func occupant(withKey key: [UInt8]) -> Occupant? { self.meeting.occupants.first { $0.key == key } }

    /// Whether somebody is here whom a host can make a co-host.
    func mayLead(_ key: [UInt8]) -> Bool {
        guard let occupant = self.occupant(withKey: key), !occupant.isService else { return false }
        return !self.isCertified(key)
    }

    /// Whether somebody is here who leads by a certificate.
    func isCertified(_ key: [UInt8]) -> Bool {
        self.occupant(withKey: key).map { self.roles[$0.index]?.isCertified == true } ?? false
    }

    /// Whoever is in by the same key as a new leaf, or by the same personal link or device.
    func occupant(like leafNode: LeafNode) -> Occupant? {
        if let same = self.occupant(withKey: leafNode.signatureKey) { return same }
        guard let person = BeraadLeaf(of: leafNode)?.chain?.personKey else { return nil }
        return self.meeting.occupants.first { $0.profile?.chain?.personKey == person }
    }
}

extension Group {
    /// The epoch, as everything but the keys sees it.
    borrowing func place(_ crypto: Crypto) throws(E2EEError) -> Place<Crypto> { try Place(self, crypto) }
}
