import MediaCrypto
import Wire

/// The 20 bytes of MESSAGE-INTEGRITY, kept on the stack.
struct STUNIntegrityTag {
    let first: UInt64
    let second: UInt64
    let third: UInt32

    /// The tag of the first `end` bytes of `message` under `key`, with the length field as if the attribute that begins
    /// at `end` were the last (RFC 8489 §14.5). Nil when `end` lies outside.
    init?(key: RawSpan, message: RawSpan, end: Int) {
        guard end >= 20, message.holds(0..<end), end + 4 <= Int(UInt16.max) else { return nil }
        let words: (UInt64, UInt64, UInt32)? =
            unsafe withUnsafeTemporaryAllocation(byteCount: 40, alignment: 8) { buffer in
                // SAFETY: 40 bytes that live for this closure: the patched header of 20 and the tag of 20. Each byte is
                // written before it is read.
                let (headerBytes, tagBytes) = unsafe (
                    UnsafeMutableRawBufferPointer(rebasing: buffer[0..<20]),
                    UnsafeMutableRawBufferPointer(rebasing: buffer[20..<40])
                )
                var header = unsafe headerBytes.mutableBytes
                header.copy(message.extracting(0..<20), at: 0)
                header.store(UInt16(end + 4), at: 2)
                var tag = unsafe tagBytes.mutableBytes
                hmacSHA1(key: key, header.bytes, message.extracting(20..<end), into: &tag)
                guard let first = tag.bytes.u64(0), let second = tag.bytes.u64(8), let third = tag.bytes.u32(16) else {
                    return nil
                }
                return (first, second, third)
            }
        guard let words else { return nil }
        (self.first, self.second, self.third) = words
    }

    /// Whether the 20 bytes at `offset` are this tag, in constant time.
    func matches(_ bytes: RawSpan, at offset: Int) -> Bool {
        guard let first = bytes.u64(offset), let second = bytes.u64(offset + 8), let third = bytes.u32(offset + 16)
        else { return false }
        return (first ^ self.first) | (second ^ self.second) | UInt64(third ^ self.third) == 0
    }
}

extension STUNMessage {
    /// Whether MESSAGE-INTEGRITY is present and right for the ICE password `key`. `bytes` is what the message was read
    /// from. Constant time in the secret.
    package func isAuthentic(_ bytes: RawSpan, key: RawSpan) -> Bool {
        guard let offset = self.integrityOffset, let tag = STUNIntegrityTag(key: key, message: bytes, end: offset)
        else {
            return false
        }
        return tag.matches(bytes, at: offset + 4)
    }

    /// FINGERPRINT is CRC-32 of all before it, XORed with this (RFC 8489 §14.7).
    static let fingerprintMask: UInt32 = 0x5354_554E

    /// Whether FINGERPRINT is present and right. No secret: it tells STUN from other traffic.
    package func hasValidFingerprint(_ bytes: RawSpan) -> Bool {
        guard let offset = self.fingerprintOffset, let value = bytes.u32(offset + 4) else { return false }
        return value == CRC32.checksum(bytes, count: offset) ^ Self.fingerprintMask
    }
}
