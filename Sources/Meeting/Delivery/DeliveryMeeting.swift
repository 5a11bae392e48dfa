/// What the service knows of the meeting itself: all of it was registered by the host's client and is handed out again.
package struct DeliveryMeeting: Sendable {
    /// The meeting's id, 16 bytes: every group id begins with it.
    package let id: [UInt8]
    /// Which occurrence of it.
    package let instance: UInt32
    /// Who may issue certificates; without one nobody is a host here.
    package var descriptor: MeetingDescriptor?
    /// The LobbyDescriptor, as registered.
    package var lobbyDescriptor: [UInt8]
    /// Certificates of tickets, by SHA-256 of the ticket key (`e2ee.md` 3.2).
    package var certificates: [[UInt8]: [UInt8]]
    /// Keys of tickets that were taken back: they open nothing. There are at most `TicketLimits.ever`.
    package var revoked: Set<LeafKey>

    /// From its fields.
    package init(
        id: [UInt8], instance: UInt32, descriptor: MeetingDescriptor? = nil, lobbyDescriptor: [UInt8] = [],
        certificates: [[UInt8]: [UInt8]] = [:], revoked: Set<LeafKey> = []
    ) {
        self.id = id
        self.instance = instance
        self.descriptor = descriptor
        self.lobbyDescriptor = lobbyDescriptor
        self.certificates = certificates
        self.revoked = revoked
    }
}
