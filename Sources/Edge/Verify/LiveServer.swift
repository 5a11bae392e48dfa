internal import Foundation
package import Signalling

/// The address of a server that is looked at from outside, as a visitor does. A meeting's address may be given instead of
/// the server's: then that page is compared too, since a server could change the page of one meeting only.
package struct LiveServer: Equatable, Sendable {
    /// Why a text is no such address.
    package enum Mistake: Error, Equatable, Sendable {
        /// It does not look like `https://meet.example.org`.
        case address
        /// What stands behind # is a meeting's secret, and not needed here.
        case secret
        /// Over http anybody on the way may change what arrives, so that comparing shows nothing. This machine has no way.
        case plain
    }

    /// How it is reached.
    package let transport: Transport
    /// The meeting that was named.
    package let meeting: MeetingID?
    let host: String
    let port: Int

    /// Reads `https://HOST`, with a port or a meeting's path if there is one, or `http://localhost:8080`.
    package init(_ text: String) throws(Mistake) {
        guard !text.contains("#") else { throw .secret }
        guard let url = URLComponents(string: text), url.user == nil, url.password == nil, url.query == nil,
            let host = url.encodedHost?.filter({ $0 != "[" && $0 != "]" }), !host.isEmpty
        else { throw .address }
        switch url.scheme?.lowercased() {
        case "https": self.transport = .tls
        case "http": self.transport = .plain
        default: throw .address
        }
        self.host = host
        self.port = url.port ?? (self.transport == .tls ? 443 : 80)
        guard (1...65_535).contains(self.port) else { throw .address }
        switch url.path {
        case "", "/": self.meeting = nil
        case let path where path.hasPrefix("/m/"):
            guard let meeting = MeetingID(String(path.dropFirst(3))) else { throw .address }
            self.meeting = meeting
        default: throw .address
        }
        if self.transport == .plain, !OwnOrigin.isLocalName(self.authority) { throw .plain }
    }

    /// As it stands in an address line.
    package var origin: String { (self.transport == .tls ? "https://" : "http://") + self.authority }

    /// For the Host header: with brackets around an IPv6 address and without the usual port.
    var authority: String {
        let host = self.host.contains(":") ? "[\(self.host)]" : self.host
        return self.port == (self.transport == .tls ? 443 : 80) ? host : "\(host):\(self.port)"
    }

    /// What TLS may name; an address has no name to indicate (RFC 6066 §3), and its certificate is checked all the same.
    var name: String? { IPText.bytes(of: self.host) == nil ? self.host : nil }
}
