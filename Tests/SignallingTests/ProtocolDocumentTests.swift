import Foundation
import Signalling
import Testing

@Suite("docs/protocol.md")
struct ProtocolDocumentTests {
    private struct Example {
        let kind: String
        let text: String
    }

    @Test("every example is a message, written exactly as we write it")
    func examples() throws {
        let examples = try Self.examples()
        #expect(examples.count > 25)
        for example in examples {
            let bytes = Array(example.text.utf8)
            switch example.kind {
            case "ClientMessage": #expect(try ClientMessage(decoding: bytes).encoded == example.text)
            case "ServerMessage": #expect(try ServerMessage(decoding: bytes).encoded == example.text)
            default:
                let body = try #require(
                    HTTPBodies.all.first { $0.outline.name == example.kind }, "no reader for \(example.kind)")
                #expect(try body.init(decoding: bytes).encoded == example.text)
            }
        }
    }

    @Test("every type of every message is shown or named")
    func complete() throws {
        let text = try Self.document()
        for union in ClientMessage.outlines + ServerMessage.outlines {
            for type in union.cases {
                let isThere = text.contains("\"type\":\"\(type.type)\"") || text.contains("`\(type.type)`")
                #expect(isThere, "\(union.name) \(type.type)")
            }
        }
    }

    private static func document() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "docs/protocol.md"), encoding: .utf8)
    }

    private static func examples() throws -> [Example] {
        try self.document().split(separator: "```json ").dropFirst().map { part in
            let lines = part.split(separator: "\n")
            return Example(kind: String(lines[0]), text: String(lines[1]))
        }
    }
}
