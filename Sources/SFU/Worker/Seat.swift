internal import Forwarding
internal import MediaCore

/// One endpoint in a worker's table, with what the worker must know of it.
struct Seat: ~Copyable {
    var endpoint: Endpoint
    let id: EndpointID
    let room: Int
    let member: MemberHandle
    /// For commands: mids and kinds of own sections, mids of slots.
    let sections: [IncomingSection]
    let slotMids: [String]
    /// A bit for each stream of sound.
    let audioStreams: UInt64
    /// Our ICE names, the present one first.
    var names = InlineArray<2, UInt64>(repeating: 0)
    /// Paths that lead here in the worker's table.
    var paths = InlineArray<8, PathKey?>(repeating: nil)
    var nextPath = 0
    var credentials: ICECredentials
    var isPending = false
    var ended: EndpointEnd?
    /// Numbers it announced, for as long as it lives.
    var publications: [PublicationID] = []
    /// Checks from paths that do not lead here yet.
    /// A path that somebody else talks over, and on which this endpoint wants to begin.
    var contends: PathKey?
    var newcomers = TokenBucket(burst: SFUBounds.stunPerName, perSecond: SFUBounds.stunPerName)

    init(
        endpoint: consuming Endpoint, id: EndpointID, room: Int, member: MemberHandle, sections: [IncomingSection],
        slots: [OutgoingStream], credentials: ICECredentials
    ) {
        self.endpoint = endpoint
        self.id = id
        self.room = room
        self.member = member
        self.sections = sections
        self.slotMids = slots.map(\.mid)
        var audio: UInt64 = 0
        for (stream, slot) in slots.enumerated() where slot.kind == .audio { audio |= 1 << UInt64(stream) }
        self.audioStreams = audio
        self.credentials = credentials
        self.names[0] = LocalName.key(credentials.userFragment) ?? 0
    }

    func isAudio(_ stream: UInt16) -> Bool { self.audioStreams & (1 << UInt64(stream & 63)) != 0 }

    func knows(_ path: PathKey) -> Bool {
        for index in 0..<SFUBounds.pathsPerEndpoint where self.paths[index] == path { return true }
        return false
    }

    /// Remembers a path; answers the one that had to go for it. The one media goes to stays.
    mutating func remember(_ path: PathKey) -> PathKey? {
        if self.paths[self.nextPath] != nil, self.paths[self.nextPath] == self.endpoint.selectedPath {
            self.nextPath = (self.nextPath + 1) % SFUBounds.pathsPerEndpoint
        }
        let gone = self.paths[self.nextPath]
        self.paths[self.nextPath] = path
        self.nextPath = (self.nextPath + 1) % SFUBounds.pathsPerEndpoint
        return gone
    }
}

/// One room in a worker's table.
struct Room: ~Copyable {
    var media: RoomMedia
    let id: RoomID
    var isPending = false

    init(id: RoomID, rates: PublicationRates) {
        self.id = id
        self.media = RoomMedia(rates: rates)
    }
}

/// Where a publication comes from.
struct PublicationPlace {
    let seat: Int
    let section: UInt16
}

/// Where a known path leads, and how much STUN it may still send.
struct PathOwner: BitwiseCopyable {
    var seat: Int32
    /// Who asks for the path while the owner talks over it: it gets the handshakes that come there, and nothing else, until
    /// one of them is finished. So a client may open anew from the same address, and nobody can take a path by a mere check.
    var contender: Int32 = -1
    var requests = TokenBucket(burst: SFUBounds.stunPerPath, perSecond: SFUBounds.stunPerPath)
    var responses = TokenBucket(burst: SFUBounds.stunPerPath, perSecond: SFUBounds.stunPerPath)
}
