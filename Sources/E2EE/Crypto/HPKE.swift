/// HPKE in base mode (RFC 9180 §5.1.1): the only mode MLS uses.
struct HPKE<Crypto: CryptoProvider>: Sendable {
    let kem: KEM
    let hash: HashFunction
    let aead: AEAD
    let provider: Crypto

    /// SetupBaseS: a context that seals to the owner of `publicKey`, and the encapsulation.
    func sender(to publicKey: [UInt8], info: Span<UInt8> = Span()) throws(E2EEError) -> HPKESender<Crypto> {
        let pair = try DHKEM(kem: self.kem, provider: self.provider).encapsulate(to: publicKey)
        let context = self.context(pair.secret, info: info)
        return HPKESender(context: context, encapsulated: pair.bytes)
    }

    /// SetupBaseR: the same context at the receiver.
    func receiver(
        _ encapsulated: [UInt8], _ key: borrowing Secret, info: Span<UInt8> = Span()
    ) throws(E2EEError) -> HPKEContext<Crypto> {
        let shared = try DHKEM(kem: self.kem, provider: self.provider).decapsulate(encapsulated, key)
        return self.context(shared, info: info)
    }

    private var labels: HPKELabels<Crypto> {
        let kdf: UInt16 =
            switch self.hash {
            case .sha256: 1
            case .sha384: 2
            case .sha512: 3
            }
        let aead: UInt16 =
            switch self.aead {
            case .aes128GCM: 1
            case .aes256GCM: 2
            case .chaCha20Poly1305: 3
            }
        let suiteID = asciiBytes("HPKE") + bigEndian(self.kem.rawValue) + bigEndian(kdf) + bigEndian(aead)
        return HPKELabels(suiteID: suiteID, hash: self.hash, provider: self.provider)
    }

    /// KeySchedule with mode 0 and no pre-shared key.
    private func context(_ shared: borrowing Secret, info: Span<UInt8>) -> HPKEContext<Crypto> {
        let labels = self.labels
        let noKey = labels.extract("psk_id_hash")
        let about = labels.extract("info_hash", info)
        let context = [0] + noKey.span.copied() + about.span.copied()
        let secret = labels.extract(salt: shared.span, "secret")
        return HPKEContext(
            key: labels.expand(secret, "key", context, count: self.aead.keyByteCount),
            baseNonce: labels.expand(secret, "base_nonce", context, count: AEAD.nonceByteCount).span.copied(),
            exporter: labels.expand(secret, "exp", context, count: self.hash.byteCount), aead: self.aead,
            labels: labels)
    }
}

/// What a sender starts with.
struct HPKESender<Crypto: CryptoProvider>: ~Copyable {
    var context: HPKEContext<Crypto>
    let encapsulated: [UInt8]
}

/// One direction between two parties (RFC 9180 §5.2, §5.3).
struct HPKEContext<Crypto: CryptoProvider>: ~Copyable {
    private let key: Secret
    private let baseNonce: [UInt8]
    private let exporter: Secret
    private let aead: AEAD
    private let labels: HPKELabels<Crypto>
    private var sequence: UInt64 = 0

    init(
        key: consuming Secret, baseNonce: [UInt8], exporter: consuming Secret, aead: AEAD,
        labels: HPKELabels<Crypto>
    ) {
        self.key = key
        self.baseNonce = baseNonce
        self.exporter = exporter
        self.aead = aead
        self.labels = labels
    }

    mutating func seal(aad: [UInt8], _ plaintext: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        let nonce = try self.nextNonce()
        return try self.labels.provider.seal(
            self.aead, key: self.key.span, nonce: nonce.span, aad: aad.span, plaintext)
    }

    mutating func open(aad: [UInt8], _ ciphertext: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        let nonce = try self.nextNonce()
        return try self.labels.provider.open(
            self.aead, key: self.key.span, nonce: nonce.span, aad: aad.span, ciphertext)
    }

    borrowing func export(_ context: [UInt8], count: Int) -> Secret {
        self.labels.expand(self.exporter, "sec", context, count: count)
    }

    private mutating func nextNonce() throws(E2EEError) -> [UInt8] {
        guard self.sequence < UInt64.max else { throw E2EEError(.usage, .wornOut) }
        var nonce = self.baseNonce
        let counter = bigEndian(self.sequence)
        for index in 0..<8 { nonce[4 + index] ^= counter[index] }
        self.sequence += 1
        return nonce
    }
}
