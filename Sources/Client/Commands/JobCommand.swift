public import ArgumentParser
internal import E2EE

/// `beraad-peer job HOSTLINK --owner KEY`: what a service needs to come in.
struct JobCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job", abstract: "Make a job for a service: a link by which it comes in and says what it is.",
        discussion: "The meeting has to allow its sort, and a host lets it in. It goes when its owner leaves.")

    @Argument(
        help: "The host link of the meeting; - reads it from standard input, so that it stands in no list of processes.")
    var link: String

    @Option(help: "For whom it works: the key of somebody in the meeting, as a report has it.")
    var owner: String

    @Option(help: "What it is.")
    var sort = ServiceSort.captions

    @Flag(help: "It also keeps what it wrote down.")
    var storesText = false

    @Flag(help: "It runs at the operator of the server.")
    var atServer = false

    @Flag(help: "Print the link as one line of JSON, {\"job\":…}.")
    var json = false

    func run() async throws {
        guard let owner = Base64URL.decode(Array(self.owner.utf8).span), owner.count == 32 else { throw PeerFailure.key }
        var purposes = self.sort.purposes
        if self.storesText { purposes.insert(.storeSpeechText) }
        let info = ServiceInfo(
            role: self.sort.role, ownerKey: owner, purposes: purposes, place: self.atServer ? .server : .participant)
        do throws(ClientFailure) {
            let text = self.link == "-" ? readLine() ?? "" : self.link
            let job = try MeetingLink(text).job(info)
            // Nothing in a link has to be escaped in JSON.
            Terminal.say(self.json ? "{\"job\":\"\(job)\"}" : "Job link: \(job)")
        } catch {
            throw PeerFailure.client(error)
        }
    }
}

extension ServiceSort: ExpressibleByArgument {}
