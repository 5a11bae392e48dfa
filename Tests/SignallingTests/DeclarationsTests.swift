import Foundation
import Signalling
import Testing

@Suite("The client's types")
struct DeclarationsTests {
    /// `BERAAD_REWRITE=1 ./test unit` writes the file anew after a change of a message.
    @Test("Web/protocol/messages.d.ts is what Signalling declares")
    func committedFile() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Web/protocol/messages.d.ts")
        if ProcessInfo.processInfo.environment["BERAAD_REWRITE"] == "1" {
            try Data(TypeScript.declarations.utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == TypeScript.declarations)
    }
}
