public import ArgumentParser
internal import FoundationEssentials
internal import Signalling

/// `beraad-peer join URL --name NAME`: takes part and tells what arrives.
struct JoinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join", abstract: "Join a meeting, send picture and sound, report what arrives.",
        discussion: "With a job for a service it sends and receives no media; what it says are captions.")

    @Argument(
        help: "The link of the meeting; - reads it from standard input, so that it stands in no list of processes.")
    var link: String

    @Option(help: "The name others see.")
    var name: String

    @Option(help: "An IVF file with VP8 to send; without it a built-in moving picture.")
    var video: String?

    @Option(help: "An Ogg file with Opus to send; without it a built-in chord.")
    var audio: String?

    @Option(help: "Leave after this many seconds; without it, stay until interrupted.")
    var seconds: Double?

    @Flag(help: "Send no picture.")
    var noVideo = false

    @Flag(help: "Send no sound.")
    var noAudio = false

    @Flag(help: "Report as JSON, one line a second and a final one.")
    var json = false

    @Option(help: "Receive this many voices at once.")
    var audioSlots = 8

    @Option(help: "Receive this many pictures at once.")
    var videoSlots = 25

    @Flag(help: "With a host link: let everybody in who waits. Without it, only their names are shown.")
    var admit = false

    @Flag(help: "With a host link: let services in that wait.")
    var admitServices = false

    @Flag(help: "Say yes to every service; without it, nothing is sent while one is there.")
    var agree = false

    @Flag(
        help: "Say each line of standard input. With a job for captions it is a caption about somebody who agreed.")
    var lines = false

    @Flag(help: "Go on when no host is there.")
    var goOn = false

    @Option(help: "Say the words of --say again after so many seconds, and on and on; 1 to 3600.")
    var again: Int?

    @Flag(help: "Send the picture as a screen that is shared.")
    var screen = false

    @Flag(
        help: "For tests: go on sending and talking whatever a host asks or forbids. All of it is sealed as ever.")
    var deaf = false

    @Option(help: "Say this to everybody, once, as soon as it may.")
    var say: String?

    @Option(help: "The passcode, where the meeting asks for one; spaces do not matter.")
    var passcode: String?

    @Option(help: "The own language, en or nl.")
    var language = PeerLanguage.en

    @Option(help: "For tests: write the own frames, as they were before sealing, to this IVF file.")
    var recordPresealed: String?

    @OptionGroup var trust: TrustOptions

    func validate() throws {
        guard self.again.map({ (1...3_600).contains($0) && self.say != nil }) ?? true else {
            throw ValidationError("--again takes 1 to 3600 seconds, and goes with --say")
        }
    }

    func run() async throws {
        let peer: MeetingPeer
        let isService: Bool
        do {
            let text = self.link == "-" ? readLine() ?? "" : self.link
            var link = try MeetingLink(text)
            try self.trust.apply(to: &link.server)
            isService = link.isService
            peer = try MeetingPeer(link, try self.options())
        } catch let failure as ClientFailure {
            throw PeerFailure.client(failure)
        } catch let failure as InputFailure {
            throw PeerFailure.input(failure)
        }
        let printer = ReportPrinter(isJSON: self.json)
        await peer.start()
        if self.lines {
            do throws(ClientFailure) {
                try LineReader.start { peer.say($0) }
            } catch {
                throw PeerFailure.client(error)
            }
        }
        let end = self.seconds.map { ContinuousClock.now + .seconds($0) }
        let interrupt = Interrupt()
        var nextLine = ContinuousClock.now + .seconds(1)
        while await !peer.hasEnded, !interrupt.hasHappened, end.map({ ContinuousClock.now < $0 }) ?? true {
            let pause = min(nextLine, end ?? nextLine)
            // A cancelled sleep only makes the next look come sooner.
            try? await Task.sleep(until: min(pause, ContinuousClock.now + .milliseconds(200)), clock: .continuous)
            guard ContinuousClock.now >= nextLine else { continue }
            nextLine += .seconds(1)
            printer.line(await peer.report())
        }
        let report = await peer.report()
        await peer.leave()
        var final = await peer.report()
        // Leaving wipes keys and tears media down; the final report tells how it was before.
        final.state = report.state
        final.gate = report.gate
        final.epoch = report.epoch
        final.code = report.code
        final.waiting = report.waiting
        final.isJoined = report.isJoined
        final.isConnected = report.isConnected
        final.remotes = final.remotes.map { remote in
            var remote = remote
            remote.isPresent = report.remotes.contains { $0.key == remote.key && $0.isPresent }
            return remote
        }
        printer.final(final)
        if let file = self.recordPresealed { try await self.record(peer, file) }
        if let failure = await peer.ended { throw PeerFailure.client(failure) }
        // A service has no media here: it is in when it has keys.
        if isService ? report.epoch == nil : report.connectMilliseconds == nil {
            throw PeerFailure.client(report.state == "knocking" ? .notLetIn : .media)
        }
    }

    private func options() throws -> PeerOptions {
        guard let name = DisplayName(self.name) else { throw PeerFailure.name }
        guard (0...16).contains(self.audioSlots), (0...49).contains(self.videoSlots) else { throw PeerFailure.slots }
        guard self.say.map({ (1...8_192).contains($0.utf8.count) }) ?? true else { throw PeerFailure.words }
        var options = PeerOptions(name: name)
        options.words = self.say
        options.wordsAgainSeconds = self.again
        options.sharesScreen = self.screen
        options.disobeys = self.deaf
        if let video = self.video { options.picture = .ivf(try Self.read(video)) }
        if let audio = self.audio { options.sound = .ogg(try Self.read(audio)) }
        if self.noVideo { options.picture = .none }
        if self.noAudio { options.sound = .none }
        options.audioSlots = self.audioSlots
        options.videoSlots = self.videoSlots
        options.language = self.language
        options.passcode = try Passcode(typed: self.passcode)
        options.admits = self.admit
        options.admitsServices = self.admitServices
        options.agrees = self.agree
        options.goesOn = self.goOn
        options.recordsPresealed = self.recordPresealed != nil
        return options
    }

    private func record(_ peer: MeetingPeer, _ file: String) async throws {
        let bytes = await peer.presealedFile()
        do {
            try Data(bytes).write(to: URL(filePath: file))
        } catch {
            throw PeerFailure.unwritable(file)
        }
    }

    private static func read(_ file: String) throws -> [UInt8] {
        guard let data = try? Data(contentsOf: URL(filePath: file)) else { throw PeerFailure.unreadable(file) }
        return [UInt8](data)
    }
}

extension PeerLanguage: ExpressibleByArgument {}
