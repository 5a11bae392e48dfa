internal import HTTPTypes

/// Cross-site request safety without cookies: a request that names an origin must name the one it was sent to. Programs
/// name none and are let through, for a browser always names one where it matters.
struct OwnOrigin: Sendable {
    func admits(_ headers: HTTPFields, authority: String?) -> Bool {
        self.admits(origins: headers[values: .origin], authority: authority)
    }

    /// The scheme is not compared: behind a proxy that adds TLS the server sees plain HTTP.
    func admits(origins: [String], authority: String?) -> Bool {
        guard let origin = origins.first else { return true }
        guard origins.count == 1, let authority else { return false }
        for (scheme, port) in [("https://", ":443"), ("http://", ":80")] where origin.hasPrefix(scheme) {
            let named = origin.dropFirst(scheme.count).lowercased()
            let own = authority.lowercased()
            return named == own || named + port == own || named == own + port
        }
        return false
    }

    /// A name that only this machine answers to, so that no other site's name was pointed at it (DNS rebinding).
    static func isLocalName(_ authority: String?) -> Bool {
        guard let authority = authority?.lowercased() else { return false }
        let bare = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        return ["localhost", "127.0.0.1", "[::1]"].contains(String(bare))
    }
}
