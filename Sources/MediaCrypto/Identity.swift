/// Who we are to the peers of DTLS: a key pair, its certificate, and the fingerprint signalling tells. The private key
/// never leaves memory. Make one at process start and every 24 hours for new endpoints (`media.md` 5.3).
package struct Identity: Sendable {
    /// SHA-256 of the certificate, 32 bytes.
    package var fingerprint: [UInt8] { self.context.fingerprint }

    let context: DTLSContext

    /// Generates a key pair and signs its certificate.
    package init() throws(MediaCryptoError) {
        self.context = try DTLSContext()
    }
}
