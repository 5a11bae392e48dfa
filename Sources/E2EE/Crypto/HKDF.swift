/// HKDF (RFC 5869) over the provider's HMAC.
enum HKDF<Crypto: CryptoProvider> {
    /// The pseudorandom key of `material` (§2.2). An empty salt means zeros, which is what HMAC makes of it.
    static func extract(
        _ crypto: Crypto, _ function: HashFunction, salt: Span<UInt8>, material: Span<UInt8>
    ) -> Secret {
        Secret(count: function.byteCount) { (out: inout MutableSpan<UInt8>) in
            crypto.hmac(function, key: salt, material, &out)
        }
    }

    /// `count` bytes for `info` (§2.3). More than 255 blocks is the caller's mistake.
    static func expand(
        _ crypto: Crypto, _ function: HashFunction, key: borrowing Secret, info: [UInt8], count: Int
    ) -> Secret {
        precondition(count <= 255 * function.byteCount, "RFC 5869 §2.3 ends at 255 blocks")
        let key = key.span
        return Secret(count: count) { (out: inout MutableSpan<UInt8>) in
            var written = 0
            var block: UInt8 = 1
            var last = Secret(count: 0) { (_: inout MutableSpan<UInt8>) in }
            while written < count {
                let message = Secret(joining: last.span, info.span, [block].span)
                let digest = Secret(count: function.byteCount) { (digest: inout MutableSpan<UInt8>) in
                    crypto.hmac(function, key: key, message.span, &digest)
                }
                let length = min(function.byteCount, count - written)
                for index in 0..<length { out[written + index] = digest.span[index] }
                written += length
                guard written < count else { break }
                block += 1
                last = digest.duplicate()
            }
        }
    }
}
