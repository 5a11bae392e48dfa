/// Something that keeps a planned meeting safe (Promise P-002). The organisation that runs an installation can require it.
package enum SafetyMeasure: String, CaseIterable, Sendable {
    /// Whoever comes waits until a host lets them in.
    case waitingRoom
    /// Newcomers are asked for a code beside the link.
    case passcode
    /// It locks by itself once everybody is in, or some time after it began.
    case lock
    /// Nothing that records, streams, transcribes or telephones can ever be let in.
    case recordingOff
    /// Only whoever got a link of their own can come.
    case invitedOnly
}

/// Whether a planned meeting has a measure, as far as the server can know.
package enum SafetyState: String, CaseIterable, Sendable {
    /// It has.
    case met
    /// It has not.
    case missing
    /// The server cannot know: the page of whoever made the meeting carries it out, or nothing is registered yet.
    case unknown
}

/// One line of the checklist.
package struct SafetyLine: Equatable, Sendable {
    /// Which measure.
    package var measure: SafetyMeasure
    /// Whether the meeting has it.
    package var state: SafetyState
    /// Whether the organisation requires it.
    package var required: Bool

    /// A line.
    package init(measure: SafetyMeasure, state: SafetyState, required: Bool) {
        self.measure = measure
        self.state = state
        self.required = required
    }

    static let record = Record<Self>(
        "SafetyLine", Self.init, .required("measure", \.measure, .choice), .required("state", \.state, .choice),
        .required("required", \.required, .bool))
}

/// The safety checklist of a planned meeting: every measure once.
package struct MeetingSafety: Equatable, Sendable {
    /// In the order of `SafetyMeasure`.
    package var measures: [SafetyLine]

    /// A checklist.
    package init(measures: [SafetyLine]) {
        self.measures = measures
    }
}

extension MeetingSafety: RecordBody {
    static let record = Record<Self>(
        "MeetingSafety", Self.init,
        .required("measures", \.measures, .list(SafetyLine.record.shape, atMost: SafetyMeasure.allCases.count)))
}
