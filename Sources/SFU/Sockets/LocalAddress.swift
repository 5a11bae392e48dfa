internal import CLinux
internal import Glibc
internal import MediaCore

/// An address of this machine as configuration writes it.
struct LocalAddress: Sendable {
    let text: String
    let family: PathKey.Family
    let high: UInt64
    let low: UInt64

    /// Reads `192.0.2.1` or `2001:db8::1`; brackets are for URLs, scopes for links, and both are refused.
    init?(_ text: String) {
        self.text = text
        var bytes: [UInt8] = Array(repeating: 0, count: 16)
        // SAFETY: inet_pton writes 4 or 16 bytes into an array of 16.
        if unsafe inet_pton(AF_INET, text, &bytes) == 1 {
            self.family = .v4
            self.high = 0
            self.low = bytes[0..<4].reduce(0) { $0 << 8 | UInt64($1) }
        } else if unsafe inet_pton(AF_INET6, text, &bytes) == 1 {
            self.family = .v6
            self.high = bytes[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
            self.low = bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
        } else {
            return nil
        }
    }

    /// `0.0.0.0` or `::`, which is no place to send a datagram to.
    var isWildcard: Bool { self.high == 0 && self.low == 0 }

    /// As a path, to write it into a socket address.
    func path(port: UInt16) -> PathKey {
        PathKey(high: self.high, low: self.low, port: port, socket: 0, transport: .udp, family: self.family)
    }
}
