internal import CLinux
internal import Glibc
internal import MediaCore

/// Up to 64 datagrams of one call, with where and when each came from. One for a whole worker: it is read before the
/// next call fills it.
@safe struct ReceiveBatch: ~Copyable {
    private static let controlSize = 128

    // SAFETY: each has `SFUBounds.batch` entries (or that many times its stride in bytes), allocated in `init`, owned
    // by this value alone, freed in `deinit`. `messages` points into the others, which never move. Indices are checked
    // against `count`, which never exceeds the batch.
    private let messages: UnsafeMutablePointer<beraad_message>
    private let vectors: UnsafeMutablePointer<iovec>
    private let bytes: UnsafeMutableRawPointer
    private let addresses: UnsafeMutableRawPointer
    private let controls: UnsafeMutableRawPointer

    private(set) var count = 0

    init() {
        let size = SFUBounds.batch
        unsafe self.messages = .allocate(capacity: size)
        unsafe self.vectors = .allocate(capacity: size)
        unsafe self.bytes = .allocate(byteCount: size * SFUBounds.datagram, alignment: 64)
        unsafe self.addresses = .allocate(byteCount: size * SocketAddress.stride, alignment: 8)
        unsafe self.controls = .allocate(byteCount: size * Self.controlSize, alignment: 8)
        unsafe self.bytes.initializeMemory(as: UInt8.self, repeating: 0, count: size * SFUBounds.datagram)
        unsafe self.addresses.initializeMemory(as: UInt8.self, repeating: 0, count: size * SocketAddress.stride)
        unsafe self.controls.initializeMemory(as: UInt8.self, repeating: 0, count: size * Self.controlSize)
        for index in 0..<size {
            let vector = unsafe iovec(iov_base: self.bytes + index * SFUBounds.datagram, iov_len: SFUBounds.datagram)
            unsafe (self.vectors + index).initialize(to: vector)
            var message = unsafe beraad_message()
            unsafe message.header.msg_iov = self.vectors + index
            unsafe message.header.msg_iovlen = 1
            unsafe message.header.msg_name = self.addresses + index * SocketAddress.stride
            unsafe message.header.msg_control = self.controls + index * Self.controlSize
            unsafe (self.messages + index).initialize(to: message)
        }
    }

    deinit {
        unsafe self.messages.deallocate()
        unsafe self.vectors.deallocate()
        unsafe self.bytes.deallocate()
        unsafe self.addresses.deallocate()
        unsafe self.controls.deallocate()
    }

    /// Takes what the socket has, without waiting. Answers the count; 0 = nothing now.
    mutating func fill(from socket: Int32) -> Int {
        for index in 0..<SFUBounds.batch {
            unsafe self.messages[index].header.msg_namelen = UInt32(SocketAddress.stride)
            unsafe self.messages[index].header.msg_controllen = Self.controlSize
        }
        let received = unsafe beraad_recvmmsg(
            socket, self.messages, UInt32(SFUBounds.batch), Int32(MSG_DONTWAIT), nil)
        self.count = max(0, Int(received))
        return self.count
    }

    /// Bytes of datagram `index`; nil when it was longer than we accept.
    func length(_ index: Int) -> Int? {
        precondition(index < self.count, "the caller goes through `count`")
        let isTruncated = unsafe self.messages[index].header.msg_flags & Int32(MSG_TRUNC) != 0
        return unsafe isTruncated ? nil : min(Int(self.messages[index].length), SFUBounds.datagram)
    }

    /// Where it came from.
    func path(_ index: Int, socket: UInt16) -> PathKey? {
        precondition(index < self.count, "the caller goes through `count`")
        return unsafe SocketAddress.read(self.addresses + index * SocketAddress.stride, socket: socket)
    }

    /// The kernel's word on it.
    func control(_ index: Int) -> beraad_control {
        precondition(index < self.count, "the caller goes through `count`")
        return unsafe beraad_read_control(&self.messages[index].header)
    }

    /// The datagram, until the next `fill`.
    @_lifetime(borrow self)
    func datagram(_ index: Int, length: Int) -> RawSpan {
        precondition(index < self.count && length <= SFUBounds.datagram, "the caller goes through `count`")
        let span = unsafe RawSpan(_unsafeStart: self.bytes + index * SFUBounds.datagram, byteCount: length)
        return unsafe _overrideLifetime(span, borrowing: self)
    }
}
