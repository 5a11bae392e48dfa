internal import Glibc
package import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// The HTTP server: everything of this module put together.
package enum EdgeServer {
    /// Where it listens and with what.
    package struct Configuration: Sendable {
        /// The address to listen on.
        package var host: String
        /// The port; 0 takes a free one.
        package var port: Int
        /// Certificate and key; nil = no TLS.
        package var tls: ServerCertificate?
        /// Whose word about where a request comes from is believed.
        package var proxies: TrustedProxies
        /// What it takes on.
        package var limits: EdgeLimits
        /// Who may make meetings.
        package var creators: Creators
        /// Where people reach it; nil = on this machine only, as far as passkeys go.
        package var address: PublicAddress?

        /// Where it listens and with what.
        package init(
            host: String, port: Int, tls: ServerCertificate? = nil, proxies: TrustedProxies = .none,
            limits: EdgeLimits = EdgeLimits(), creators: Creators = .anyone, address: PublicAddress? = nil
        ) {
            self.host = host
            self.port = port
            self.tls = tls
            self.proxies = proxies
            self.limits = limits
            self.creators = creators
            self.address = address
        }
    }

    /// The application; `ready` is told the port once it listens. Without accounts nobody signs in.
    package static func application(
        _ configuration: Configuration, site: Site, door: any MeetingDoor, accounts: (any AccountDoor)? = nil,
        log: EventLog,
        ready: @escaping @Sendable (Int) async -> Void
    ) throws -> Application<Responder> {
        let transport: Transport = configuration.tls == nil ? .plain : .tls
        let sockets = SocketHost(door: door, limits: configuration.limits, log: log)
        let plain = HTTPServerBuilder { responder in
            EdgeChannel(
                responder: responder, sockets: sockets, transport: transport, proxies: configuration.proxies)
        }
        let server =
            try configuration.tls.map { try HTTPServerBuilder.tls(plain, tlsConfiguration: $0.configuration) } ?? plain
        // Texts of libraries may hold addresses, so none of theirs are written at any level (`privacy.md` 4.4).
        let silent = Logger(label: "beraad.http") { _ in SwiftLogNoOpLogHandler() }
        return Application(
            responder: Responder(
                site: site, transport: transport, door: door, accounts: accounts, creators: configuration.creators,
                proxies: configuration.proxies, address: configuration.address, limits: configuration.limits, log: log),
            server: server,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(
                    configuration.limits.connectionsAtMost, logger: silent)),
            onServerRunning: { channel in await ready(channel.localAddress?.port ?? configuration.port) },
            logger: silent)
    }

    /// The port belongs to another program.
    package static func isPortBusy(_ error: any Error) -> Bool {
        (error as? IOError)?.errnoCode == EADDRINUSE
    }

    /// The port, or the address, is not this program's to take.
    package static func isPortForbidden(_ error: any Error) -> Bool {
        [EACCES, EADDRNOTAVAIL].contains((error as? IOError)?.errnoCode)
    }

    /// Whether a server could listen there now.
    package static func canListen(host: String, port: Int) async -> Bool {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        guard let channel = try? await bootstrap.bind(host: host, port: port).get() else { return false }
        try? await channel.close().get()  // it is closed either way
        return true
    }
}
