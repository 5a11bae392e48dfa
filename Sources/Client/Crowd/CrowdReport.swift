/// How a crowd is doing: plain numbers.
package struct CrowdReport: Equatable, Sendable {
    /// Nobody was there.
    package init() {}

    /// Seconds since the start.
    package var seconds: Double = 0
    /// People who came, and those of them who went because they were to.
    package var arrived = 0
    package var left = 0
    /// People who are there, and those of them who may send: everything is well with their keys.
    package var present = 0
    package var live = 0
    /// People who fell out of the meeting without being asked to, by reason.
    package var lost: [String: Int] = [:]
    /// Times somebody had to join anew, to make their place anew, and times a connection came back.
    package var rejoins = 0
    package var resyncs = 0
    package var reconnects = 0
    /// The oldest and the newest epoch anybody has.
    package var epochs: ClosedRange<UInt64>?
    /// Everybody reads the same meeting code, which is of one epoch of one group.
    package var agrees = false
    /// That code.
    package var code: String?
    /// The verdict: nobody fell out, had to begin anew or could not open what they should, and all agree.
    package var isSound: Bool {
        self.agrees && self.lost.isEmpty && self.rejoins == 0 && self.resyncs == 0 && self.failures.isEmpty
            && self.faults.isEmpty
    }
    /// Frames of others that opened: voices, and pictures.
    package var voices: UInt64 = 0
    package var pictures: UInt64 = 0
    /// Frames of others that did not open, by reason; and those of moments when somebody comes or goes, which is usual.
    package var failures: [String: UInt64] = [:]
    package var grace: [String: UInt64] = [:]
    /// Whose they were that did not open, by name; of nobody that could be named: `Self.nobody`.
    package var failedOf: [String: UInt64] = [:]
    /// No name of anybody: names are not empty.
    package static let nobody = ""
    /// Rules that somebody or the server broke, by number.
    package var faults: [UInt16: Int] = [:]
    /// Milliseconds from an arrival to media, of everybody who got there.
    package var joinMilliseconds: [Int] = []

    /// The value that a share of all arrivals did not exceed; nothing without any.
    package func joinMilliseconds(atMost share: Double) -> Int? {
        guard !self.joinMilliseconds.isEmpty else { return nil }
        let sorted = self.joinMilliseconds.sorted()
        return sorted[min(sorted.count - 1, Int((Double(sorted.count) * share).rounded(.up)) - 1)]
    }

    /// Adds what somebody saw while they were here.
    mutating func count(_ report: PeerReport) {
        self.rejoins += report.rejoins
        self.resyncs += report.resyncs
        self.faults.merge(report.faults, uniquingKeysWith: +)
        self.reconnects += report.reconnects
        if let milliseconds = report.connectMilliseconds { self.joinMilliseconds.append(milliseconds) }
        for remote in report.remotes {
            self.voices += remote.audio.frames
            self.pictures += remote.video.frames
            self.failures.merge(remote.audio.failures, uniquingKeysWith: +)
            self.failures.merge(remote.video.failures, uniquingKeysWith: +)
            self.grace.merge(remote.audio.grace, uniquingKeysWith: +)
            self.grace.merge(remote.video.grace, uniquingKeysWith: +)
            self.countFailed(remote.audio.failed + remote.video.failed, of: remote.name)
        }
        self.countFailed(report.unattributed.failed, of: Self.nobody)
        self.failures.merge(report.unattributed.failures, uniquingKeysWith: +)
        self.grace.merge(report.unattributed.grace, uniquingKeysWith: +)
    }

    private mutating func countFailed(_ frames: UInt64, of name: String) {
        if frames > 0 { self.failedOf[name, default: 0] += frames }
    }

    /// Adds where everybody stands who is here now.
    mutating func stand(_ reports: [PeerReport]) {
        self.present = reports.count
        self.live = reports.count { $0.state == "live" && $0.gate.isEmpty }
        let epochs = reports.compactMap(\.epoch)
        if let lowest = epochs.min(), let highest = epochs.max() { self.epochs = lowest...highest }
        let codes = Set(reports.map(\.code))
        self.code = codes.count == 1 ? codes.first ?? nil : nil
        self.agrees = self.live == self.present && self.code != nil
    }
}
