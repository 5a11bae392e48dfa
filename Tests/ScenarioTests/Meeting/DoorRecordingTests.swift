import BeraadTesting
import E2EE
import Foundation
import Testing

/// What the delivery service says to whoever comes to the door, written down for the tests of the browser's engine. That
/// engine draws its own random numbers, so only what depends on none of them can be in it.
@Suite("A recording for the browser's engine")
struct DoorRecordingTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Vectors/engine/door.json").standardized

    /// `BERAAD_REWRITE=1 ./test unit` writes the file anew after a change of the protocol.
    @Test("The recording of Hello, descriptors and refusals is what the delivery service says today")
    func recording() throws {
        let meeting = try TestMeeting(seed: 50)
        var recorded: [String: String] = [:]
        meeting.serverSays = { member, bytes in
            // A recording needs good frames only.
            guard let frame = try? E2EE.Frame(decoding: bytes) else { return bytes }
            switch try? E2EE.ServerFrame(frame) {
            case .hello: recorded["hello"] = recorded["hello"] ?? Self.hexadecimal(bytes)
            case .data(let body) where body.first == 1: recorded["descriptors"] = Self.hexadecimal(body)
            default: break
            }
            return bytes
        }
        let host = try meeting.enter("Anna", isHost: true)
        #expect(meeting.run(until: { host.isLive }))
        let guest = try meeting.enter("Bram")
        #expect(meeting.run(until: { guest.state == .knocking }))
        let links = meeting.links
        recorded["path"] = String(decoding: links.path, as: UTF8.self)
        recorded["host"] = String(decoding: links.host, as: UTF8.self)
        recorded["guest"] = String(decoding: links.guest, as: UTF8.self)
        recorded["unix"] = String(TestMeeting.unix * 1_000)

        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let text = String(decoding: try encoder.encode(recorded), as: UTF8.self) + "\n"
        if ProcessInfo.processInfo.environment["BERAAD_REWRITE"] == "1" {
            try FileManager.default.createDirectory(
                at: Self.file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: Self.file)
        }
        #expect(try String(contentsOf: Self.file, encoding: .utf8) == text)
        #expect(recorded.count == 6)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
