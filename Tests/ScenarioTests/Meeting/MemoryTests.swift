import BeraadTesting
import E2EE
import Foundation
import Testing

/// `e2ee.md` 13, Deletion, seen from outside: all memory is looked through for every secret that ever was.
@Suite("What memory holds")
struct MemoryTests {
    private static let isAlone = ProcessInfo.processInfo.environment["BERAAD_MEMORY"] != nil

    /// Runs in a process of its own, so that all memory is this meeting's: see `process`.
    @Test("a meeting leaves nothing behind of what was deleted (alone)", .enabled(if: Self.isAlone))
    func alone() throws {
        let ledger = SecretLedger()
        let story = try MemoryStory(seed: 60, ledger: ledger)
        var (held, gone) = (0, 0)
        story.look = { moment in
            let anna = try #require(story.anna)
            let report = SecretReport(ledger, try anna.schedule(linkKeys: story.meeting.linkKeys))
            #expect(report.faults == [], "\(moment)")
            // At least six secrets of the epoch, a resumption key, and a private and a signature key.
            #expect(report.held >= 9, "\(moment)")
            (held, gone) = (report.held, report.gone)
        }
        try story.play()
        #expect(gone > 200)

        for member in story.meeting.members { story.meeting.tell(member, .leave) }
        let after = SecretReport(ledger, SecretSchedule())
        #expect(after.faults == [])
        #expect(after.held == 0)
        print("memory: \(held) held, \(gone) gone; afterwards \(after.gone) gone")
    }

    @Test("The secrets of past epochs are in no byte of a process's memory; those of today are found by the same scan")
    func process() throws {
        guard !Self.isAlone else { return }
        let child = try LonelyTest("MemoryTests/alone", environment: ["BERAAD_MEMORY": "1"], says: "memory: ")
        #expect(child.isProven, "\(child.text.suffix(6_000))")
    }
}

/// What the browser's engine is played to, and which secrets must be gone from its memory and which be there.
@Suite("A recording for the memory of the browser's engine")
struct MemoryRecordingTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Vectors/engine/memory.json").standardized

    /// `BERAAD_REWRITE=1 ./test unit` records another meeting after a change of the protocol.
    @Test("The recording still leads an engine into the same epoch, with the same secrets gone and there")
    func recording() throws {
        if ProcessInfo.processInfo.environment["BERAAD_REWRITE"] == "1" {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try (encoder.encode(try MemoryRecording.record(seed: 61)) + Data("\n".utf8)).write(to: Self.file)
        }
        let recorded = try JSONDecoder().decode(MemoryRecording.self, from: Data(contentsOf: Self.file))
        var played = recorded
        try played.settle()
        let (isGone, isHeld) = (
            Set(recorded.gone).isSubset(of: played.gone), Set(recorded.held) == Set(played.held)
        )
        #expect(isGone && isHeld && recorded.gone.count > 100)
        #expect(played.epoch == recorded.epoch)
        #expect(played.next == recorded.next)
    }
}
