internal import ArgumentParser
internal import Edge
internal import Foundation
internal import Logging
internal import Meeting
internal import Persistence
internal import Privacy
internal import Redaction
internal import SFU
internal import ServiceLifecycle
internal import Signalling

/// Runs the server until it is stopped.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Run the server.")

    @OptionGroup var options: ServeOptions

    func run() async throws {
        try Program.closeMemory()
        let site = try self.options.site()
        let folder = try self.options.dataFolder()
        let claim = try self.claim(of: folder)
        let secret = try InstallationSecret(in: folder)
        let files = try self.files(in: folder)
        let log = EventLog(Self.write)
        let ledger = PurposeLedger()
        let desk = Desk(
            try Store(opening: folder, ledger: ledger), ledger: ledger,
            required: self.options.requiredMeasures?.measures ?? [], log: log)
        let setUp = try await desk.setUpLink()
        let certificate = try self.options.serverCertificate()
        let media = try self.media()
        let reached = self.options.publicAddress?.origin
        let server = BeraadServer(
            configuration: EdgeServer.Configuration(
                host: self.options.host, port: self.options.port, tls: certificate, proxies: self.options.proxies,
                creators: self.options.create, address: self.options.publicAddress),
            site: site, media: media, installationSecret: secret.bytes, accounts: desk, store: files, log: log)
        do {
            try await server.run { port in
                let here = "\(certificate == nil ? "http" : "https")://localhost:\(port)"
                let address = reached ?? here
                let lines = [
                    "Beraad is ready: \(address)",
                    // What stands behind # is told here and nowhere else; only its hash is kept.
                    setUp.map { "Make the first account, within a day: \(address)\(LinkKind.setUp.page)#\($0.text)" },
                    "Stop it with Ctrl-C.",
                ]
                Program.write(lines.compactMap { $0 }.joined(separator: "\n") + "\n", to: .standardOutput)
            }
        } catch {
            throw self.refusal(for: error)
        }
        _ = consume claim
    }

    private func claim(of folder: URL) throws -> FolderClaim {
        do throws(FolderClaim.Refused) {
            return try FolderClaim(of: folder)
        } catch {
            switch error {
            case .taken:
                throw Refusal(
                    "another server uses \(self.options.data); stop it, or choose another folder with --data.")
            case .unusable:
                throw Refusal("the data directory \(self.options.data) cannot be written; choose another with --data.")
            }
        }
    }

    private func files(in folder: URL) throws -> BlobStore {
        do throws(BlobStore.Unusable) {
            return try BlobStore(in: folder)
        } catch {
            throw Refusal("the folder blobs in \(self.options.data) cannot be written or emptied; check who owns it.")
        }
    }

    private func media() throws -> PlaneDoor {
        do throws(MediaPlaneError) {
            return try PlaneDoor(
                bind: self.options.bound, announce: self.options.announced, port: UInt16(self.options.mediaPort))
        } catch {
            throw self.refusal(for: error)
        }
    }

    private func refusal(for error: any Error) -> any Error {
        if let error = error as? MediaPlaneError { return Refusal(media: error) }
        if EdgeServer.isPortBusy(error) {
            return Refusal("port \(self.options.port) is in use; stop that program or choose another with --port.")
        }
        if EdgeServer.isPortForbidden(error) {
            return Refusal(
                "cannot listen on \(self.options.host) port \(self.options.port); choose others with --host and --port."
            )
        }
        return error
    }

    /// Events of the closed list, one a line, on standard error.
    private static func write(_ event: Redaction.LogEvent) {
        let level: Logger.Level =
            switch event.level {
            case .debug: .debug
            case .info: .info
            case .warning: .warning
            }
        Self.logger.log(level: level, "\(event.text)")
    }

    private static let logger = Logger(label: "beraad") { StreamLogHandler.standardError(label: $0) }
}
