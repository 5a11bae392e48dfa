internal import HTTPTypes
package import Hummingbird
internal import NIOCore
package import NIOHTTP1
package import Redaction

/// Who makes a request, as far as the server needs to know: from this machine or not, and from which part of the network
/// for limits. The address itself cannot be printed.
package struct Caller: InitializableFromSource, Sendable {
    /// The other end of the connection, which may be a proxy.
    private let remote: Redacted<[UInt8]?>
    /// Whom a trusted proxy speaks for.
    private let origin: Redacted<TrustedProxies.Origin>
    /// The port of this server that they came to.
    let port: Int?
    /// What requests of this caller come on; nil for a WebSocket, which has an end of its own.
    private let channel: (any Channel)?

    /// The other end of a connection.
    package init(source: ApplicationRequestContextSource) {
        let channel = source.channel
        self.init(
            peer: channel.remoteAddress?.ipAddress, [:], .none, port: channel.localAddress?.port, channel: channel)
    }

    /// Whoever asks for a WebSocket: the other end's address as text, and the headers of the request.
    package init(peer: String?, _ headers: HTTPHeaders, _ proxies: TrustedProxies, port: Int? = nil) {
        self.init(peer: peer, headers, proxies, port: port, channel: nil)
    }

    private init(
        peer: String?, _ headers: HTTPHeaders, _ proxies: TrustedProxies, port: Int?, channel: (any Channel)?
    ) {
        let bytes = peer.flatMap(IPText.bytes)
        self.remote = Redacted(bytes)
        self.origin = Redacted(Self.origin(bytes, headers, proxies))
        self.port = port
        self.channel = channel
    }

    private init(
        remote: Redacted<[UInt8]?>, origin: Redacted<TrustedProxies.Origin>, port: Int?, channel: (any Channel)?
    ) {
        self.remote = remote
        self.origin = origin
        self.port = port
        self.channel = channel
    }

    /// A trusted proxy may speak for somebody. One on this machine that was not named does not pass for this machine: whoever
    /// comes through it has one limit together with all others who do.
    private static func origin(
        _ peer: [UInt8]?, _ headers: HTTPHeaders, _ proxies: TrustedProxies
    ) -> TrustedProxies.Origin {
        guard let peer else { return .direct }
        if proxies.contains(peer) { return proxies.origin(headers) }
        let isForwarded = headers.contains { Self.forwarding.contains($0.name.lowercased()) }
        return isForwarded && Self.isLoopback(peer) ? .unknown : .direct
    }

    /// The same, once the headers of its request are known.
    func speaking(in fields: HTTPFields, through proxies: TrustedProxies) -> Caller {
        let headers = HTTPHeaders(fields.map { ($0.name.rawName, $0.value) })
        let origin = Self.origin(self.remote.exposed, headers, proxies)
        return Caller(remote: self.remote, origin: Redacted(origin), port: self.port, channel: self.channel)
    }

    /// A proxy on this machine speaks for somebody, and was not named.
    func isUnnamedProxy(_ headers: HTTPFields, _ proxies: TrustedProxies) -> Bool {
        guard let peer = self.remote.exposed, !proxies.contains(peer) else { return false }
        return self.isLoopback && !self.isLocal(headers)
    }

    /// Ends the connection after a time, whatever is on its way; unless that is cancelled.
    func cut(after time: Duration) -> Scheduled<Void>? {
        guard let channel = self.channel else { return nil }
        return channel.eventLoop.scheduleTask(in: TimeAmount(time)) { channel.close(promise: nil) }
    }

    /// The connection comes from this very machine, and no proxy says that it speaks for another.
    func isLocal(_ headers: HTTPFields) -> Bool {
        guard headers.allSatisfy({ !Self.forwarding.contains($0.name.canonicalName) }) else { return false }
        return self.isLoopback
    }

    private static let forwarding: Set<String> = [
        "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via",
    ]

    var isLoopback: Bool { self.remote.exposed.map(Self.isLoopback) ?? false }

    /// What a limit counts by: a whole IPv4 address, or the /56 that one household or school gets (`privacy.md` 4.5).
    /// Nothing from this very machine. Whoever a proxy does not name has one limit together with all others of that kind.
    package var prefix: Redacted<[UInt8]>? {
        switch self.origin.exposed {
        case .direct: self.remote.exposed.flatMap(Self.prefix)
        case .forwarded(let address): Self.prefix(of: address)
        case .unknown: Redacted([])
        }
    }

    private static func prefix(of address: [UInt8]) -> Redacted<[UInt8]>? {
        guard !Self.isLoopback(address) else { return nil }
        return Redacted(address.count == 4 ? address : Array(address.prefix(7)))
    }

    private static func isLoopback(_ bytes: [UInt8]) -> Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }
}
