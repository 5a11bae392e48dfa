internal import Meeting

/// The real media plane behind `MediaDoor`.
struct PlaneDoor: MediaDoor {
    init(bind: [String], announce: [String], port: UInt16) throws {}

    func start(reports: @escaping @Sendable ([RoomReport]) -> Void) throws {}

    func openRoom(_ room: RoomNumber) {}

    func closeRoom(_ room: RoomNumber) {}

    func submit(_ instruction: MediaInstruction, in room: RoomNumber) {}

    func stop() {}
}
