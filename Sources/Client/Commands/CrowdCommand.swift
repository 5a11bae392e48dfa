internal import ArgumentParser
internal import FoundationEssentials

/// `beraad-peer crowd URL --people N`: many participants at once, to see what a server bears.
struct CrowdCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crowd", abstract: "Fill a meeting with people who come and go, and report how they fare.",
        discussion: """
            Every person is a whole participant with keys, a connection and a voice of their own. Ends with 0 when nobody \
            fell out of the meeting or had to begin anew, everybody could open what they should, and all read the same \
            meeting code in the end; else with 1.
            """)

    @Argument(help: "The link of the meeting; - reads it from standard input.")
    var link: String

    @Option(help: "How many people are there at once, 1 to 300.")
    var people = 25

    @Option(help: "How many come in a second, until they are all there.")
    var arrivals = 5.0

    @Option(help: "After that, how many a second go while as many others come; 0 = nobody.")
    var changes = 0.0

    @Option(help: "End after this many seconds; without it, when interrupted.")
    var seconds: Double?

    @Flag(help: "Send a picture as well.")
    var video = false

    @Option(help: "Receive this many voices at once.")
    var audioSlots = 8

    @Option(help: "Receive this many pictures at once.")
    var videoSlots = 0

    @Flag(help: "Report as JSON, one line a second and a final one.")
    var json = false

    @Option(help: "Who goes is drawn by lot from this number.")
    var seed: UInt64 = 1

    @OptionGroup var trust: TrustOptions

    func run() async throws {
        guard (1...300).contains(self.people), (0.01...100).contains(self.arrivals), (0...100).contains(self.changes)
        else { throw PeerFailure.crowd }
        guard (0...16).contains(self.audioSlots), (0...49).contains(self.videoSlots) else { throw PeerFailure.slots }
        let plan = CrowdPlan(
            size: self.people, arrivalInterval: .seconds(1 / self.arrivals),
            changeInterval: self.changes > 0 ? .seconds(1 / self.changes) : nil, seed: self.seed)
        let text = self.link == "-" ? readLine() ?? "" : self.link
        let crowd = Crowd(plan, makePeer: try self.maker(text))
        try Descriptors.raise(to: 8 * self.people + 64)
        let interrupt = Interrupt()
        let printer = CrowdPrinter(isJSON: self.json)
        let report: CrowdReport
        do {
            report = try await crowd.run(
                for: self.seconds.map { .seconds($0) }, tell: { printer.line($0) },
                isOver: { interrupt.hasHappened })
        } catch let failure as ClientFailure {
            throw PeerFailure.client(failure)
        }
        printer.final(report)
        guard report.isSound else { throw PeerFailure.crowdBroken }
    }

    /// Makes each person; a wrong link is found out before anybody comes.
    private func maker(_ text: String) throws -> @Sendable (Int) throws -> MeetingPeer {
        let server: ServerAddress
        do {
            var trial = try MeetingLink(text)
            try self.trust.apply(to: &trial.server)
            server = trial.server
        } catch let failure as ClientFailure {
            throw PeerFailure.client(failure)
        }
        let (audioSlots, videoSlots, video) = (self.audioSlots, self.videoSlots, self.video)
        return { number in
            var link = try MeetingLink(text)
            link.server = server
            guard let name = DisplayName("Person \(number)") else { throw PeerFailure.name }
            var options = PeerOptions(name: name, picture: video ? .pattern : .none)
            options.audioSlots = audioSlots
            options.videoSlots = videoSlots
            return try MeetingPeer(link, options)
        }
    }
}
