import Client
import Foundation
import Testing

/// The official vectors of MLS through the same door as `beraad-peer vectors`. The counts are those of `e2ee.md` 14; what
/// is skipped needs X448 and Ed448 (suites 4 and 6), or is HPKE that MLS does not use.
@Suite("Official vectors of the group protocol")
struct GroupVectorTests {
    struct File: Sendable, CustomTestStringConvertible {
        let name: String
        let passed: Int
        let skipped: Int

        var testDescription: String { self.name }
    }

    private let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Vectors/mls")

    @Test(
        "every case holds that an algorithm here can try",
        arguments: [
            File(name: "crypto-basics", passed: 5, skipped: 2),
            File(name: "deserialization", passed: 14, skipped: 0),
            File(name: "hpke-pq", passed: 2, skipped: 11),
            File(name: "key-schedule", passed: 25, skipped: 10),
            File(name: "message-protection", passed: 5, skipped: 2),
            File(name: "messages", passed: 300, skipped: 0),
            File(name: "passive-client-handling-commit", passed: 65, skipped: 26),
            File(name: "passive-client-welcome", passed: 40, skipped: 16),
            File(name: "psk_secret", passed: 77, skipped: 0),
            File(name: "secret-tree", passed: 21, skipped: 0),
            File(name: "transcript-hashes", passed: 7, skipped: 0),
            File(name: "tree-math", passed: 10, skipped: 0),
            File(name: "tree-operations", passed: 5, skipped: 0),
            File(name: "tree-validation", passed: 70, skipped: 28),
            File(name: "treekem", passed: 55, skipped: 22),
            File(name: "welcome", passed: 5, skipped: 2),
        ])
    func holds(_ file: File) throws {
        let contents = try Data(contentsOf: self.folder.appending(path: "\(file.name).json"))
        var notes: [String] = []
        let tally = try VectorFile.run([UInt8](contents)) { notes.append($0) }
        #expect(tally.summary == "\(file.passed) passed, 0 failed, \(file.skipped) skipped")
        #expect(notes.count == file.skipped)
    }

    @Test("a case fails when one digit of what it expects was changed")
    func changed() throws {
        let contents = try String(contentsOf: self.folder.appending(path: "transcript-hashes.json"), encoding: .utf8)
        let name = #""confirmed_transcript_hash_after": ""#
        let start = try #require(contents.firstRange(of: name)?.upperBound)
        var changed = contents
        changed.replaceSubrange(start...start, with: contents[start] == "0" ? "1" : "0")
        let tally = try VectorFile.run(Array(changed.utf8)) { _ in }
        #expect(tally.summary == "6 passed, 1 failed, 0 skipped")
    }
}
