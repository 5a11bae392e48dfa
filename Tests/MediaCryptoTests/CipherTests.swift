import MediaCrypto
import Testing

@Suite("Ciphers and hashes")
struct CipherTests {
    /// HMAC-SHA1 of RFC 2202 §3, cases 1, 2 and 6 (a key longer than a block).
    @Test(
        "HMAC-SHA1 gives the tags of RFC 2202",
        arguments: [
            (bytes("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"), "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00"),
            (Array("Jefe".utf8), "what do ya want for nothing?", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
            (
                [UInt8](repeating: 0xaa, count: 80), "Test Using Larger Than Block-Size Key - Hash Key First",
                "aa4ae5e15272d00e95705637ce8a3b55ed402112"
            ),
        ])
    func hmac(key: [UInt8], message: String, tag: String) {
        let text = Array(message.utf8)
        #expect(self.tag(key: key, text, []) == bytes(tag))
        #expect(self.tag(key: key, Array(text.prefix(3)), Array(text.dropFirst(3))) == bytes(tag))
    }

    @Test("an absorbed key gives the same tag every time")
    func absorbedKey() {
        let key = Array("Jefe".utf8)
        let text = Array("what do ya want for nothing?".utf8)
        let absorbed = unsafe HMACSHA1(key: key.span.bytes)
        for _ in 0..<3 {
            var tag = [UInt8](repeating: 0, count: HMACSHA1.tagLength)
            unsafe tag.withUnsafeMutableBytes { buffer in
                var out = unsafe MutableRawSpan(_unsafeBytes: buffer)
                unsafe absorbed.authenticate(text.span.bytes, into: &out)
            }
            #expect(tag == bytes("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"))
        }
    }

    /// FIPS 180-2, appendix B.1.
    @Test("SHA-256 of abc")
    func hash() {
        let digest = unsafe sha256(Array("abc".utf8).span.bytes)
        #expect(digest == bytes("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"))
    }

    @Test("equal bytes are equal, whatever the clock says")
    func equality() {
        let left: [UInt8] = [1, 2, 3]
        for (right, equal): ([UInt8], Bool) in [([1, 2, 3], true), ([1, 2, 4], false), ([1, 2], false), ([], false)] {
            let answer = unsafe constantTimeEqual(left.span.bytes, right.span.bytes)
            #expect(answer == equal)
        }
        let nothing = constantTimeEqual(RawSpan(), RawSpan())
        #expect(nothing)
    }

    @Test("random bytes differ")
    func randomness() {
        #expect(randomBytes(0).isEmpty)
        #expect(randomBytes(16) != randomBytes(16))
    }

    /// RFC 3711 appendix B.2: AES-CM keystream, blocks 0 to 2 and 0xFEFF to 0xFF01.
    @Test("AES in counter mode gives the keystream of RFC 3711")
    func keystream() throws {
        let key = unsafe try CounterKey(key: bytes("2B7E151628AED2A6ABF7158809CF4F3C").span.bytes)
        var counter = bytes("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000")
        var stream = [UInt8](repeating: 0, count: 0xff02 * 16)
        unsafe counter.withUnsafeMutableBytes { counter in
            unsafe stream.withUnsafeMutableBytes { stream in
                unsafe key.apply(
                    UnsafeRawBufferPointer(stream), counter: counter.baseAddress!, into: stream.baseAddress!)
            }
        }
        #expect(
            Array(stream[0..<48])
                == bytes(
                    "E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0"
                ))
        #expect(
            Array(stream[(0xfeff * 16)...])
                == bytes(
                    "EC8CDF7398607CB0F2D21675EA9EA1E4 362B7C3C6773516318A077D7FC5073AE 6A2CC3787889374FBEB4C81B17BA6C44"
                ))
    }

    @Test("keys of a wrong length are refused")
    func wrongLengths() {
        let short: [UInt8] = [1, 2]
        #expect(throws: MediaCryptoError.wrongLength) {
            let key = unsafe try CounterKey(key: short.span.bytes)
            _ = consume key
        }
        #expect(throws: MediaCryptoError.wrongLength) {
            let key = unsafe try SealingKey(key: short.span.bytes)
            _ = consume key
        }
        #expect(throws: MediaCryptoError.wrongLength) {
            let key = unsafe try OpeningKey(key: short.span.bytes)
            _ = consume key
        }
        #expect(throws: MediaCryptoError.wrongLength) {
            _ = try DTLSAssociation(role: .client, identity: Identity(), peerFingerprint: [1], now: 0)
        }
    }

    private func tag(key: [UInt8], _ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: HMACSHA1.tagLength)
        unsafe tag.withUnsafeMutableBytes { buffer in
            var out = unsafe MutableRawSpan(_unsafeBytes: buffer)
            unsafe hmacSHA1(key: key.span.bytes, first.span.bytes, second.span.bytes, into: &out)
        }
        return tag
    }
}
