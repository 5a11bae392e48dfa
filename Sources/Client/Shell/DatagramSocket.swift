internal import Glibc
internal import MediaCore

/// One unconnected UDP socket, not blocking. Addresses pass through as `PathKey` and are never written anywhere.
struct DatagramSocket: ~Copyable {
    /// Negative when the system has no such family: then nothing is sent and nothing comes.
    let descriptor: Int32
    private let family: PathKey.Family
    private let index: UInt16

    /// A socket of `family` on any port.
    init(_ family: PathKey.Family, index: UInt16) {
        let domain = family == .v4 ? AF_INET : AF_INET6
        self.descriptor = socket(domain, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        self.family = family
        self.index = index
        // A key frame of many packets must not overflow the default buffer; the kernel gives what it allows.
        var size: Int32 = 1 << 20
        // SAFETY: the option value is an Int32 that outlives the call.
        unsafe setsockopt(self.descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit {
        if self.descriptor >= 0 { close(self.descriptor) }
    }

    /// Sends; a datagram the system does not take is lost like any other.
    func send(_ bytes: UnsafeRawBufferPointer, to path: PathKey) {
        guard path.family == self.family else { return }
        let address = RawSocketAddress.bytes(of: path)
        // SAFETY: the array outlives the call, which reads exactly its count; a `sockaddr` needs no more than 2-byte
        // alignment to be copied by the kernel.
        unsafe address.withUnsafeBytes { raw in
            _ = unsafe sendto(
                self.descriptor, bytes.baseAddress, bytes.count, 0,
                raw.assumingMemoryBound(to: sockaddr.self).baseAddress,
                socklen_t(raw.count))
        }
    }

    /// Receives one datagram into `buffer`; nothing when none waits.
    func receive(into buffer: UnsafeMutableRawBufferPointer) -> (count: Int, path: PathKey)? {
        var address = [UInt8](repeating: 0, count: RawSocketAddress.byteCountMax)
        var length = socklen_t(address.count)
        // SAFETY: array and length outlive the call, which writes at most `length` bytes.
        let count = unsafe address.withUnsafeMutableBytes { raw in
            unsafe recvfrom(
                self.descriptor, buffer.baseAddress, buffer.count, 0,
                raw.assumingMemoryBound(to: sockaddr.self).baseAddress, &length)
        }
        guard count > 0, let path = RawSocketAddress.path(of: address, socket: self.index) else { return nil }
        return (count, path)
    }
}
