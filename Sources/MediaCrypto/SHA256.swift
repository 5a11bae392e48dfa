internal import CNIOBoringSSL

/// SHA-256 of `message`, 32 bytes: certificate fingerprints (RFC 8122).
package func sha256(_ message: RawSpan) -> [UInt8] {
    unsafe message.withUnsafeBytes { message in unsafe sha256(message) }
}

func sha256(_ message: UnsafeRawBufferPointer) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, initialized in
        // SAFETY: 32 bytes are written into a buffer of at least 32; a null message has length 0.
        unsafe _ = SHA256(
            message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count, digest.baseAddress)
        initialized = Int(SHA256_DIGEST_LENGTH)
    }
}
