package import Meeting
package import Redaction
package import Signalling

/// What the edge needs from whoever holds the meetings.
package protocol MeetingDoor: Sendable {
    /// A new meeting, made by a host, or by whoever works on this machine.
    func create(by account: AccountID?) async -> Meetings.Creation
    /// Makes a meeting joinable.
    func register(_ registration: InviteRegistration, for id: MeetingID, token: CreationToken) async
        -> Meetings.Registration
    /// Takes more personal links for a meeting, all of them or none.
    func add(_ tickets: [TicketCertificate], to id: MeetingID, token: CreationToken) async -> TicketChange
    /// Takes a personal link back.
    func revoke(_ ticket: TicketHash, of id: MeetingID, token: CreationToken) async -> TicketChange
    /// Planned meetings are no more: they were cancelled, or went with their account.
    func forget(_ ids: [MeetingID]) async
    /// Whether newcomers to a meeting are asked for a passcode now; nil where that is as the meeting was registered.
    func asksPasscode(_ id: MeetingID) async -> Bool?
    /// An account was closed: whose its other meetings are is not known any more.
    func disown(_ account: AccountID) async
    /// A WebSocket for a meeting was opened, from a part of the network (nothing: from this machine); `outbox` takes what is
    /// said to it. A meeting that does not exist lets everybody in and knows nobody: the two are told apart only by the answer to
    /// `join`; and while the disk cannot be read, when one that is in memory needs none and all others are `busy`.
    func enter(_ id: MeetingID, _ outbox: Outbox, from prefix: Redacted<[UInt8]>?) async -> any MeetingLine
    /// Counters as Prometheus text.
    func metrics() async -> String
    /// Whose token it is, for whichever use; nil as below.
    func holder(of blob: BlobID, _ token: BlobToken) async -> BlobHolder?
    /// How far the upload has come that a token is for. Nil for a file that is not there, for another's token and for one
    /// that is dead: nobody tells them apart.
    func standing(of blob: BlobID, _ token: BlobToken) async -> BlobStanding?
    /// Writes a part of at most `FileLimits.partBytes`.
    func write(_ part: [UInt8], of blob: BlobID, _ token: BlobToken, at offset: Int) async -> BlobPart
    /// Bytes of the sealed object that a token lets its holder fetch; nil as above.
    func size(of blob: BlobID, _ token: BlobToken) async -> Int?
    /// Some of its bytes; nil as soon as the token opens nothing any more.
    func read(_ range: Range<Int>, of blob: BlobID, _ token: BlobToken) async -> [UInt8]?
}

/// Who brings or fetches a file, for limits.
package struct BlobHolder: Hashable, Sendable {
    /// A number of the meeting on this server, while somebody is in it.
    package let meeting: UInt32
    /// The key of their leaf.
    package let leaf: LeafKey

    /// Somebody in a meeting.
    package init(meeting: UInt32, leaf: LeafKey) {
        self.meeting = meeting
        self.leaf = leaf
    }
}

/// What became of a part of an upload.
package enum BlobPart: Equatable, Sendable {
    /// It is there.
    case written(BlobStanding)
    /// It is not the next one, or another is being written.
    case misplaced
    /// The token opens nothing.
    case denied
    /// The disk is full.
    case noRoom
}

/// One WebSocket's way into its meeting.
package protocol MeetingLine: Sendable {
    /// The client said something, or something that is no message.
    func received(_ message: Result<ClientMessage, Malformed>) async
    /// The client sent a binary message.
    func received(frame: [UInt8]) async
    /// The WebSocket is gone. Called once, last.
    func gone() async
}
