internal import CLinux
internal import Glibc
internal import MediaCore

/// One bound UDP socket, non-blocking, with kernel receive times and a count of what the kernel had to drop.
struct UDPSocket: ~Copyable {
    let descriptor: Int32
    /// The port it is bound to.
    let port: UInt16

    /// Binds `address`; port 0 takes any.
    init(_ address: LocalAddress, port: UInt16) throws(MediaPlaneError) {
        let domain = address.family == .v4 ? AF_INET : AF_INET6
        let kind = Int32(SOCK_DGRAM.rawValue) | Int32(BERAAD_SOCK_FLAGS)
        let descriptor = Glibc.socket(domain, kind, 0)
        guard descriptor >= 0 else { throw .system(errno: errno) }
        if address.family == .v6 { Self.set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
        Self.set(descriptor, SOL_SOCKET, Int32(BERAAD_SO_TIMESTAMPNS), 1)
        Self.set(descriptor, SOL_SOCKET, Int32(BERAAD_SO_RXQ_OVFL), 1)
        // Each is refused without harm where the system allows less.
        Self.set(descriptor, SOL_SOCKET, SO_RCVBUF, SFUBounds.socketBuffer)
        Self.set(descriptor, SOL_SOCKET, SO_SNDBUF, SFUBounds.socketBuffer)
        Self.set(descriptor, SOL_SOCKET, Int32(BERAAD_SO_RCVBUFFORCE), SFUBounds.socketBuffer)
        Self.set(descriptor, SOL_SOCKET, Int32(BERAAD_SO_SNDBUFFORCE), SFUBounds.socketBuffer)
        do throws(MediaPlaneError) {
            self.port = try Self.bind(descriptor, address, port)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    deinit { close(self.descriptor) }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        // SAFETY: the option's value is one Int32, alive for the call.
        _ = unsafe setsockopt(descriptor, level, option, &value, 4)
    }

    private static func bind(
        _ descriptor: Int32, _ address: LocalAddress, _ port: UInt16
    ) throws(MediaPlaneError) -> UInt16 {
        // SAFETY: the buffer has `stride` bytes, enough for both address structures, and lives until the end of scope.
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: SocketAddress.stride, alignment: 8)
        defer { unsafe bytes.deallocate() }
        unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0, count: SocketAddress.stride)
        var length = unsafe SocketAddress.write(address.path(port: port), into: bytes)
        let pointer = unsafe bytes.assumingMemoryBound(to: sockaddr.self)
        guard unsafe Glibc.bind(descriptor, pointer, length) == 0 else {
            throw .cannotBind(address: address.text, port: port, errno: errno)
        }
        guard unsafe getsockname(descriptor, pointer, &length) == 0,
            let bound = unsafe SocketAddress.read(UnsafeRawPointer(bytes), socket: 0)
        else { throw .system(errno: errno) }
        return bound.port
    }
}
