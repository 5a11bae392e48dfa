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
    /// What requests of this caller come on; nil for a WebSocket, which has an end of its own.
    private let channel: (any Channel)?

    /// The other end of a connection.
    package init(source: ApplicationRequestContextSource) {
        self.init(peer: source.channel.remoteAddress?.ipAddress, [:], .none, source.channel)
    }

    /// Whoever asks for a WebSocket: the other end's address as text, and the headers of the request.
    package init(peer: String?, _ headers: HTTPHeaders, _ proxies: TrustedProxies) {
        self.init(peer: peer, headers, proxies, nil)
    }

    private init(peer: String?, _ headers: HTTPHeaders, _ proxies: TrustedProxies, _ channel: (any Channel)?) {
        self.channel = channel
        let bytes = peer.flatMap(IPText.bytes)
        let isProxy = bytes.map(proxies.contains) ?? false
        self.remote = Redacted(bytes)
        self.origin = Redacted(isProxy ? proxies.origin(headers) : .direct)
    }

    private init(
        remote: Redacted<[UInt8]?>, origin: Redacted<TrustedProxies.Origin>, channel: (any Channel)?
    ) {
        self.remote = remote
        self.origin = origin
        self.channel = channel
    }

    /// The same, once the headers of its request are known: a trusted proxy may speak for somebody.
    func speaking(in fields: HTTPFields, through proxies: TrustedProxies) -> Caller {
        guard let bytes = self.remote.exposed, proxies.contains(bytes) else { return self }
        let headers = HTTPHeaders(fields.map { ($0.name.rawName, $0.value) })
        return Caller(remote: self.remote, origin: Redacted(proxies.origin(headers)), channel: self.channel)
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
