package import Meeting
package import Redaction
package import Signalling

/// What the edge needs from whoever holds the meetings.
package protocol MeetingDoor: Sendable {
    /// A new meeting; nil when there are too many.
    func create() async -> MeetingCreated?
    /// Makes a meeting joinable.
    func register(_ registration: InviteRegistration, for id: MeetingID, token: CreationToken) async
        -> Meetings.Registration
    /// A WebSocket for a meeting was opened, from a part of the network (nothing: from this machine); `outbox` takes what is
    /// said to it. A meeting that does not exist lets
    /// everybody in and knows nobody: the two are told apart only by the answer to `join`.
    func enter(_ id: MeetingID, _ outbox: Outbox, from prefix: Redacted<[UInt8]>?) async -> any MeetingLine
    /// Counters as Prometheus text.
    func metrics() async -> String
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
