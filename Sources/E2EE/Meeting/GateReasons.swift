/// Why a client does not send (`e2ee.md` 10). It may use clock and user, which `authorise` may not; the person sees it.
package struct GateReasons: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// No sign of the host for 20 seconds.
    package static let noProof = GateReasons(rawValue: 1)
    /// The epoch is not confirmed.
    package static let epoch = GateReasons(rawValue: 2)
    /// A service listens that this person has not agreed to.
    package static let consent = GateReasons(rawValue: 4)
    /// No host is here, and nobody said to go on.
    package static let unhosted = GateReasons(rawValue: 8)
    /// Messages are missing.
    package static let behind = GateReasons(rawValue: 0x10)
    /// The state was restored and has made no epoch of its own.
    package static let restored = GateReasons(rawValue: 0x20)
    /// Somebody sits here who was put out, or in a breakout room somebody who is not in the meeting.
    package static let stranger = GateReasons(rawValue: 0x40)
    /// A compare round ended with other codes.
    package static let compareFail = GateReasons(rawValue: 0x80)
    /// Media left the encryption's way.
    package static let watchdog = GateReasons(rawValue: 0x100)
    /// The policy mutes.
    package static let muted = GateReasons(rawValue: 0x200)
}
