internal import HTTPTypes
package import Hummingbird
internal import NIOCore
internal import Redaction

/// Who makes a request, as far as the server needs to know: from this machine or not, and from which part of the network
/// for limits. The address itself cannot be printed.
package struct Caller: InitializableFromSource, Sendable {
    private let remote: Redacted<SocketAddress?>

    /// The other end of a connection.
    package init(source: ApplicationRequestContextSource) {
        self.init(channel: source.channel)
    }

    init(channel: any Channel) {
        self.remote = Redacted(channel.remoteAddress)
    }

    init(address: SocketAddress?) {
        self.remote = Redacted(address)
    }

    /// The connection comes from this very machine, and no proxy says that it speaks for another.
    func isLocal(_ headers: HTTPFields) -> Bool {
        guard headers.allSatisfy({ !Self.forwarding.contains($0.name.canonicalName) }) else { return false }
        return self.isLoopback
    }

    private static let forwarding: Set<String> = [
        "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via",
    ]

    var isLoopback: Bool {
        guard let bytes = self.bytes else { return false }
        return bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }

    /// What a limit counts by: a whole IPv4 address, or the /56 that one household or school gets (`privacy.md` 4.5).
    var prefix: Redacted<[UInt8]>? {
        guard let bytes = self.bytes, !self.isLoopback else { return nil }
        return Redacted(bytes.count == 4 ? bytes : Array(bytes.prefix(7)))
    }

    private var bytes: [UInt8]? {
        self.remote.exposed?.ipAddress.flatMap(IPText.bytes)
    }
}
