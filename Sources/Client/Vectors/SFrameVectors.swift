internal import E2EE

/// The vectors of RFC 9605 and the later file with suites 6 to 8, as their JSON has them.
struct SFrameVectors: Decodable {
    struct Header: Decodable {
        var kid: UInt64
        var ctr: UInt64
        var encoded: HexBytes
    }

    struct CounterMode: Decodable {
        var cipher_suite: UInt16
        var key: HexBytes
        var enc_key: HexBytes
        var auth_key: HexBytes
        var nonce: HexBytes
        var aad: HexBytes
        var pt: HexBytes
        var ct: HexBytes
    }

    struct Frame: Decodable {
        var cipher_suite: UInt16
        var kid: UInt64
        var ctr: UInt64
        var base_key: HexBytes
        var sframe_key_label: HexBytes
        var sframe_salt_label: HexBytes
        var sframe_secret: HexBytes
        var sframe_key: HexBytes
        var sframe_salt: HexBytes
        var metadata: HexBytes
        var nonce: HexBytes
        var aad: HexBytes
        var pt: HexBytes
        var ct: HexBytes
    }

    var header: [Header]?
    var aes_ctr_hmac: [CounterMode]?
    var aes_256_ctr_hmac: [CounterMode]?
    var sframe: [Frame]?
    var sframe_aes_256_ctr_hmac: [Frame]?

    var isEmpty: Bool {
        self.header == nil && self.counterModes.isEmpty && self.frames.isEmpty
    }

    private var counterModes: [CounterMode] { (self.aes_ctr_hmac ?? []) + (self.aes_256_ctr_hmac ?? []) }
    private var frames: [Frame] { (self.sframe ?? []) + (self.sframe_aes_256_ctr_hmac ?? []) }

    func run(note: (String) -> Void) -> VectorTally {
        var tally = VectorTally()
        for (index, vector) in (self.header ?? []).enumerated() {
            tally.count(vector.holds)
            if !vector.holds { note("header case \(index) does not hold") }
        }
        for vector in self.counterModes { Self.count(vector.cipher_suite, "counter mode", vector.holds, &tally, note) }
        for vector in self.frames { Self.count(vector.cipher_suite, "frame", vector.holds, &tally, note) }
        return tally
    }

    private static func count(
        _ suite: UInt16, _ name: String, _ holds: (CipherSuite) throws -> Bool, _ tally: inout VectorTally,
        _ note: (String) -> Void
    ) {
        guard let known = CipherSuite(rawValue: suite) else {
            tally.skipped += 1
            note("\(name) case of suite \(suite): no such suite here, skipped")
            return
        }
        // A primitive that refuses a vector is a vector that does not hold.
        let isRight = (try? holds(known)) ?? false
        tally.count(isRight)
        if !isRight { note("\(name) case of suite \(suite) does not hold") }
    }
}

extension SFrameVectors.Header {
    var holds: Bool {
        let header = SFrameHeader(keyID: self.kid, counter: self.ctr)
        guard header.encoded() == self.encoded.bytes else { return false }
        return (try? SFrameHeader(parsing: self.encoded.bytes.span)) == header
    }
}

extension SFrameVectors.CounterMode {
    func holds(_ suite: CipherSuite) throws -> Bool {
        guard let mode = CounterModeHMAC(suite) else { return false }
        let crypto = SwiftCryptoProvider()
        let key = self.key.bytes
        guard Array(key.prefix(mode.keyByteCount)) == self.enc_key.bytes,
            Array(key.dropFirst(mode.keyByteCount)) == self.auth_key.bytes
        else { return false }
        let secret = Secret(copying: key.span)
        let sealed = try mode.seal(
            key: secret, nonce: self.nonce.bytes, aad: self.aad.bytes, self.pt.bytes.span, crypto)
        let opened = try mode.open(
            key: secret, nonce: self.nonce.bytes, aad: self.aad.bytes, self.ct.bytes.span, crypto)
        return sealed == self.ct.bytes && opened == self.pt.bytes
    }
}

extension SFrameVectors.Frame {
    func holds(_ suite: CipherSuite) throws -> Bool {
        let crypto = SwiftCryptoProvider()
        let base = Secret(copying: self.base_key.bytes.span)
        guard SFrameKey.keyInfo(suite, self.kid) == self.sframe_key_label.bytes,
            SFrameKey.saltInfo(suite, self.kid) == self.sframe_salt_label.bytes
        else { return false }
        let secret = SFrameKey.secret(suite, baseKey: base, crypto)
        let expected = Secret(copying: self.sframe_secret.bytes.span)
        guard secret == expected else { return false }
        let key = SFrameKey(suite, baseKey: base, keyID: self.kid, crypto)
        let material = key.material
        guard material.key == self.sframe_key.bytes, material.salt == self.sframe_salt.bytes,
            key.vectorNonce(self.ctr) == self.nonce.bytes
        else { return false }
        let header = SFrameHeader(keyID: self.kid, counter: self.ctr)
        guard header.encoded() + self.metadata.bytes == self.aad.bytes else { return false }
        let sealed = try key.seal(counter: self.ctr, metadata: self.metadata.bytes, self.pt.bytes.span, crypto)
        let ciphertext = Array(self.ct.bytes.dropFirst(header.byteCount))
        let opened = try key.open(header: header, metadata: self.metadata.bytes, ciphertext.span, crypto)
        return sealed == self.ct.bytes && opened == self.pt.bytes
    }
}
