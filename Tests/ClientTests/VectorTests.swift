import Client
import Foundation
import Testing

@Suite("Official vectors")
struct VectorTests {
    /// The repository's root, from where this file lies.
    private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test(
        "every SFrame case holds, and none is left out",
        arguments: [("test-vectors.json", 300), ("test-vectors-aes256.json", 3)])
    func sframe(name: String, count: Int) throws {
        let file = self.root.appending(path: "Tests/Vectors/sframe/\(name)")
        var notes: [String] = []
        let tally = try VectorFile.run([UInt8](try Data(contentsOf: file))) { notes.append($0) }
        #expect(tally.summary == "\(count) passed, 0 failed, 0 skipped")
        #expect(notes.isEmpty)
    }

    @Test("a changed case fails, also when only the last digit of a number above 2^53 changed")
    func changed() throws {
        let right = #"{"header":[{"kid":18446744073709551615,"ctr":0,"encoded":"f0ffffffffffffffff"}]}"#
        let wrong = right.replacing("551615", with: "551614")
        #expect(try VectorFile.run(Array(right.utf8)) { _ in }.summary == "1 passed, 0 failed, 0 skipped")
        #expect(try VectorFile.run(Array(wrong.utf8)) { _ in }.summary == "0 passed, 1 failed, 0 skipped")
    }

    @Test("a file of the group protocol is counted as skipped by name, and anything else is no vector file")
    func others() throws {
        var notes: [String] = []
        let tally = try VectorFile.run(Array(#"[{"cipher_suite":1},{"cipher_suite":2}]"#.utf8)) { notes.append($0) }
        #expect(tally.summary == "0 passed, 0 failed, 2 skipped")
        #expect(notes.count == 1)
        for text in ["", "{}", "[]", "not json", #"{"header":3}"#] {
            #expect(throws: VectorFile.Failure.unknown) { try VectorFile.run(Array(text.utf8)) { _ in } }
        }
    }
}
