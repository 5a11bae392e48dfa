/// What a certificate lets its subject do (`e2ee.md` 3.2).
package struct Rights: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Add people, and give passes.
    package static let admit = Rights(rawValue: 0x01)
    /// Remove people.
    package static let eject = Rights(rawValue: 0x02)
    /// Change the policy.
    package static let policy = Rights(rawValue: 0x04)
    /// Start and stop services.
    package static let services = Rights(rawValue: 0x08)
    /// Open rooms.
    package static let breakout = Rights(rawValue: 0x10)
    /// Ask somebody to mute, or retract somebody's chat.
    package static let moderate = Rights(rawValue: 0x20)
    /// Issue certificates.
    package static let delegate = Rights(rawValue: 0x40)
    /// Come in without waiting.
    package static let enter = Rights(rawValue: 0x80)

    /// What an acting host may do.
    package static let acting = Rights(rawValue: 0x37)
}
