internal import NIOSSL

/// A certificate chain and its key, read from files.
package struct ServerCertificate: Sendable {
    /// Which file cannot be used.
    package enum Failure: Error, Equatable, Sendable {
        /// The certificate is missing, unreadable or no PEM.
        case certificate
        /// So is the key.
        case key
        /// They do not belong together.
        case mismatch
    }

    let configuration: TLSConfiguration

    /// Reads PEM files and tries them out.
    package init(certificate: String, key: String) throws(Failure) {
        let chain: [NIOSSLCertificate]
        do { chain = try NIOSSLCertificate.fromPEMFile(certificate) } catch { throw .certificate }
        guard !chain.isEmpty else { throw .certificate }
        let privateKey: NIOSSLPrivateKey
        do { privateKey = try NIOSSLPrivateKey(file: key, format: .pem) } catch { throw .key }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        do { _ = try NIOSSLContext(configuration: configuration) } catch { throw .mismatch }
        self.configuration = configuration
    }
}
