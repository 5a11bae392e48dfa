package import Signalling

/// What `--require` names: the safety measures of every planned meeting (Promise P-002).
package struct RequiredMeasures: Equatable, Sendable {
    /// The measures.
    package let measures: Set<SafetyMeasure>

    /// Of words with commas; nil where one of them is no measure, or none is there.
    package init?(_ text: String) {
        var measures: Set<SafetyMeasure> = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            let word = piece.drop { $0 == " " }
            guard let measure = SafetyMeasure.allCases.first(where: { $0.option == word }) else { return nil }
            measures.insert(measure)
        }
        self.measures = measures
    }
}

extension SafetyMeasure {
    /// As it stands in an option.
    package var option: String {
        switch self {
        case .waitingRoom: "waiting-room"
        case .passcode: "passcode"
        case .lock: "lock"
        case .recordingOff: "recording-off"
        case .invitedOnly: "invited-only"
        }
    }
}
