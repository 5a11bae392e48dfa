internal import Glibc
internal import MediaCore

/// The kernel's address structures, read and written by offset: `sockaddr_in` (16 bytes) and `sockaddr_in6` (28).
enum SocketAddress {
    /// Bytes kept for each address.
    static let stride = 32

    /// Writes the remote address of `path`; answers its length.
    ///
    /// SAFETY: `bytes` has at least `stride` bytes.
    @unsafe static func write(_ path: PathKey, into bytes: UnsafeMutableRawPointer) -> UInt32 {
        unsafe bytes.storeBytes(of: path.port.bigEndian, toByteOffset: 2, as: UInt16.self)
        switch path.family {
        case .v4:
            unsafe bytes.storeBytes(of: UInt16(AF_INET), as: UInt16.self)
            let address = UInt32(truncatingIfNeeded: path.low)
            unsafe bytes.storeBytes(of: address.bigEndian, toByteOffset: 4, as: UInt32.self)
            unsafe bytes.storeBytes(of: 0, toByteOffset: 8, as: UInt64.self)
            return 16
        case .v6:
            unsafe bytes.storeBytes(of: UInt16(AF_INET6), as: UInt16.self)
            unsafe bytes.storeBytes(of: 0, toByteOffset: 4, as: UInt32.self)
            unsafe bytes.storeBytes(of: path.high.bigEndian, toByteOffset: 8, as: UInt64.self)
            unsafe bytes.storeBytes(of: path.low.bigEndian, toByteOffset: 16, as: UInt64.self)
            unsafe bytes.storeBytes(of: 0, toByteOffset: 24, as: UInt32.self)
            return 28
        }
    }

    /// Reads what the kernel wrote; nil for a family we did not ask for.
    ///
    /// SAFETY: `bytes` has at least `stride` bytes.
    @unsafe static func read(_ bytes: UnsafeRawPointer, socket: UInt16) -> PathKey? {
        let port = unsafe UInt16(bigEndian: bytes.load(fromByteOffset: 2, as: UInt16.self))
        switch unsafe Int32(bytes.load(as: UInt16.self)) {
        case AF_INET:
            let address = unsafe UInt32(bigEndian: bytes.load(fromByteOffset: 4, as: UInt32.self))
            return .v4(address, port: port, socket: socket)
        case AF_INET6:
            let high = unsafe UInt64(bigEndian: bytes.load(fromByteOffset: 8, as: UInt64.self))
            let low = unsafe UInt64(bigEndian: bytes.load(fromByteOffset: 16, as: UInt64.self))
            return PathKey(high: high, low: low, port: port, socket: socket, transport: .udp, family: .v6)
        default: return nil
        }
    }
}
