import Wire

/// The 20 bytes of MESSAGE-INTEGRITY, kept on the stack.
struct STUNIntegrityTag: Equatable {
    var first: UInt64 = 0
    var second: UInt64 = 0
    var third: UInt32 = 0

    /// The tag of `message` under `key`.
    init(key: RawSpan, message: RawSpan) {
        let digest = InterimSHA1.hmac(key: key, message: message)
        self.first = UInt64(digest[0]) << 32 | UInt64(digest[1])
        self.second = UInt64(digest[2]) << 32 | UInt64(digest[3])
        self.third = digest[4]
    }

    /// Whether the 20 bytes at `offset` are this tag, in constant time.
    func matches(_ bytes: RawSpan, at offset: Int) -> Bool {
        guard let first = bytes.u64(offset), let second = bytes.u64(offset + 8), let third = bytes.u32(offset + 16)
        else { return false }
        return (first ^ self.first) | (second ^ self.second) | UInt64(third ^ self.third) == 0
    }
}

extension STUNMessage {
    /// Datagrams longer than this are not authenticated at all: an ICE message with the longest user name has room, and
    /// the copy below stays on the stack.
    static let authenticatedMax = 1_000

    /// Whether MESSAGE-INTEGRITY is present and right for the ICE password `key`. `bytes` is what the message was read
    /// from. Constant time in the secret.
    package func isAuthentic(_ bytes: RawSpan, key: RawSpan) -> Bool {
        guard let integrity = self.integrityOffset, bytes.holds(0..<integrity + 24), integrity <= Self.authenticatedMax
        else { return false }
        // RFC 8489 §14.5: the HMAC covers everything before the attribute, with the length as if it ended there.
        return unsafe withUnsafeTemporaryAllocation(byteCount: 1_024, alignment: 8) { buffer in
            // SAFETY: the buffer lives for this closure and has 1,024 bytes, `integrity` <= 1,000 of which are written
            // before they are read.
            var copy = unsafe buffer.mutableBytes
            copy.copy(bytes.extracting(0..<integrity), at: 0)
            copy.store(UInt16(truncatingIfNeeded: integrity + 4), at: 2)
            let tag = STUNIntegrityTag(key: key, message: copy.bytes.extracting(0..<integrity))
            return tag.matches(bytes, at: integrity + 4)
        }
    }

    /// FINGERPRINT is CRC-32 of all before it, XORed with this (RFC 8489 §14.7).
    static let fingerprintMask: UInt32 = 0x5354_554E

    /// Whether FINGERPRINT is present and right. No secret: it tells STUN from other traffic.
    package func hasValidFingerprint(_ bytes: RawSpan) -> Bool {
        guard let offset = self.fingerprintOffset, let value = bytes.u32(offset + 4) else { return false }
        return value == CRC32.checksum(bytes, count: offset) ^ Self.fingerprintMask
    }
}
