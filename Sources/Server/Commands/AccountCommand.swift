internal import ArgumentParser
internal import Edge
internal import Foundation
internal import Meeting
internal import Persistence
internal import Privacy
internal import Signalling

/// Helps with accounts at the machine itself, for whoever may read the data folder. The server may run meanwhile.
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Help with accounts, in the data folder.", subcommands: [Renew.self])

    /// For the admin who forgot their own password: nobody else is there to make them a link.
    struct Renew: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "renew", abstract: "Print a one-time link by which somebody chooses a new password.")

        @Argument(help: "The account's e-mail address.")
        var email: String

        @Option(help: "The folder of the server.", completion: .directory)
        var data = "./data"

        @Option(help: "Where the server is reached, for the link.")
        var address = "http://localhost:8080"

        @Flag(help: "Also take away the codes of an app that is lost, so that the password is enough.")
        var withoutCodes = false

        func run() async throws {
            let folder = URL(filePath: self.data, directoryHint: .isDirectory)
            let database = folder.appending(path: Store.fileName).path(percentEncoded: false)
            guard FileManager.default.fileExists(atPath: database) else {
                throw Refusal("there are no accounts in \(self.data); name the server's folder with --data.")
            }
            let ledger = PurposeLedger()
            let desk = Desk(try Store(opening: folder, ledger: ledger), ledger: ledger, log: EventLog { _ in })
            guard let link = try await desk.renewalLink(at: self.email, withoutCodes: self.withoutCodes) else {
                throw Refusal("there is no account with that address in \(self.data).")
            }
            let lines =
                "Choose a new password, within an hour: \(self.address)\(LinkKind.renewal.page)#\(link.token.text)\n"
            Program.write(lines, to: .standardOutput)
        }
    }
}
