internal import NIOHTTP1
internal import NIOSSL

/// Why a server could not be compared, or not to the end.
package enum LiveFailure: Error, Equatable, Sendable {
    /// Nobody answers there, or the connection broke.
    case unreachable
    /// It did not answer, or not to the end, in the time it had.
    case slow
    /// Its certificate is not one for this name that is trusted here.
    case certificate
    /// Something answers, and TLS is not what it speaks.
    case notTLS
    /// Something answers, and HTTP is not what it speaks, or with more headers than anybody needs.
    case notHTTP
    /// It is out of order, or takes no more questions.
    case failing(status: Int)
    /// Its page names no release of Beraad, so that there is nothing to compare with.
    case notBeraad
}

extension LiveFailure {
    /// What went wrong on a connection.
    init(_ error: any Error) {
        switch error {
        case let failure as LiveFailure: self = failure
        case is HTTPParserError: self = .notHTTP
        case is NIOSSLExtraError: self = .certificate
        case NIOSSLError.unableToValidateCertificate, NIOSSLError.noCertificateToValidate,
            NIOSSLError.cannotFindPeerIP:
            self = .certificate
        case NIOSSLError.handshakeFailed(let reason):
            // BoringSSL tells its reasons as text only.
            self = String(describing: reason).contains("CERTIFICATE_VERIFY_FAILED") ? .certificate : .notTLS
        default: self = .unreachable
        }
    }
}
