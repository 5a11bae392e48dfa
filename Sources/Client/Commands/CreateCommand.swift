public import ArgumentParser

/// `beraad-peer create`: a meeting and its two links.
struct CreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a meeting and print a link for the host and one for guests.",
        discussion: "The secret part of both links is made here. The server never sees it.")

    @Option(help: "The server's address.")
    var server = "http://localhost:8080"

    @Option(help: "How many people fit, 1 to 100.")
    var capacity = 25

    @Option(help: "Who comes in: waiting = a host lets everybody in, open = everybody with the link, host or not.")
    var admission = MeetingDoor.waiting

    @Flag(help: "Print the links as one line of JSON, {\"host\":…,\"guest\":…}.")
    var json = false

    @OptionGroup var trust: TrustOptions

    func run() async throws {
        guard var address = ServerAddress(self.server) else { throw PeerFailure.address }
        try self.trust.apply(to: &address)
        guard (1...100).contains(self.capacity) else { throw PeerFailure.capacity }
        do throws(ClientFailure) {
            let link = try await MeetingCreation.create(on: address, capacity: self.capacity, door: self.admission)
            self.say(host: link.text(), guest: link.guestText())
        } catch {
            throw PeerFailure.client(error)
        }
    }

    private func say(host: String, guest: String) {
        guard !self.json else {
            // Nothing in a link has to be escaped in JSON: an address, and letters, digits, - and _.
            return Terminal.say("{\"host\":\"\(host)\",\"guest\":\"\(guest)\"}")
        }
        Terminal.say("Host link: \(host)")
        Terminal.say("Guest link: \(guest)")
    }
}

extension MeetingDoor: ExpressibleByArgument {}
