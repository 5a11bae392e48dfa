internal import CLinux
internal import Glibc
internal import MediaCore

/// What a datagram is worth when a socket would not take it.
enum DatagramClass: UInt8, BitwiseCopyable {
    case control
    case audio
    case video
}

/// Up to 64 datagrams on their way to one socket. Each is written right behind the one before: consecutive datagrams of
/// one path in equal size already form a run of UDP_SEGMENT (`media.md` 4.3), although today each is a message of its own.
@safe struct SendBatch: ~Copyable {
    struct Item: BitwiseCopyable {
        var path: PathKey
        var offset: Int
        var length: Int
        var worth: DatagramClass
    }

    // SAFETY: each has `SFUBounds.batch` entries (`bytes`: that many datagrams), allocated in `init`, owned by this value
    // alone, freed in `deinit`; the first `count` items are initialised. `messages` points into the others, which never
    // move.
    private let items: UnsafeMutablePointer<Item>
    private let messages: UnsafeMutablePointer<beraad_message>
    private let vectors: UnsafeMutablePointer<iovec>
    private let addresses: UnsafeMutableRawPointer
    private let bytes: UnsafeMutableRawPointer

    private(set) var count = 0
    private var used = 0

    init() {
        let size = SFUBounds.batch
        unsafe self.items = .allocate(capacity: size)
        unsafe self.messages = .allocate(capacity: size)
        unsafe self.vectors = .allocate(capacity: size)
        unsafe self.addresses = .allocate(byteCount: size * SocketAddress.stride, alignment: 8)
        unsafe self.bytes = .allocate(byteCount: size * SFUBounds.datagram, alignment: 64)
        unsafe self.addresses.initializeMemory(as: UInt8.self, repeating: 0, count: size * SocketAddress.stride)
        unsafe self.bytes.initializeMemory(as: UInt8.self, repeating: 0, count: size * SFUBounds.datagram)
        for index in 0..<size {
            unsafe (self.vectors + index).initialize(to: iovec(iov_base: self.bytes, iov_len: 0))
            var message = unsafe beraad_message()
            unsafe message.header.msg_iov = self.vectors + index
            unsafe message.header.msg_iovlen = 1
            unsafe message.header.msg_name = self.addresses + index * SocketAddress.stride
            unsafe (self.messages + index).initialize(to: message)
        }
    }

    deinit {
        unsafe self.items.deallocate()
        unsafe self.messages.deallocate()
        unsafe self.vectors.deallocate()
        unsafe self.addresses.deallocate()
        unsafe self.bytes.deallocate()
    }

    var isFull: Bool { self.count == SFUBounds.batch }

    /// Room for the next datagram, until it is committed. Not to be asked of a full batch.
    @unsafe var space: UnsafeMutableRawBufferPointer {
        precondition(!self.isFull, "a full batch is sent first")
        // SAFETY: `count` datagrams of at most `SFUBounds.datagram` bytes were committed, so one more fits.
        return unsafe UnsafeMutableRawBufferPointer(start: self.bytes + self.used, count: SFUBounds.datagram)
    }

    /// The first `length` bytes of `space` are a datagram for `path`.
    mutating func commit(_ length: Int, to path: PathKey, worth: DatagramClass) {
        precondition(!self.isFull && length <= SFUBounds.datagram, "a datagram fits its space")
        unsafe (self.items + self.count).initialize(
            to: Item(path: path, offset: self.used, length: length, worth: worth))
        let address = unsafe self.addresses + self.count * SocketAddress.stride
        unsafe self.messages[self.count].header.msg_namelen = SocketAddress.write(path, into: address)
        unsafe self.vectors[self.count] = iovec(iov_base: self.bytes + self.used, iov_len: length)
        self.used += length
        self.count += 1
    }

    /// Gives the kernel the messages from `first` on; answers how many it took, or -1 with errno.
    func send(from first: Int, to socket: Int32) -> Int {
        guard first < self.count else { return 0 }
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        return unsafe Int(beraad_sendmmsg(socket, self.messages + first, UInt32(self.count - first), flags))
    }

    /// One committed datagram.
    func item(_ index: Int) -> Item {
        precondition(index < self.count, "the caller goes through `count`")
        return unsafe self.items[index]
    }

    /// Its bytes, until `clear`.
    @unsafe func datagram(_ item: Item) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: self.bytes + item.offset, count: item.length)
    }

    mutating func clear() {
        self.count = 0
        self.used = 0
    }
}
