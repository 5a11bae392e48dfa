internal import Wire

/// Bytes that must not outlive their use: owned once, compared in constant time, zeroed when dropped. No description
/// and no encoding on purpose.
@safe public struct Secret: ~Copyable, @unchecked Sendable {
    // `@unchecked Sendable` because the bytes are never written after `init` and freed exactly once, by the only owner.

    // SAFETY: allocated in `init` with `count` bytes, owned by this value alone, zeroed and freed in `deinit`.
    private let storage: UnsafeMutableBufferPointer<UInt8>

    /// Number of bytes.
    public var count: Int { unsafe self.storage.count }

    /// `count` bytes written by `fill`; they are zero before.
    public init<Failure: Error>(
        count: Int, _ fill: (inout MutableSpan<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        let storage = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: count)
        unsafe storage.initialize(repeating: 0)
        do throws(Failure) {
            var span = unsafe MutableSpan(_unsafeElements: storage)
            try fill(&span)
        } catch {
            unsafe wipe(storage)
            unsafe storage.deallocate()
            throw error
        }
        unsafe self.storage = storage
    }

    /// A copy of `bytes`; the caller wipes its own.
    public init(copying bytes: Span<UInt8>) {
        self.init(count: bytes.count) { (out: inout MutableSpan<UInt8>) in
            for index in bytes.indices { out[index] = bytes[index] }
        }
    }

    /// Bytes one after the other, for what is hashed or sealed as a whole; the caller wipes its own.
    init(joining first: Span<UInt8>, _ second: Span<UInt8>, _ third: Span<UInt8> = Span()) {
        self.init(count: first.count + second.count + third.count) { (out: inout MutableSpan<UInt8>) in
            for index in first.indices { out[index] = first[index] }
            for index in second.indices { out[first.count + index] = second[index] }
            for index in third.indices { out[first.count + second.count + index] = third[index] }
        }
    }

    /// The same with a secret behind what everybody may see.
    init(joining head: Span<UInt8>, _ secret: borrowing Secret) { self.init(joining: head, secret.span) }

    deinit {
        unsafe wipe(self.storage)
        unsafe self.storage.deallocate()
    }

    /// The bytes, for as long as the secret lives.
    public var span: Span<UInt8> {
        @_lifetime(borrow self)
        borrowing get {
            let span = unsafe Span(_unsafeElements: UnsafeBufferPointer(self.storage))
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// Another owner of the same bytes, on purpose a word one has to write.
    public borrowing func duplicate() -> Secret { Secret(copying: self.span) }

    /// The bytes in the open: for what is sealed at once, and for known answers.
    package borrowing func copied() -> [UInt8] { self.span.copied() }

    /// Whether both hold the same bytes, without telling by time where they differ.
    public static func == (left: borrowing Secret, right: borrowing Secret) -> Bool {
        // SAFETY: every bit pattern of a UInt8 is a byte.
        unsafe equalInConstantTime(left.span.bytes, right.span.bytes)
    }
}

/// Writing zeros to memory that is about to be freed is what optimisers remove first: so somebody seems to read them. The
/// loop itself is optimised, for keys are wiped all the time.
@inline(never)
private func wipe(_ bytes: UnsafeMutableBufferPointer<UInt8>) {
    unsafe bytes.update(repeating: 0)
    unsafe look(at: bytes)
}

@inline(never)
@_optimize(none)
private func look(at bytes: UnsafeMutableBufferPointer<UInt8>) {}

extension Array where Element == UInt8 {
    /// Zeroes an array that held a secret because somebody wants arrays. It must be the only owner of its bytes, or another
    /// copy is zeroed.
    mutating func wipe() {
        // SAFETY: the array is not touched by anybody else meanwhile.
        unsafe self.withUnsafeMutableBufferPointer { unsafe E2EE.wipe($0) }
    }
}
