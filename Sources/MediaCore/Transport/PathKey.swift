/// Where a datagram came from or goes to: local socket, remote address and protocol. It has no description on purpose:
/// addresses never reach a log line (`media.md` 9.6).
public struct PathKey: Hashable, Sendable, BitwiseCopyable {
    /// How datagrams travel on this path.
    public enum TransportProtocol: UInt8, Sendable, BitwiseCopyable {
        /// Plain UDP.
        case udp = 0
        /// ICE-TCP, passive, framed by RFC 4571.
        case tcp = 1
    }

    /// The address family of the remote address.
    public enum Family: UInt8, Sendable, BitwiseCopyable {
        /// IPv4; the address is in the low 32 bits of `low`, host order.
        case v4 = 4
        /// IPv6; `high` and `low` are the two halves, host order.
        case v6 = 6
    }

    /// Upper half of the remote address; 0 for IPv4.
    public var high: UInt64
    /// Lower half of the remote address.
    public var low: UInt64
    /// Remote port.
    public var port: UInt16
    /// Index of the local socket, or of the TCP connection, in the owner's table.
    public var socket: UInt16
    /// UDP or ICE-TCP.
    public var transport: TransportProtocol
    /// IPv4 or IPv6.
    public var family: Family

    /// A path over the local socket with index `socket`.
    public init(
        high: UInt64, low: UInt64, port: UInt16, socket: UInt16, transport: TransportProtocol, family: Family
    ) {
        self.high = high
        self.low = low
        self.port = port
        self.socket = socket
        self.transport = transport
        self.family = family
    }

    /// A UDP path to the IPv4 address `a.b.c.d`, given as one number in host order.
    public static func v4(_ address: UInt32, port: UInt16, socket: UInt16 = 0) -> PathKey {
        PathKey(high: 0, low: UInt64(address), port: port, socket: socket, transport: .udp, family: .v4)
    }
}
