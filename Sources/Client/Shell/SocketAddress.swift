internal import Glibc
internal import MediaCore

/// The bytes of a `sockaddr_in` or `sockaddr_in6`, written and read by offset: two modules of C declarations own parts of
/// those structs here, and the layout is older and firmer than either.
enum RawSocketAddress {
    /// `sizeof(struct sockaddr_in6)`, the larger one.
    static let byteCountMax = 28

    static func bytes(of path: PathKey) -> [UInt8] {
        let family = UInt16(path.family == .v4 ? AF_INET : AF_INET6)
        var bytes: [UInt8] = [UInt8(family & 0xFF), UInt8(family >> 8), UInt8(path.port >> 8), UInt8(path.port & 0xFF)]
        switch path.family {
        case .v4: bytes += Self.bigEndian(path.low, 4) + [UInt8](repeating: 0, count: 8)
        case .v6:
            bytes += [0, 0, 0, 0] + Self.bigEndian(path.high, 8) + Self.bigEndian(path.low, 8) + [0, 0, 0, 0]
        }
        return bytes
    }

    static func path(of bytes: [UInt8], socket: UInt16) -> PathKey? {
        guard bytes.count >= 16 else { return nil }
        let port = UInt16(bytes[2]) << 8 | UInt16(bytes[3])
        switch Int32(UInt16(bytes[0]) | UInt16(bytes[1]) << 8) {
        case AF_INET:
            return .v4(UInt32(truncatingIfNeeded: Self.number(bytes[4..<8])), port: port, socket: socket)
        case AF_INET6 where bytes.count >= 24:
            return PathKey(
                high: Self.number(bytes[8..<16]), low: Self.number(bytes[16..<24]), port: port, socket: socket,
                transport: .udp, family: .v6)
        default: return nil
        }
    }

    private static func bigEndian(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (count - 1 - $0))) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}

extension PathKey {
    /// The path to a numeric address as signalling names it; nothing when it is none. IPv4 goes over socket 0, IPv6 over 1.
    init?(address text: String, port: UInt16) {
        var bytes = [UInt8](repeating: 0, count: 16)
        // SAFETY: `inet_pton` reads a C string for the length of the call and writes at most 16 bytes.
        if unsafe inet_pton(AF_INET, text, &bytes) == 1 {
            self = .v4(bytes[0..<4].reduce(0) { $0 << 8 | UInt32($1) }, port: port, socket: 0)
        } else if unsafe inet_pton(AF_INET6, text, &bytes) == 1 {
            self.init(
                high: bytes[0..<8].reduce(0) { $0 << 8 | UInt64($1) },
                low: bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }, port: port, socket: 1, transport: .udp,
                family: .v6)
        } else {
            return nil
        }
    }
}
