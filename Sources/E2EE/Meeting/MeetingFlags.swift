/// Switches of a meeting (`e2ee.md` 4.1).
package struct MeetingFlags: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Nobody comes in but with a pass.
    package static let locked = MeetingFlags(rawValue: 0x01)
    /// A compare round is on: nobody comes in at all.
    package static let comparing = MeetingFlags(rawValue: 0x02)
    /// Go on without asking when hosts are lost.
    package static let unhostedOK = MeetingFlags(rawValue: 0x04)
    /// Open admission works without a host.
    package static let unhostedOpen = MeetingFlags(rawValue: 0x08)
    /// Newcomers get a copy of the chat.
    package static let history = MeetingFlags(rawValue: 0x10)
    package static let audioLevels = MeetingFlags(rawValue: 0x20)
    package static let high = MeetingFlags(rawValue: 0x40)
    package static let retainChat = MeetingFlags(rawValue: 0x80)

    /// What no Commit changes: audio levels, suite and retention were promised with the invitation, and a bit this client
    /// does not know may be as grave.
    package var fixed: MeetingFlags {
        self.subtracting([.locked, .comparing, .unhostedOK, .unhostedOpen, .history])
    }
}
