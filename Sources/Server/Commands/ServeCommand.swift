internal import ArgumentParser
internal import Edge
internal import Foundation
internal import Logging
internal import Redaction
internal import SFU
internal import ServiceLifecycle

/// Runs the server until it is stopped.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Run the server.")

    @OptionGroup var options: ServeOptions

    func run() async throws {
        let site = try self.options.site()
        let folder = try self.options.dataFolder()
        let secret = try InstallationSecret(in: folder)
        let store = try self.store(in: folder)
        let certificate = try self.options.serverCertificate()
        let media = try self.media()
        let server = BeraadServer(
            configuration: EdgeServer.Configuration(
                host: self.options.host, port: self.options.port, tls: certificate, proxies: self.options.proxies),
            site: site, media: media, installationSecret: secret.bytes, store: store, log: EventLog(Self.write))
        do {
            try await server.run { port in
                let scheme = certificate == nil ? "http" : "https"
                let lines = "Beraad is ready: \(scheme)://localhost:\(port)\nStop it with Ctrl-C.\n"
                Program.write(lines, to: .standardOutput)
            }
        } catch {
            throw self.refusal(for: error)
        }
    }

    private func store(in folder: URL) throws -> BlobStore {
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
