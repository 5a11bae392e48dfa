import BeraadTesting
import E2EE
import Foundation
import Testing

/// `e2ee.md` 13, Deletion, for a device that keeps its state and crashes: all memory is looked through.
@Suite("What memory holds of a state that is kept")
struct SavedMemoryTests {
    private static let isAlone = ProcessInfo.processInfo.environment["BERAAD_SAVED_MEMORY"] != nil

    /// Runs in a process of its own, so that all memory is this meeting's: see `process`.
    @Test("a state that was kept leaves nothing behind (alone)", .enabled(if: Self.isAlone))
    func alone() throws {
        let ledger = SecretLedger()
        let meeting = try TestMeeting(seed: 62, ledger: ledger)
        meeting.keepsState = true
        let saved = try self.firstLife(meeting, ledger)
        let anna = try #require(meeting.members.first)
        let bram = try self.secondLife(meeting, saved)
        try #require(meeting.run(until: { bram.isLive && anna.isLive && anna.epoch == bram.epoch }), "\(bram.states)")
        meeting.run(6_000)
        let report = SecretReport(ledger, try anna.schedule(linkKeys: meeting.linkKeys))
        #expect(report.faults == [], "after a crash")
        #expect(report.held >= 9)

        for member in meeting.members { meeting.tell(member, .leave) }
        let after = SecretReport(ledger, SecretSchedule())
        #expect(after.faults == [] && after.held == 0)
        #expect(meeting.members.allSatisfy { $0.isSavedDeleted })
        print("saved memory: \(report.held) held, \(report.gone) gone; afterwards \(after.gone) gone")
    }

    /// Until Bram's crash; masked, so that nothing of it is found here.
    private func firstLife(_ meeting: TestMeeting, _ ledger: SecretLedger) throws -> [UInt8] {
        let anna = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { anna.isLive }))
        let bram = try meeting.enter("Bram")
        try #require(meeting.run(until: { anna.lobby.count == 1 }))
        meeting.tell(anna, .admit([]))
        try #require(meeting.run(until: { bram.isLive }))
        for member in [anna, bram] { meeting.tell(member, .chat("1")) }
        meeting.tell(anna, .lock(true))
        meeting.run(6_000)
        let saved = try #require(bram.saved)
        meeting.crash(bram)
        return Mask.applied(to: saved.secret)
    }

    private func secondLife(_ meeting: TestMeeting, _ masked: [UInt8]) throws -> TestMember {
        let saved = HeldSecret(
            Secret(count: masked.count) { (out: inout MutableSpan<UInt8>) in
                // Not `Mask.removed`: an array of it would stay in memory.
                for index in out.indices {
                    out[index] = masked[index] ^ UInt8(truncatingIfNeeded: Mask.word >> UInt64(index % 8 * 8))
                }
            })
        return try meeting.restore("Bram", from: saved)
    }

    @Test(
        "Of a state that was kept nothing is in memory that is not in use, and nothing at all when the meeting is over")
    func process() throws {
        guard !Self.isAlone else { return }
        let child = try LonelyTest(
            "SavedMemoryTests/alone", environment: ["BERAAD_SAVED_MEMORY": "1"], says: "saved memory: ")
        #expect(child.isProven, "\(child.text.suffix(6_000))")
    }
}
