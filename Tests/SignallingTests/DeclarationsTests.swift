import Foundation
import Signalling
import Testing

@Suite("The client's types")
struct DeclarationsTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Web/protocol")

    /// `BERAAD_REWRITE=1 ./test unit` writes the files anew after a change of a message.
    @Test(
        "messages.d.ts and shapes.js in Web/protocol are what Signalling declares",
        arguments: [("messages.d.ts", TypeScript.declarations), ("shapes.js", JavaScriptShapes.file)])
    func committedFile(_ name: String, _ text: String) throws {
        let file = Self.folder.appending(path: name)
        if ProcessInfo.processInfo.environment["BERAAD_REWRITE"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }
}
