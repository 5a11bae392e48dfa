internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// How this module opens TCP connections: the shared event loops, a short patience, TLS where the address says so.
enum Bootstrap {
    /// A reconnecting client rather tries again than waits.
    static let patience = TimeAmount.seconds(3)

    static func client() -> ClientBootstrap {
        ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(Self.patience)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
    }

    /// Puts TLS first in the pipeline. Called on the channel's event loop.
    static func secure(_ channel: any Channel, _ address: ServerAddress) throws {
        guard address.isSecure else { return }
        var configuration = TLSConfiguration.makeClientConfiguration()
        if let file = address.trustedCertificates { configuration.additionalTrustRoots = [.file(file)] }
        let context = try NIOSSLContext(configuration: configuration)
        // An address has no name to indicate (RFC 6066 §3); its certificate is checked all the same.
        let isName = (try? SocketAddress(ipAddress: address.host, port: address.port)) == nil
        let handler = try NIOSSLClientHandler(context: context, serverHostname: isName ? address.host : nil)
        try channel.pipeline.syncOperations.addHandler(handler)
    }
}
