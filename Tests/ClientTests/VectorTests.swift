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

    @Test("a file of the group protocol is recognised by its shape, and a case whose algorithms nobody has is named")
    func group() throws {
        let right =
            #"[{"n_leaves":1,"n_nodes":1,"root":0,"left":[null],"right":[null],"parent":[null],"sibling":[null]}]"#
        let wrong = right.replacing(#""root":0"#, with: #""root":1"#)
        #expect(try VectorFile.run(Array(right.utf8)) { _ in }.summary == "1 passed, 0 failed, 0 skipped")
        #expect(try VectorFile.run(Array(wrong.utf8)) { _ in }.summary == "0 passed, 1 failed, 0 skipped")
        var notes: [String] = []
        let tally = try VectorFile.run(Array(#"[{"kem_id":32}]"#.utf8)) { notes.append($0) }
        #expect(tally.summary == "0 passed, 0 failed, 1 skipped")
        #expect(notes.count == 1)
    }

    @Test("anything else is no vector file")
    func others() {
        for text in ["", "{}", "[]", "not json", #"{"header":3}"#, #"[{"cipher_suite":1}]"#] {
            #expect(throws: VectorFile.Failure.unknown) { try VectorFile.run(Array(text.utf8)) { _ in } }
        }
    }
}
