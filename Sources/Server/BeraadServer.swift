package import Edge
internal import Hummingbird
internal import Logging
internal import Redaction
internal import ServiceLifecycle
internal import UnixSignals

/// The server put together: media plane, meetings and the edge under one service group.
package struct BeraadServer: Sendable {
    private let configuration: EdgeServer.Configuration
    private let site: Site
    private let media: any MediaDoor
    private let installationSecret: [UInt8]
    private let accounts: Desk
    private let store: BlobStore
    private let log: EventLog

    /// A server that is not running yet; `installationSecret` has at least 32 random bytes and stays the same.
    package init(
        configuration: EdgeServer.Configuration, site: Site, media: any MediaDoor, installationSecret: [UInt8],
        accounts: Desk, store: BlobStore, log: EventLog
    ) {
        self.configuration = configuration
        self.accounts = accounts
        self.installationSecret = installationSecret
        self.store = store
        self.site = site
        self.media = media
        self.log = log
    }

    /// Runs until SIGINT, SIGTERM or cancellation; `ready` is told the web port.
    package func run(ready: @escaping @Sendable (Int) -> Void) async throws {
        // What is over is gone before anybody can ask for it (`privacy.md` 3.7).
        await self.accounts.sweep()
        let house = House(
            media: self.media, installationSecret: self.installationSecret, store: self.store, planned: self.accounts,
            log: self.log)
        try self.media.start()
        defer { self.media.stop() }
        let application = try EdgeServer.application(
            self.configuration, site: self.site, door: house, accounts: self.accounts, log: self.log
        ) { port in
            self.log(.serverReady)
            ready(port)
        }
        // Services stop in reverse: meetings first, so that everybody is told, then the connections.
        let group = ServiceGroup(
            configuration: Self.groupConfiguration([
                application, DeskService(desk: self.accounts), HouseService(house: house),
            ]))
        try await group.run()
        self.log(.serverStopping)
    }

    private static func groupConfiguration(_ services: [any Service]) -> ServiceGroupConfiguration {
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "beraad.services") { _ in SwiftLogNoOpLogHandler() })
        // Connections that do not end by themselves are cut.
        configuration.maximumGracefulShutdownDuration = .seconds(3)
        configuration.maximumCancellationDuration = .seconds(3)
        return configuration
    }
}

private struct HouseService: Service {
    let house: House

    func run() async throws {
        await self.house.run()
    }
}

private struct DeskService: Service {
    let desk: Desk

    func run() async throws {
        await cancelWhenGracefulShutdown { await self.desk.run() }
    }
}
