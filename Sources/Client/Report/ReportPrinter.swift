internal import E2EE
internal import FoundationEssentials

/// Writes reports: a table for people, or one JSON object a line for programs.
struct ReportPrinter {
    let isJSON: Bool

    /// The line of every second.
    func line(_ report: PeerReport) {
        if self.isJSON { return self.write(report, "second") }
        let people = report.remotes.filter(\.isPresent).map { "\($0.name) \($0.video.frames)+\($0.audio.frames)" }
        var parts = ["\(Int(report.seconds.rounded())) s \(Self.state(report))"] + people
        if !report.gate.isEmpty { parts.append("sends nothing (\(report.gate.joined(separator: ", ")))") }
        if !report.waiting.isEmpty { parts.append("at the door: \(report.waiting.joined(separator: ", "))") }
        if let note = report.note { parts.append("the host writes: \(note)") }
        Terminal.say(parts.joined(separator: ", "))
    }

    /// The report at the end.
    func final(_ report: PeerReport) {
        if self.isJSON { return self.write(report, "final") }
        let version = report.dtlsVersion == 0xFEFC ? "1.3" : report.dtlsVersion == 0xFEFD ? "1.2" : "none"
        Terminal.say("DTLS \(version), SRTP profile \(report.srtpProfile), \(report.packetsSent) packets sent")
        for remote in report.remotes {
            Terminal.say("\(remote.name):")
            Terminal.say("  picture: \(Self.text(remote.video)), \(remote.video.keyFrames) key frames")
            Terminal.say("  sound:   \(Self.text(remote.audio))")
        }
        if report.unattributed.failed > 0 { Terminal.say("not opened, nobody's: \(report.unattributed.failed)") }
    }

    private static func state(_ report: PeerReport) -> String {
        if report.isConnected { return "connected" }
        if report.state == "knocking" { return "waiting to be let in" }
        return report.isJoined ? "joined" : "connecting"
    }

    private static func text(_ track: TrackCounters) -> String {
        let failures = track.failures.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let failed = failures.isEmpty ? "0 failed" : "\(track.failed) failed (\(failures.joined(separator: ", ")))"
        return "\(track.frames) frames decrypted, \(track.packets) packets, \(track.lost) lost, "
            + "\(track.recoveredByRTX) recovered, \(failed)"
    }

    private func write(_ report: PeerReport, _ type: String) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Numbers and texts always encode; if they did not, a missing line would say so.
        guard let data = try? encoder.encode(ReportLine(report, type: type)) else { return }
        Terminal.say(String(decoding: data, as: UTF8.self))
    }
}

/// A report as JSON.
struct ReportLine: Encodable {
    struct Remote: Encodable {
        var key: String
        var name: String
        var present: Bool
        var away: Bool
        var frames: UInt64
        var keyFrames: UInt64
        var packets: UInt64
        var lost: UInt64
        var recoveredByRTX: UInt64
        var audioFrames: UInt64
        var audioLost: UInt64
        var decrypted: UInt64
        var failed: UInt64
        var failures: [String: UInt64]
    }

    struct Line: Encodable {
        var id: String
        var key: String
        var length: Int
    }

    var type: String
    var seconds: Double
    var state: String
    var gate: [String]
    var key: String?
    var epoch: UInt64?
    var code: String?
    var waiting: [String]
    var note: String?
    var chat: [Line]
    var joined: Bool
    var connected: Bool
    var connectMilliseconds: Int?
    var dtlsVersion: String
    var srtpProfile: Int
    var reconnects: Int
    var rejoins: Int
    var resyncs: Int
    var refusals: Int
    var faults: [String: Int]
    var packetsSent: UInt64
    var retransmitted: UInt64
    var unauthenticated: UInt64
    var unattributedFailed: UInt64
    var unattributedFailures: [String: UInt64]
    var remotes: [Remote]

    init(_ report: PeerReport, type: String) {
        self.type = type
        self.seconds = (report.seconds * 1_000).rounded() / 1_000
        self.state = report.state
        self.gate = report.gate
        self.key = report.key.map { Self.text($0) }
        self.epoch = report.epoch
        self.code = report.code
        self.waiting = report.waiting
        self.note = report.note
        self.chat = report.lines.map { Line(id: Self.text($0.id), key: Self.text($0.key), length: $0.length) }
        self.joined = report.isJoined
        self.connected = report.isConnected
        self.connectMilliseconds = report.connectMilliseconds
        let version = String(report.dtlsVersion, radix: 16, uppercase: true)
        self.dtlsVersion = String(repeating: "0", count: max(0, 4 - version.count)) + version
        self.srtpProfile = Int(report.srtpProfile)
        self.reconnects = report.reconnects
        self.rejoins = report.rejoins
        self.resyncs = report.resyncs
        self.refusals = report.refusals
        self.faults = Dictionary(uniqueKeysWithValues: report.faults.map { (String($0.key), $0.value) })
        self.packetsSent = report.packetsSent
        self.retransmitted = report.retransmitted
        self.unauthenticated = report.unauthenticated
        self.unattributedFailed = report.unattributed.failed
        self.unattributedFailures = report.unattributed.failures
        // Everybody who ever was there only in the last line: a long meeting has many.
        self.remotes = report.remotes.filter { type == "final" || $0.isPresent }.map { remote in
            Remote(
                key: Self.text(remote.key), name: remote.name,
                present: remote.isPresent, away: remote.isAway, frames: remote.video.frames,
                keyFrames: remote.video.keyFrames, packets: remote.video.packets + remote.audio.packets,
                lost: remote.video.lost + remote.audio.lost, recoveredByRTX: remote.video.recoveredByRTX,
                audioFrames: remote.audio.frames, audioLost: remote.audio.lost,
                decrypted: remote.video.frames + remote.audio.frames,
                failed: remote.video.failed + remote.audio.failed,
                failures: remote.video.failures.merging(remote.audio.failures, uniquingKeysWith: +))
        }
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: Base64URL.encode(bytes.span), as: UTF8.self)
    }
}
