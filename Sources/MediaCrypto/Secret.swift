internal import CNIOBoringSSL

/// Bytes of a key on their way from one function to the next: wiped when the value goes.
@safe package struct Secret: ~Copyable, @unchecked Sendable {  // because it alone owns its memory
    // SAFETY: allocated in `init`, owned by this value alone, wiped and freed in `deinit`.
    private let memory: UnsafeMutableRawBufferPointer

    /// `count` zero bytes, handed to `fill` once.
    package init(count: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) {
        unsafe self.memory = .allocate(byteCount: count, alignment: 16)
        unsafe self.memory.initializeMemory(as: UInt8.self, repeating: 0)
        unsafe fill(self.memory)
    }

    deinit {
        unsafe OPENSSL_cleanse(self.memory.baseAddress, self.memory.count)
        unsafe self.memory.deallocate()
    }

    /// How many bytes.
    package var count: Int { unsafe self.memory.count }

    /// The bytes, lent.
    package var bytes: RawSpan {
        @_lifetime(borrow self)
        borrowing get {
            // SAFETY: the memory lives exactly as long as this value, which the span borrows.
            let span = unsafe RawSpan(_unsafeBytes: UnsafeRawBufferPointer(self.memory))
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }
}
