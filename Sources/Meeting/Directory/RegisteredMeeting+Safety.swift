package import Signalling

/// What the server can know of a meeting's safety: what its authority signed, and whether a passcode is asked for.
extension RegisteredMeeting {
    /// Recording in a member's own client, a feature (`e2ee.md` 4.1).
    private static let localRecording: UInt32 = 0x400

    /// Whether it has a measure. `asksPasscode` says what the door does now, where that may be another thing than was
    /// registered.
    package func state(of measure: SafetyMeasure, asksPasscode: Bool? = nil) -> SafetyState {
        switch measure {
        case .waitingRoom: self.waits ? .met : .missing
        case .passcode: asksPasscode ?? (self.passcode != nil) ? .met : .missing
        // The page of whoever made it locks it, by a wish that is sealed in the plan's card.
        case .lock: .unknown
        case .recordingOff: self.descriptor.servicesMax == 0 && !self.recordsLocally ? .met : .missing
        // To whom a host gives the common link nobody here learns; that it leads in without anybody's word is known.
        case .invitedOnly: self.invitation
        }
    }

    /// Nobody comes in by a link alone.
    private var waits: Bool {
        switch self.descriptor.admission {
        case .waiting, .closed: true
        case .open, .members: false
        }
    }

    private var invitation: SafetyState {
        switch self.descriptor.admission {
        case .open: .missing
        case .waiting: .unknown
        case .members, .closed: .met
        }
    }

    private var recordsLocally: Bool { self.descriptor.featuresMax & Self.localRecording != 0 }
}
