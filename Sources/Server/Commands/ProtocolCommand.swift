internal import ArgumentParser
internal import Edge
internal import Foundation
internal import Signalling

/// Prints what other programs are built against.
struct ProtocolCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "protocol", abstract: "Print the declarations of the protocol (docs/protocol.md).")

    @Flag(help: "TypeScript declarations of all messages: Web/protocol/messages.d.ts.")
    var types = false

    @Flag(help: "What every message of the server may look like, for the client's reader: Web/protocol/shapes.js.")
    var shapes = false

    @Flag(help: "The OpenAPI document of the HTTP interface.")
    var openapi = false

    func validate() throws {
        guard [self.types, self.shapes, self.openapi].count(where: { $0 }) == 1 else {
            throw ValidationError("Say one of --types, --shapes and --openapi")
        }
    }

    func run() {
        let text =
            self.types ? TypeScript.declarations : self.shapes ? JavaScriptShapes.file : OpenAPI.document + "\n"
        Program.write(text, to: .standardOutput)
    }
}
