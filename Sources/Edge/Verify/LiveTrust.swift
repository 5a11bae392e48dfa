internal import NIOSSL

/// Whose word about a server's name is believed: the system's, and that of one more file.
package struct LiveTrust: Sendable {
    /// The file cannot be read as PEM.
    package struct Unreadable: Error {}

    /// Nothing over http.
    let context: NIOSSLContext?

    /// Reads the certificates once, for all connections.
    package init(for server: LiveServer, beside file: String? = nil) throws(Unreadable) {
        switch server.transport {
        case .plain: self.context = nil
        case .tls:
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            if let file { configuration.additionalTrustRoots = [.file(file)] }
            do { self.context = try NIOSSLContext(configuration: configuration) } catch { throw Unreadable() }
        }
    }
}
