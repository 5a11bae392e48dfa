import BeraadTesting
import E2EE
import Foundation
import Testing

/// Meetings over lines that lose, double, delay and break, each with its seed (issue: "waiting for media" is hunted).
@Suite("Meetings over bad lines")
struct BadLineTests {
    /// What a meeting of four came to: nothing when everybody has one key, or has been told why not.
    private func outcome(seed: UInt64) throws -> String? {
        let meeting = try TestMeeting(seed: seed, hasRealKEM: false)
        meeting.weather.lost = Int(seed % 4) * 10
        meeting.weather.doubled = 20
        meeting.weather.late = 100
        meeting.weather.latest = 800
        meeting.weather.broken = Int(seed % 3) * 4
        let host = try meeting.enter("Anna", isHost: true)
        let guests = try ["Bram", "Chris", "Dewi"].map { try meeting.enter($0) }
        let everybody = [host] + guests
        for _ in 0..<20 {
            meeting.run(1_000)
            self.attend(meeting, host)
        }
        meeting.weather = TestMeeting.Weather()
        for _ in 0..<90 {
            meeting.run(1_000)
            self.attend(meeting, host)
            if self.isWell(everybody) { return nil }
        }
        return everybody.map {
            "\($0.name): \($0.state), gate \($0.gateReasons?.rawValue ?? 0), epoch \($0.epoch ?? 0), faults \($0.faults), "
                + "refused \($0.refused.count), waiting \($0.lobby.count), last \($0.states.suffix(4))"
        }.joined(separator: "; ")
    }

    /// What the host does: lets in whoever waits, and says yes when asked whether to go on.
    private func attend(_ meeting: TestMeeting, _ host: TestMember) {
        if !host.lobby.isEmpty { meeting.tell(host, .admit([])) }
        if host.gateReasons == .unhosted { meeting.tell(host, .continueUnhosted) }
    }

    private func isWell(_ everybody: [TestMember]) -> Bool {
        let inside = everybody.filter { if case .out = $0.state { false } else { true } }
        return inside.count > 1 && inside.allSatisfy { $0.isLive } && Set(inside.map { $0.baseKey }).count == 1
            && inside.allSatisfy { $0.roster.count == inside.count }
    }

    @Test(
        "A thousand short meetings end with everybody hearing everybody, or with a stated reason",
        arguments: Array(stride(from: UInt64(0), to: 1_000, by: 100)))
    func thousand(_ first: UInt64) throws {
        for seed in first..<first + 100 {
            if let outcome = try self.outcome(seed: seed) { Issue.record("seed \(seed): \(outcome)") }
        }
    }

    /// More of them, on request: BERAAD_SEEDS=1000-20000.
    @Test("Other seeds end as well", .enabled(if: Self.wanted != nil))
    func more() throws {
        for seed in Self.wanted ?? 0..<0 {
            if let outcome = try self.outcome(seed: seed) { Issue.record("seed \(seed): \(outcome)") }
        }
    }

    private static let wanted: Range<UInt64>? = {
        let ends = ProcessInfo.processInfo.environment["BERAAD_SEEDS"]?.split(separator: "-").compactMap { UInt64($0) }
        guard let ends, ends.count == 2, ends[0] < ends[1] else { return nil }
        return ends[0]..<ends[1]
    }()

    /// Found among the first 20,000: two ways in at once founded two groups (2927), a founder whose Bind was
    /// refused for haste never tried again (6078 and its like), and a resync that a break interrupted was never ended
    /// (14099), and a line that came back brought two knocks (16294).
    @Test(
        "Meetings that once ended badly end well",
        arguments: [2_927, 6_078, 6_669, 7_146, 8_517, 8_917, 10_281, 10_925, 14_099, 15_405, 16_294] as [UInt64])
    func found(_ seed: UInt64) throws { #expect(try self.outcome(seed: seed) == nil) }
}
