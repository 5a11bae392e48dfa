/// What an engine wants done, in order.
package enum EngineOutput: Sendable {
    /// Send this as one binary message.
    case send([UInt8])
    /// This connection is of no use; make another.
    case reconnect
    /// Where we are.
    case state(MemberState)
    /// The keys of an epoch. Senders switch at once; receivers keep the epoch before for two seconds.
    case mediaEpoch(MediaEpoch)
    /// Forget everything.
    case wipe
    /// Before anything that comes after it is carried out: keep this, sealed, in the place of what was kept before, and
    /// delete it when it is 15 minutes old (`e2ee.md` 7.7, 13). Only for whoever asked for it
    /// (`EngineConfig.keepsState`).
    case save(HeldSecret)
    /// Delete what was kept.
    case deleteSaved
    /// Why nothing may be sent; empty when everything may.
    case gate(GateReasons)
    /// Everybody who is in, by the tree and nothing else.
    case roster([RosterEntry])
    /// How the door stands, what is switched on, and what we may do.
    case policy(PolicyView)
    /// Everybody who waits, for whoever may admit.
    case lobby([LobbyEntry])
    /// The word code of our own knock, as indexes into the list the host chose.
    case waitingWords(wordlist: UInt8, [UInt16])
    /// A word from the host while we wait.
    case note([UInt8])
    /// Somebody said something, ourselves too once the service has taken it. What nobody may say here does not come.
    case app(AppEvent)
    /// Send this when we go without a moment to spare, as the last message: it takes us out of the keys. Each one replaces
    /// the one before.
    case goodbye([UInt8])
    /// The meeting code of this epoch: 30 ASCII digits.
    case code([UInt8])
    /// How a comparison round goes.
    case compare(CompareView)
    /// Another link is in force, whoever made it, or ours is again, after one of which nobody told us: the id of its invite,
    /// 16 bytes, by which one shows a server that one has the link.
    case invite([UInt8])
    /// What the meeting is about, in its host's words: at most 512 bytes, which ought to be UTF-8 (`e2ee.md` 3.2). Who has the
    /// link it was sealed under reads it, and no server. It comes on the way in, once.
    case topic([UInt8])
    /// A command could not be carried out, and why, where a person can do something about it.
    case refused(EngineCommand, why: RefusalReason? = nil)
    /// Somebody broke a rule: number of `e2ee.md` 4.2, and whose doing it is where that is known.
    case fault(code: UInt16, leaf: UInt32?)
}

/// Why a command could not be carried out.
package enum RefusalReason: UInt8, Equatable, Sendable {
    /// No seat is free; in a session for two: and whoever has the other one is there.
    case full = 1
    /// Somebody is in by this personal link.
    case inUse = 2
}

/// The keys of one epoch, for the media side (`e2ee.md` 6, 7).
package struct MediaEpoch: Sendable {
    /// Its number.
    package let epoch: UInt64
    /// The base key of its frames, 16 bytes. The engine keeps none.
    package let baseKey: HeldSecret
    /// log2 of the tree's leaf capacity.
    package let leafBits: Int
    package let ownLeaf: UInt32
    /// Everybody who is in, ourselves too.
    package let occupants: [MediaOccupant]
    /// Leaves that came with this epoch: they need a whole picture.
    package let added: [UInt32]
    /// Leaves that went with it: their frames are dropped at once.
    package let removed: [UInt32]

    /// The keys of an epoch from their fields; `leafBits` is 0...16.
    package init(
        epoch: UInt64, baseKey: HeldSecret, leafBits: Int, ownLeaf: UInt32, occupants: [MediaOccupant],
        added: [UInt32] = [], removed: [UInt32] = []
    ) {
        self.epoch = epoch
        self.baseKey = baseKey
        self.leafBits = leafBits
        self.ownLeaf = ownLeaf
        self.occupants = occupants
        self.added = added
        self.removed = removed
    }

    /// Leaves somebody sits on.
    package var occupied: [UInt32] { self.occupants.map { $0.leaf } }
}

/// Whose frames a leaf's are, in one epoch.
package struct MediaOccupant: Equatable, Sendable {
    package let leaf: UInt32
    /// Names a person through all epochs; a leaf number does not.
    package let signatureKey: [UInt8]
    /// Of what is no person. It is not in the occupant's bytes: a page has it from the roster.
    package let service: Role?

    /// An occupant from its fields.
    package init(leaf: UInt32, signatureKey: [UInt8], service: Role? = nil) {
        self.leaf = leaf
        self.signatureKey = signatureKey
        self.service = service
    }
}

