internal import Meeting

extension PasskeySite {
    /// The site of a server that was told where it is reached.
    init(_ address: PublicAddress) {
        self.init(rp: address.host, origins: [address.origin])
    }

    /// The site of a server that was not told so: this very machine, at the server's own port. Nil for every other name that
    /// a request was sent to: whoever can choose it would choose for whom a passkey is made.
    init?(here authority: String?, port: Int?, _ transport: Transport) {
        guard let authority = authority?.lowercased(), let port, OwnOrigin.isLocalName(authority) else { return nil }
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        let known = transport == .tls ? 443 : 80
        // Browsers leave the port out that everybody knows.
        guard authority == "\(host):\(port)" || (port == known && authority == host) else { return nil }
        let scheme = transport == .tls ? "https" : "http"
        self.init(rp: String(host), origins: ["\(scheme)://\(host)\(port == known ? "" : ":\(port)")"])
    }
}
