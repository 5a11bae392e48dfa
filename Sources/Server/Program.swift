internal import ArgumentParser
internal import Foundation

/// `beraad`: the server and what looks after it.
package enum Program {
    /// Runs the command line and ends the process.
    package static func main() async -> Never {
        do {
            var command = try BeraadCommand.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            exit(0)
        } catch let refusal as Refusal {
            Self.refuse(refusal.sentence, status: refusal.status)
        } catch {
            // `--help` and `--version` come as errors too.
            guard BeraadCommand.exitCode(for: error) == .success else {
                Self.refuse(BeraadCommand.message(for: error) + "; beraad --help shows what there is.")
            }
            Self.write(BeraadCommand.fullMessage(for: error) + "\n", to: .standardOutput)
            exit(0)
        }
    }

    /// A wrong start is told in one sentence and exit status 2.
    private static func refuse(_ sentence: String, status: Int32 = 2) -> Never {
        Self.write("beraad: \(sentence)\n", to: .standardError)
        exit(status)
    }

    /// At once, also into a pipe: scripts wait for these lines.
    static func write(_ text: String, to file: FileHandle) {
        try? file.write(contentsOf: Data(text.utf8))  // nobody reads it any more: nobody misses it
    }
}

struct BeraadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "beraad", abstract: "Private video meetings you can prove.",
        subcommands: [
            ServeCommand.self, DoctorCommand.self, AccountCommand.self, ProtocolCommand.self, VerifyCommand.self,
        ])
}
