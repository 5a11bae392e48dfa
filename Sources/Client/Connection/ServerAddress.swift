/// Where a server is: scheme, host and port of a URL. It is never written to a log.
public struct ServerAddress: Equatable, Sendable {
    /// TLS is used.
    public var isSecure: Bool
    /// Name or numeric address, without brackets.
    public var host: String
    /// TCP port.
    public var port: Int
    /// A PEM file of certificates to trust beside the system's: for servers whose certificate nobody else signs.
    public var trustedCertificates: String?

    /// The server of `http://…` or `https://…`; what follows host and port is ignored.
    public init?(_ url: some StringProtocol) {
        let rest: Substring
        if url.hasPrefix("https://") {
            self.isSecure = true
            rest = Substring(url.dropFirst(8))
        } else if url.hasPrefix("http://") {
            self.isSecure = false
            rest = Substring(url.dropFirst(7))
        } else {
            return nil
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.isEmpty, !authority.contains("@"), let (host, port) = Self.split(authority) else { return nil }
        self.host = host
        self.port = port ?? (self.isSecure ? 443 : 80)
    }

    /// As it stands in a URL: with brackets around an IPv6 address and without the usual port.
    public var origin: String {
        let host = self.host.contains(":") ? "[\(self.host)]" : self.host
        let isUsual = self.port == (self.isSecure ? 443 : 80)
        return (self.isSecure ? "https://" : "http://") + host + (isUsual ? "" : ":\(self.port)")
    }

    /// For the Host header.
    var authority: String { String(self.origin.drop { $0 != "/" }.dropFirst(2)) }

    private static func split(_ authority: Substring) -> (String, Int?)? {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            let host = authority[authority.index(after: authority.startIndex)..<end]
            return Self.port(authority[authority.index(after: end)...]).map { (String(host), $0) }
        }
        let colon = authority.firstIndex(of: ":") ?? authority.endIndex
        guard colon != authority.startIndex else { return nil }
        return Self.port(authority[colon...]).map { (String(authority[..<colon]), $0) }
    }

    /// `:8080`, or nothing at all; anything else is no port.
    private static func port(_ text: Substring) -> Int?? {
        guard !text.isEmpty else { return .some(nil) }
        guard text.first == ":", let port = Int(text.dropFirst()), (1...65_535).contains(port) else { return nil }
        return .some(port)
    }
}
