public import ArgumentParser
internal import Glibc

/// `beraad-peer`: a participant without a screen.
public struct PeerCommand: AsyncParsableCommand {
    /// What `--help` says.
    public static let configuration = CommandConfiguration(
        commandName: "beraad-peer",
        abstract: "A participant of a Beraad meeting without a screen, on the same core as the app.",
        subcommands: [
            CreateCommand.self, JobCommand.self, JoinCommand.self, CrowdCommand.self, PatternCommand.self, VectorsCommand.self,
        ])

    /// For the argument parser.
    public init() {}

    /// The program: reads its arguments, runs, and ends with 0, with 1 when what was asked for did not come about, with 2
    /// when it was asked in a way that cannot work. What went wrong is one sentence.
    public static func start() async -> Never {
        do {
            var command = try Self.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            Self.exit()
        } catch let failure as PeerFailure {
            Terminal.complain(failure.description)
            Glibc.exit(failure.status)
        } catch {
            let code = Self.exitCode(for: error)
            guard code == .validationFailure else { Self.exit(withError: error) }
            Terminal.complain(Self.fullMessage(for: error))
            Glibc.exit(2)
        }
    }
}
