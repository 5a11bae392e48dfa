public import ArgumentParser
internal import Signalling

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

    @Option(help: "What it is about, at most 512 bytes; only who has a link can read it.")
    var topic = ""

    @Option(help: "Make this many personal links as well, 0 to 100: each names one person, and can be revoked.")
    var personal = 0

    @Flag(help: "Whoever has a personal link need not wait.")
    var personalEnter = false

    @Option(help: "What whoever has the guest link is asked for as well: 4 to 16 letters or digits.")
    var passcode: String?

    @Option(help: "Allow this sort of service: recorder, stream, captions or gateway; may be given several times.")
    var service: [ServiceSort] = []

    @Flag(help: "Print the links as one line of JSON, {\"host\":…,\"guest\":…,\"personal\":[…]}.")
    var json = false

    @OptionGroup var trust: TrustOptions

    func validate() throws {
        guard self.topic.utf8.count <= 512 else { throw ValidationError("--topic takes at most 512 bytes") }
    }

    func run() async throws {
        guard var address = ServerAddress(self.server) else { throw PeerFailure.address }
        try self.trust.apply(to: &address)
        guard (1...100).contains(self.capacity), (0...100).contains(self.personal) else { throw PeerFailure.capacity }
        let passcode = try Passcode(typed: self.passcode)
        do throws(ClientFailure) {
            let links = try await MeetingCreation.create(
                on: address, capacity: self.capacity, door: self.admission, personal: self.personal,
                mayEnter: self.personalEnter, topic: self.topic, passcode: passcode,
                services: self.service)
            self.say(host: links.host.text(), guest: links.host.guestText(), personal: links.personal)
        } catch {
            throw PeerFailure.client(error)
        }
    }

    private func say(host: String, guest: String, personal: [String]) {
        guard !self.json else {
            // Nothing in a link has to be escaped in JSON: an address, and letters, digits, - and _.
            let list = personal.map { "\"\($0)\"" }.joined(separator: ",")
            return Terminal.say("{\"host\":\"\(host)\",\"guest\":\"\(guest)\",\"personal\":[\(list)]}")
        }
        Terminal.say("Host link: \(host)")
        Terminal.say("Guest link: \(guest)")
        for link in personal { Terminal.say("Personal link: \(link)") }
    }
}

extension MeetingDoor: ExpressibleByArgument {}
