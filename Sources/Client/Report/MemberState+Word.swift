internal import E2EE

extension MemberState {
    /// One word for reports.
    var word: String {
        switch self {
        case .idle: "idle"
        case .checking: "checking"
        case .knocking: "knocking"
        case .joining: "joining"
        case .unproven: "unproven"
        case .live: "live"
        case .paused: "paused"
        case .behind: "behind"
        case .resync: "resync"
        case .restored: "restored"
        case .out: "out"
        }
    }
}

extension GateReasons {
    /// Each reason in one word, for reports.
    var words: [String] {
        let all: [(GateReasons, String)] = [
            (.noProof, "noProof"), (.epoch, "epoch"), (.consent, "consent"), (.unhosted, "unhosted"),
            (.behind, "behind"), (.restored, "restored"), (.stranger, "stranger"), (.compareFail, "compareFail"),
            (.watchdog, "watchdog"), (.muted, "muted"),
        ]
        return all.filter { self.contains($0.0) }.map(\.1)
    }
}
