internal import FoundationEssentials

/// Writes reports of a crowd: a line for people, or one JSON object a line for programs.
struct CrowdPrinter {
    let isJSON: Bool

    /// The line of every second.
    func line(_ report: CrowdReport) {
        if self.isJSON { return self.write(report, "second") }
        Terminal.say("\(Int(report.seconds.rounded())) s, \(self.standing(report))")
    }

    /// The report at the end.
    func final(_ report: CrowdReport) {
        if self.isJSON { return self.write(report, "final") }
        Terminal.say("\(report.arrived) came, \(report.left) went. In the end: \(self.standing(report))")
        if let middle = report.joinMilliseconds(atMost: 0.5), let late = report.joinMilliseconds(atMost: 0.95) {
            Terminal.say("from arrival to media: median \(middle) ms, 95 of 100 within \(late) ms")
        }
        Terminal.say(
            "\(report.voices) voices and \(report.pictures) pictures opened, \(Self.text(report.failures)) not")
        if !report.failedOf.isEmpty { Terminal.say("they were of: \(Self.text(report.failedOf))") }
        Terminal.say("usual at a change: \(Self.text(report.grace))")
        Terminal.say("fallen out of the meeting: \(Self.text(report.lost))")
        Terminal.say("began anew: \(report.rejoins), made their place anew: \(report.resyncs)")
        if !report.agrees { Terminal.say("They did not read the same meeting code.") }
    }

    private func standing(_ report: CrowdReport) -> String {
        let epochs = report.epochs.map {
            $0.count == 1 ? "epoch \($0.lowerBound)" : "epochs \($0.lowerBound) to \($0.upperBound)"
        }
        return "\(report.live) of \(report.present) live, \(epochs ?? "no epoch")"
    }

    private static func text(_ counts: [String: some BinaryInteger]) -> String {
        guard !counts.isEmpty else { return "0" }
        return counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }

    private func write(_ report: CrowdReport, _ type: String) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Numbers and texts always encode; if they did not, a missing line would say so.
        guard let data = try? encoder.encode(CrowdLine(report, type: type)) else { return }
        Terminal.say(String(decoding: data, as: UTF8.self))
    }
}

/// A report of a crowd as JSON.
private struct CrowdLine: Encodable {
    var type: String
    var seconds: Double
    var arrived: Int
    var left: Int
    var present: Int
    var live: Int
    var lost: [String: Int]
    var rejoins: Int
    var resyncs: Int
    var faults: [String: Int]
    var reconnects: Int
    var lowestEpoch: UInt64?
    var highestEpoch: UInt64?
    var agrees: Bool
    var sound: Bool
    var code: String?
    var voices: UInt64
    var pictures: UInt64
    var failures: [String: UInt64]
    var failedOf: [String: UInt64]
    var grace: [String: UInt64]
    var joinMedian: Int?
    var join95: Int?
    var joinMost: Int?

    init(_ report: CrowdReport, type: String) {
        self.type = type
        self.seconds = (report.seconds * 1_000).rounded() / 1_000
        self.arrived = report.arrived
        self.left = report.left
        self.present = report.present
        self.live = report.live
        self.lost = report.lost
        self.rejoins = report.rejoins
        self.resyncs = report.resyncs
        self.faults = Dictionary(uniqueKeysWithValues: report.faults.map { (String($0.key), $0.value) })
        self.reconnects = report.reconnects
        self.lowestEpoch = report.epochs?.lowerBound
        self.highestEpoch = report.epochs?.upperBound
        self.agrees = report.agrees
        self.sound = report.isSound
        self.code = report.code
        self.voices = report.voices
        self.pictures = report.pictures
        self.failures = report.failures
        self.failedOf = report.failedOf
        self.grace = report.grace
        self.joinMedian = report.joinMilliseconds(atMost: 0.5)
        self.join95 = report.joinMilliseconds(atMost: 0.95)
        self.joinMost = report.joinMilliseconds(atMost: 1)
    }
}
