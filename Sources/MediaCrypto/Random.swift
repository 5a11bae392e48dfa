internal import CNIOBoringSSL

/// `count` bytes nobody can guess: credentials, key material, the certificate's serial number. Everything that may be
/// reproducible in a test takes a seeded generator instead (`media.md` 1.3).
package func randomBytes(_ count: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        // SAFETY: the buffer has at least `count` bytes. BoringSSL aborts rather than answering without randomness.
        if let start = buffer.baseAddress { _ = unsafe RAND_bytes(start, count) }
        initialized = count
    }
}

/// Whether both are equal, in a time that depends on the lengths alone.
package func constantTimeEqual(_ left: RawSpan, _ right: RawSpan) -> Bool {
    guard left.byteCount == right.byteCount else { return false }
    return unsafe left.withUnsafeBytes { left in
        unsafe right.withUnsafeBytes { right in
            guard let leftStart = left.baseAddress, let rightStart = right.baseAddress else { return true }
            // SAFETY: both buffers have `left.count` bytes, checked above, and live for the call.
            return unsafe CRYPTO_memcmp(leftStart, rightStart, left.count) == 0
        }
    }
}
