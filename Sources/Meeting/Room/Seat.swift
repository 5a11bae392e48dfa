internal import Signalling

/// A participant's place in a room: it outlives a dropped connection for a while.
struct Seat: Sendable {
    let participant: ParticipantID
    var leaf: Int
    /// The signature key in its leaf.
    let key: LeafKey
    /// The ticket or device by which its holder is known as well.
    var person: LeafKey?
    let token: ResumeToken
    /// Nil while away.
    var connection: ConnectionID?
    var awaySince: ContinuousClock.Instant?
    /// Where the last connection came from.
    var network: NetworkMark?
    /// What its holder has shown to be.
    var powers: GroupMember.Powers
    /// What was said of its holder alone.
    var rights = SeatRights()
    /// A host put it out: it sends and receives nothing any more.
    var isCut = false
    var media: SeatMedia?
    /// The media connection ended while nobody was there to be told.
    var missedEnd: MediaEvent.Closed.Reason?
    /// Numbers once given to own sections: the same section is the same publication for as long as the seat is kept.
    var numbers: [Mid: PublicationNumber] = [:]
    /// What is being sent now, in the order it started.
    var published: [LivePublication] = []
    /// How often it may open a media connection or restart one: each costs keys, a handshake and a new arrangement of the
    /// whole room. They last longer than a connection, so that dropping one gains nothing.
    var opens: TokenBucket
    /// How often it may begin to send. Stopping is never limited.
    var publishes: TokenBucket
    /// How often it may say that another link is in force: nobody renews one every minute.
    var renewals: TokenBucket
    /// How often it may say something of what one other sends, and of what everybody does: everybody hears that once for each
    /// seat that it changes. To forbid everything and to take that back are six words.
    var moderations: TokenBucket
    var sweeps: TokenBucket
    /// How often it may say what newcomers are asked for: everybody hears it.
    var passcodes: TokenBucket
    /// How often it may ask for a file: everybody fetches a new one at once, and again after a cut.
    var fetches: TokenBucket

    init(
        participant: ParticipantID, _ member: GroupMember, token: ResumeToken, connection: ConnectionID,
        network: NetworkMark?, now: ContinuousClock.Instant
    ) {
        self.participant = participant
        self.leaf = Int(member.leaf.rawValue)
        self.key = member.key
        self.person = member.person
        self.powers = member.powers
        self.token = token
        self.connection = connection
        self.network = network
        self.opens = TokenBucket(burst: 6, perSecond: 0.5, now: now)
        self.publishes = TokenBucket(burst: 30, perSecond: 3, now: now)
        self.renewals = TokenBucket(burst: 3, perSecond: 1.0 / 60, now: now)
        self.moderations = TokenBucket(burst: 40, perSecond: 2, now: now)
        self.sweeps = TokenBucket(burst: 12, perSecond: 0.5, now: now)
        self.passcodes = TokenBucket(burst: 6, perSecond: 0.1, now: now)
        self.fetches = TokenBucket(burst: 30, perSecond: 1, now: now)
    }
}

/// A seat's media connection.
struct SeatMedia: Sendable {
    let endpoint: EndpointNumber
    let offer: AcceptedOffer
    /// The last layout, told again after a resume.
    var assigned: [Mid: PublicationID?] = [:]
    var generation = 0
}

/// Something a seat sends now.
struct LivePublication: Sendable {
    let number: PublicationNumber
    let mid: Mid
    let use: Publication.Use
}
