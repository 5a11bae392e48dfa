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

    @Flag(help: "The OpenAPI document of the HTTP interface.")
    var openapi = false

    func validate() throws {
        guard self.types != self.openapi else { throw ValidationError("Say either --types or --openapi") }
    }

    func run() {
        Program.write(self.types ? TypeScript.declarations : OpenAPI.document + "\n", to: .standardOutput)
    }
}
