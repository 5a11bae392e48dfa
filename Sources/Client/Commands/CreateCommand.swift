internal import ArgumentParser

/// `beraad-peer create`: a meeting and its two links.
struct CreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a meeting and print a link for the host and one for guests.",
        discussion: "The secret part of both links is made here. The server never sees it.")

    @Option(help: "The server's address.")
    var server = "http://localhost:8080"

    @Option(help: "How many people fit, 1 to 100.")
    var capacity = 25

    @OptionGroup var trust: TrustOptions

    func run() async throws {
        guard var address = ServerAddress(self.server) else { throw PeerFailure.address }
        try self.trust.apply(to: &address)
        guard (1...100).contains(self.capacity) else { throw PeerFailure.capacity }
        do throws(ClientFailure) {
            let link = try await MeetingCreation.create(on: address, capacity: self.capacity)
            Terminal.say("Host link: \(link.text())")
            Terminal.say("Guest link: \(link.guestText())")
        } catch {
            throw PeerFailure.client(error)
        }
    }
}
