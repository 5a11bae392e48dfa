/// Where an endpoint writes its own datagrams (STUN, DTLS, RTCP): one buffer for all endpoints of a worker, reused for
/// each, so that nothing is allocated while draining.
@safe public struct Scratch: ~Copyable {
    /// Room for the largest datagram we send and its authentication tag.
    public static let capacity = 2_048

    // SAFETY: allocated in `init` with `capacity` bytes, owned by this value alone, freed in `deinit`.
    let bytes: UnsafeMutableRawBufferPointer

    /// An empty scratch.
    public init() {
        unsafe self.bytes = .allocate(byteCount: Self.capacity, alignment: 16)
        unsafe self.bytes.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit { unsafe self.bytes.deallocate() }

    /// The first `count` bytes, for sending them; the pointer is valid inside `body` only.
    @unsafe public borrowing func withBytes<Result>(_ count: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result
    {
        precondition(count <= Self.capacity, "no datagram is longer than the scratch")
        return unsafe body(UnsafeRawBufferPointer(rebasing: self.bytes[..<count]))
    }
}
