internal import MediaCore

/// The datagram on its way to the socket.
@safe package struct PacketBuffer: ~Copyable {
    // SAFETY: allocated in `init`, owned by this value alone, freed in `deinit`.
    package let bytes: UnsafeMutableRawBufferPointer

    /// An empty buffer.
    package init() {
        unsafe self.bytes = .allocate(byteCount: Scratch.capacity, alignment: 16)
        unsafe self.bytes.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit { unsafe self.bytes.deallocate() }

    func copy(_ scratch: borrowing Scratch, _ count: Int) {
        // SAFETY: both buffers have the same capacity, and `withBytes` checks the count against it.
        unsafe scratch.withBytes(count) { unsafe self.bytes.copyMemory(from: $0) }
    }

    /// The first `count` bytes, copied.
    package func prefix(_ count: Int) -> [UInt8] {
        // SAFETY: slicing checks the bound.
        unsafe Array(self.bytes[..<count])
    }
}