/// What of the policy a page shows.
package struct PolicyView: Equatable, Sendable {
    /// Nobody comes in.
    package let isLocked: Bool
    package let admission: Admission
    /// What we may do.
    package let rights: Rights
    /// What is switched on, of what has a name here.
    package let features: FeatureSet
    /// What can be switched on at all, of what has a name here.
    package let featuresMax: FeatureSet
    /// Most people, hosts included.
    package let membersMax: UInt16
    /// Services that can ever be let in.
    package let servicesMax: ServiceSet

    /// What a policy shows to whoever has these rights.
    init(_ policy: MeetingPolicy, rights: Rights) {
        self.isLocked = policy.flags.contains(.locked)
        self.admission = policy.admission
        self.rights = rights
        self.features = policy.features.intersection(.known)
        self.featuresMax = policy.descriptor.featuresMax.intersection(.known)
        self.membersMax = policy.descriptor.membersMax
        self.servicesMax = policy.descriptor.servicesMax
    }
}

/// Somebody in the meeting.
package struct RosterEntry: Equatable, Sendable {
    package let leaf: UInt32
    /// Names a person through all epochs; a leaf number does not.
    package let signatureKey: [UInt8]
    /// UTF-8, from the profile the person signed; empty until it came.
    package let name: [UInt8]
    package let role: Role
    package let isOwn: Bool
    package let label: TrustLabel
    /// They ask for the word.
    package let isHandUp: Bool
    /// They lead, and gave no sign for 20 seconds, as far as we know: their line is broken, or a server keeps us from them.
    package let isSilent: Bool
    /// What it is, if it is no person.
    package let service: ServiceView?
    /// What we may use of them, if we are a service: everything else of them is dropped before it is stored or passed on
    /// (`e2ee.md` 10). It is not in the entry's bytes: no page is a service.
    package let usable: ConsentScope
}

/// A recorder, stream, captioner or gateway, by the tree and nothing else.
package struct ServiceView: Equatable, Sendable {
    package let info: ServiceInfo
    /// What this person answered about it.
    package let answer: ConsentAnswer
}

/// What is known about who somebody is (`e2ee.md` 9); the first that applies, in the order of the numbers from above.
package enum TrustLabel: UInt8, Equatable, Sendable {
    /// A name nobody checked.
    case guest = 0
    /// Stands in for a host, as the invitation says.
    case actingHost = 1
    /// We compared codes with them.
    case verified = 2
    /// Host or co-host by the invitation's own signature.
    case host = 3
    /// No person: a recorder, a stream, captions or a gateway.
    case service = 4
}

/// How a comparison round goes, for showing.
package struct CompareView: Equatable, Sendable {
    /// How far a round is.
    package enum Phase: UInt8, Equatable, Sendable {
        /// None is on.
        case none = 0
        /// Everybody's part is awaited.
        case collecting = 1
        /// There are pictures to compare.
        case shown = 2
        /// No code came about for us.
        case failed = 3
    }

    package let phase: Phase
    /// Seven indexes into the list of 64 pictures; empty unless shown.
    package let pictures: [UInt8]
    /// What we said about them.
    package let isEqual: Bool?
    /// Signature keys of everybody who is in the code.
    package let people: [[UInt8]]

    /// No round.
    init() { self.init(Comparison()) }

    init(_ comparison: Comparison) {
        switch comparison.phase {
        case .none: (self.phase, self.pictures) = (.none, [])
        case .collecting: (self.phase, self.pictures) = (.collecting, [])
        case .shown(let pictures): (self.phase, self.pictures) = (.shown, pictures)
        case .failed: (self.phase, self.pictures) = (.failed, [])
        }
        self.isEqual = comparison.isEqual
        self.people = comparison.people
    }
}

/// Somebody who waits.
package struct LobbyEntry: Equatable, Sendable {
    /// Names the request.
    package let requestHash: [UInt8]
    package let name: [UInt8]
    package let note: [UInt8]
    /// Set once both sides have shown what they committed to.
    package var words: [UInt16]?
    /// The request was made with the secret of this link, or of one before it.
    package let isFromLink: Bool
    /// They show a pass that holds: they were in before. Who reads of it is asked all the same: somebody sent them away, or the
    /// door is closed.
    package let wasIn: Bool
    /// What it says it is, if no person waits there: so it would stand in the tree. Who says yes to everybody does not mean it.
    package let service: ServiceInfo?
}

/// Something a member said.
package struct AppEvent: Equatable, Sendable {
    package let leaf: UInt32
    package let signatureKey: [UInt8]
    package let kind: UInt8
    package let id: [UInt8]
    package let sentMilliseconds: UInt64
    /// Signature keys of those to whom alone it was said: ours, when it was said to us. Empty: to everybody.
    package let to: [[UInt8]]
    package let body: [UInt8]

    init(_ message: AppMessage, by leaf: UInt32, _ key: [UInt8], to keys: [[UInt8]] = []) {
        self.leaf = leaf
        self.signatureKey = key
        self.kind = message.kind.rawValue
        self.id = message.id
        self.sentMilliseconds = message.sentMilliseconds
        self.to = keys
        self.body = message.body
    }
}
