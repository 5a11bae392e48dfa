internal import Meeting

extension PasskeySite {
    /// The site that a request was sent to, by the name its sender used for it. Whoever lies about that name gets passkeys
    /// that no browser ever shows to this site. Plain HTTP is for this machine only, as for browsers.
    init(authority: String?) {
        let authority = (authority ?? "").lowercased()
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        var origins = [Self.origin("https", authority, ":443")]
        if OwnOrigin.isLocalName(authority) { origins.append(Self.origin("http", authority, ":80")) }
        self.init(rp: String(host), origins: origins)
    }

    /// Browsers leave the port out that everybody knows.
    private static func origin(_ scheme: String, _ authority: String, _ port: String) -> String {
        "\(scheme)://\(authority.hasSuffix(port) ? String(authority.dropLast(port.count)) : authority)"
    }
}
