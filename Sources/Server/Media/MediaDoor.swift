package import Meeting

/// A room on the media plane. Rooms, endpoints and publications are numbered, so that the media plane knows no meeting.
package struct RoomNumber: Hashable, Sendable {
    /// The number.
    package let rawValue: UInt32

    /// A room.
    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }
}

/// A report with the room it is for.
package struct RoomReport: Sendable {
    /// Which room.
    package var room: RoomNumber
    /// What happened.
    package var report: MediaReport

    /// A report with the room it is for.
    package init(room: RoomNumber, report: MediaReport) {
        self.room = room
        self.report = report
    }
}

/// The media plane as the meetings see it. The real one is `PlaneDoor`; tests of the server bring a quiet one.
package protocol MediaDoor: Sendable {
    /// What happens there, in order.
    var reports: AsyncStream<[RoomReport]> { get }
    /// Opens sockets.
    func start() throws
    /// A room is needed.
    func openRoom(_ room: RoomNumber)
    /// It is not any more.
    func closeRoom(_ room: RoomNumber)
    /// Does something; the outcome comes as a report.
    func submit(_ instruction: MediaInstruction, in room: RoomNumber)
    /// Counters for Prometheus, by name.
    func counters() async -> [MediaCounter]
    /// Closes everything.
    func stop()
}

/// A counter of the media plane: a sum over everybody, never by person.
package struct MediaCounter: Sendable {
    /// Its name, as in `beraad_media_datagrams_received_total`.
    package var name: String
    /// Its value.
    package var value: UInt64

    /// A counter.
    package init(name: String, value: UInt64) {
        self.name = name
        self.value = value
    }
}
