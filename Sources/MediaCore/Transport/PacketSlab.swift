/// A reference to one packet in a `PacketSlab`: index and generation, so that a stale handle is an answer, not a trap.
public struct PacketHandle: Equatable, Sendable, BitwiseCopyable {
    /// The cell's index in the slab.
    public var index: UInt32
    /// The cell's generation when the handle was made; odd while the cell is in use.
    public var generation: UInt32

    /// A handle; use `PacketSlab.allocate()` to get one that means something.
    public init(index: UInt32, generation: UInt32) {
        self.index = index
        self.generation = generation
    }

    /// Refers to no packet.
    public static let none = PacketHandle(index: .max, generation: 0)
}

/// What was learnt about a received RTP packet when it was authenticated: everything `Forwarding` may look at. The
/// payload itself is ciphertext to us.
public struct MediaPacket: Sendable, BitwiseCopyable {
    /// Index of the incoming stream in the endpoint's parameters (a section and, for simulcast, one per encoding).
    public var stream: UInt16 = 0
    /// Simulcast encoding, in the order of the section's rids; 0 without simulcast.
    public var encoding: UInt8 = 0
    /// The codec of the packet's payload type.
    public var codec: Codec = .opus
    /// Sequence number extended to 64 bits by the authenticated rollover count.
    public var sequence: UInt64 = 0
    /// RTP timestamp as sent.
    public var timestamp: UInt32 = 0
    /// When the datagram arrived.
    public var arrival: MediaTime = .zero
    /// Where the payload starts in the cell (RTP header, CSRC, extensions and RTX number already skipped).
    public var payloadOffset: UInt16 = 0
    /// Payload bytes without padding.
    public var payloadLength: UInt16 = 0
    /// Marker bit.
    public var marker: Bool = false
    /// Came as a retransmission (RFC 4588).
    public var isRetransmission: Bool = false
    /// First packet of a frame, as far as the payload descriptor tells; true for each audio packet.
    public var startsFrame: Bool = false
    /// Packet belongs to the start of a key frame (VP8: S, PID 0, bit 0 of the shell clear).
    public var startsKeyFrame: Bool = false
    /// The VP8 payload descriptor; all zero for other codecs.
    public var vp8 = VP8Descriptor()

    /// An empty description.
    public init() {}
}

/// The packets of one worker: cells of 2,048 bytes with a metadata header each, allocated at start, given out by index
/// and generation, counted by hand. No cell is allocated on the packet path: an exhausted slab drops and counts
/// (`media.md` 4.4).
@safe public struct PacketSlab: ~Copyable {
    /// Bytes in one cell; more than any datagram we accept.
    public static let cellSize = 2_048

    /// Times `allocate` found no free cell.
    public private(set) var exhausted: UInt64 = 0
    /// Cells in use now.
    public private(set) var used = 0
    /// Cells in all.
    public let capacity: Int

    private struct Header {
        var references: Int32 = 0
        var generation: UInt32 = 0
        var nextFree: UInt32 = .max
        var packet = MediaPacket()
    }

    // SAFETY: both are allocated in `init` for `capacity` entries, owned by this value alone and freed in `deinit`; every
    // index is checked against `capacity` and the generation before use.
    private let headers: UnsafeMutablePointer<Header>
    private let bytes: UnsafeMutableRawPointer
    private var firstFree: UInt32

    /// Reserves `capacity` cells (1 to 2^24).
    public init(capacity: Int) {
        precondition((1...1 << 24).contains(capacity), "a slab has at least one cell and an index fits 24 bits")
        self.capacity = capacity
        unsafe self.headers = .allocate(capacity: capacity)
        unsafe self.bytes = .allocate(byteCount: capacity * Self.cellSize, alignment: 64)
        for index in 0..<capacity {
            var header = Header()
            header.nextFree = index + 1 < capacity ? UInt32(index + 1) : .max
            unsafe (self.headers + index).initialize(to: header)
        }
        self.firstFree = 0
    }

    deinit {
        unsafe self.headers.deallocate()
        unsafe self.bytes.deallocate()
    }

    /// Takes a free cell with one reference, or nothing when the slab is exhausted.
    public mutating func allocate() -> PacketHandle? {
        guard self.firstFree != .max else {
            self.exhausted &+= 1
            return nil
        }
        let index = self.firstFree
        let header = unsafe self.headers + Int(index)
        self.firstFree = unsafe header.pointee.nextFree
        unsafe header.pointee.generation &+= 1
        unsafe header.pointee.references = 1
        unsafe header.pointee.packet = MediaPacket()
        self.used += 1
        return unsafe PacketHandle(index: index, generation: header.pointee.generation)
    }

    /// Whether `handle` still refers to a packet.
    public func holds(_ handle: PacketHandle) -> Bool {
        guard handle.index < UInt32(self.capacity), handle.generation & 1 == 1 else { return false }
        return unsafe self.headers[Int(handle.index)].generation == handle.generation
    }

    /// Adds a reference; answers false for a stale handle.
    @discardableResult
    public mutating func retain(_ handle: PacketHandle) -> Bool {
        guard self.holds(handle) else { return false }
        unsafe self.headers[Int(handle.index)].references &+= 1
        return true
    }

    /// Gives a reference back; the last one frees the cell. A stale handle is ignored.
    public mutating func release(_ handle: PacketHandle) {
        guard self.holds(handle) else { return }
        let header = unsafe self.headers + Int(handle.index)
        unsafe header.pointee.references &-= 1
        guard unsafe header.pointee.references == 0 else { return }
        unsafe header.pointee.generation &+= 1
        unsafe header.pointee.nextFree = self.firstFree
        self.firstFree = handle.index
        self.used -= 1
    }

    /// What is known of the packet. A stale handle is a broken invariant here: ask `holds` first when in doubt.
    public subscript(_ handle: PacketHandle) -> MediaPacket {
        get {
            precondition(self.holds(handle), "the caller owns a reference")
            return unsafe self.headers[Int(handle.index)].packet
        }
        set {
            precondition(self.holds(handle), "the caller owns a reference")
            unsafe self.headers[Int(handle.index)].packet = newValue
        }
    }

    /// The whole cell of `handle`. The pointer is valid while the caller owns a reference and the slab lives.
    @unsafe public func cell(_ handle: PacketHandle) -> UnsafeMutableRawBufferPointer {
        precondition(self.holds(handle), "the caller owns a reference")
        // SAFETY: the index was checked; the cell has exactly `cellSize` bytes.
        return unsafe UnsafeMutableRawBufferPointer(
            start: self.bytes + Int(handle.index) * Self.cellSize, count: Self.cellSize)
    }
}
