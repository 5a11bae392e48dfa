import E2EE

/// The one meeting of this module. A class, so that what is in it stays where it is.
final class MeetingHolder {
    // SAFETY: a module has one thread, and no door calls another.
    nonisolated(unsafe) static let shared = MeetingHolder()

    var door = EngineDoor(BoringProvider())

    /// Lends the engine one input. Answers with no bytes.
    static func handle(_ input: EngineInput, _ monotonic: UInt64, _ unix: UInt64) -> Answer.Block {
        unsafe Answer.of { () throws(E2EEError) -> [UInt8] in
            try unsafe Self.shared.door.handle(input, monotonic: monotonic, unix: unix)
            return []
        }
    }
}
