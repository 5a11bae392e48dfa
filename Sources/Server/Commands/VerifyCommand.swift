internal import ArgumentParser
internal import Edge
internal import Foundation
internal import Signalling

/// Shows whether a server serves the client of this source tree, and nothing else (`e2ee.md` 7.9).
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check that a server serves exactly the client of this source tree.",
        discussion: """
            Fetches the page and every file that this source tree has and compares them byte for \
            byte; looks at the headers that keep browsers from running anything else. Build the engine first \
            (ops/wasm.sh), and take the source tree of the version that the server should run.

            Exit status: 0 all is equal; 1 something differs; 2 asked wrongly, or the server could not be reached.

            What it cannot show: a server can answer other visitors, or later, with something else. Run it from where \
            the visitor is, and give the address of the meeting (without what stands behind #) if there is one. Files \
            that the server has and this source tree has not cannot be listed from outside; an equal page loads none \
            of them. Releases are not signed yet, so it shows that the server serves your source tree, not that this \
            is the published one.
            """)

    @Argument(help: "The server's address, such as https://meet.example.org, or a meeting's without its secret.")
    var server: String

    @Option(help: "The browser client (default: the folder Web beside this program's package).", completion: .directory)
    var bundle: String?

    @Option(help: "A PEM file with certificates to trust as well, for a server whose own nobody else signed.")
    var trust: String?

    @Flag(help: "Print the outcome as JSON.")
    var json = false

    func run() async throws {
        let server = try self.address()
        let site = try WebFolder(named: self.bundle, option: "--bundle").site()
        let trust = try self.certificates(for: server)
        var generator = SystemRandomNumberGenerator()
        let unknown = MeetingID(bytes: (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        let report = await Verification(of: server, against: site, meeting: unknown, trust: trust).report()
        let text = VerifyText(origin: server.origin, report: report)
        Program.write(self.json ? try text.json() : text.lines, to: .standardOutput)
        if let refusal = text.refusal { throw refusal }
    }

    private func address() throws -> LiveServer {
        do throws(LiveServer.Mistake) {
            return try LiveServer(self.server)
        } catch {
            throw Refusal(address: error)
        }
    }

    private func certificates(for server: LiveServer) throws -> LiveTrust {
        do throws(LiveTrust.Unreadable) {
            return try LiveTrust(for: server, beside: self.trust)
        } catch {
            throw Refusal(
                self.trust.map { "\($0) is not a readable PEM certificate; check --trust." }
                    ?? "the certificates that this system trusts cannot be read; install ca-certificates.")
        }
    }
}

extension Refusal {
    init(address mistake: LiveServer.Mistake) {
        switch mistake {
        case .address:
            self.init("the address must look like https://meet.example.org or https://meet.example.org/m/MEETING.")
        case .secret:
            self.init("leave out # and what stands behind it: that is the meeting's secret, and is not needed here.")
        case .plain:
            self.init("over http anybody on the way can change what arrives; give the server's https address.")
        }
    }
}
