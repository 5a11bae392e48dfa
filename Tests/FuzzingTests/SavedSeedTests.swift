import BeraadTesting
import E2EE
import Foundation
import Fuzzing
import Testing

/// Seeds for the door of kept states: what a host and a guest keep.
@Suite("Seeds out of what is kept")
struct SavedSeedTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fuzz/corpus/saved-state")

    /// `BERAAD_REWRITE=1 ./test unit` writes the seeds anew after a change of the format.
    @Test("What a host and a guest keep is a state, with the digest and without it")
    func seeds() throws {
        let meeting = try TestMeeting(seed: 91)
        meeting.keepsState = true
        let host = try meeting.enter("Anna", isHost: true)
        try #require(meeting.run(until: { host.isLive }))
        let guest = try meeting.enter("Bram")
        try #require(meeting.run(until: { host.lobby.count == 1 }))
        meeting.tell(host, .admit([]))
        try #require(meeting.run(until: { guest.isLive && guest.names == ["Anna", "Bram"] }))
        meeting.run(6_000)
        for member in [host, guest] {
            let kept = try #require(member.saved)
            let state = try SavedState(kept: kept.secret, meeting.crypto)
            let seeds = [("kept", kept.secret.copied()), ("state", state.encoded)]
            for (form, bytes) in seeds {
                #expect(bytes.count <= FuzzTarget.savedState.lengthMax)
                FuzzTarget.savedState.run(bytes)
                guard ProcessInfo.processInfo.environment["BERAAD_REWRITE"] == "1" else { continue }
                try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
                try Data(bytes).write(to: Self.folder.appending(path: "\(member.name.lowercased())-\(form)"))
            }
        }
    }
}
