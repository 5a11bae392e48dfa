/// The vectors of SFrame: those of RFC 9605, and the later ones with suites 6 to 8.
package enum FrameVectors {
    /// The lists of such a file.
    package enum Sort: CaseIterable, Hashable, Sendable {
        case header
        case counterMode
        case laterCounterMode
        case frame
        case laterFrame

        /// Its name in the file.
        var name: StaticString {
            switch self {
            case .header: "header"
            case .counterMode: "aes_ctr_hmac"
            case .laterCounterMode: "aes_256_ctr_hmac"
            case .frame: "sframe"
            case .laterFrame: "sframe_aes_256_ctr_hmac"
            }
        }
    }

    /// The lists that are there; nothing when there is none, or when one is no list.
    static func sorts(_ file: VectorValue) -> [Sort: [VectorValue]]? {
        var sorts: [Sort: [VectorValue]] = [:]
        for sort in Sort.allCases where file.has(sort.name) {
            guard let cases = try? file.list(sort.name) else { return nil }
            sorts[sort] = cases
        }
        return sorts.isEmpty ? nil : sorts
    }

    static func run<Crypto: CryptoProvider>(_ sort: Sort, _ vector: VectorValue, _ crypto: Crypto) -> VectorOutcome {
        do throws(E2EEError) {
            let holds =
                switch sort {
                case .header: try self.header(vector)
                case .counterMode, .laterCounterMode: try self.counterMode(vector, crypto)
                case .frame, .laterFrame: try self.frame(vector, crypto)
                }
            return holds ? .holds : .fails
        } catch {
            // A suite that is not there is named; a primitive that refuses a vector is a vector that does not hold.
            return error == E2EEError(.usage, .unsupported) ? .skipped : .fails
        }
    }

    private static func suite(_ vector: VectorValue) throws(E2EEError) -> CipherSuite {
        guard let number = UInt16(exactly: try vector.number("cipher_suite")),
            let suite = CipherSuite(rawValue: number)
        else { throw E2EEError(.usage, .unsupported) }
        return suite
    }

    private static func header(_ vector: VectorValue) throws(E2EEError) -> Bool {
        let header = SFrameHeader(keyID: try vector.number("kid"), counter: try vector.number("ctr"))
        let encoded = try vector.bytes("encoded")
        do throws(SFrameHeaderError) {
            let parsed = try SFrameHeader(parsing: encoded.span)
            return parsed == header && header.encoded() == encoded
        } catch {
            return false
        }
    }

    private static func counterMode<Crypto: CryptoProvider>(
        _ vector: VectorValue, _ crypto: Crypto
    ) throws(E2EEError) -> Bool {
        guard let mode = CounterModeHMAC(try self.suite(vector)) else { return false }
        let key = try vector.bytes("key")
        let nonce = try vector.bytes("nonce")
        let aad = try vector.bytes("aad")
        let plaintext = try vector.bytes("pt")
        let ciphertext = try vector.bytes("ct")
        guard try [UInt8](key.prefix(mode.keyByteCount)) == vector.bytes("enc_key"),
            try [UInt8](key.dropFirst(mode.keyByteCount)) == vector.bytes("auth_key")
        else { return false }
        let secret = Secret(copying: key.span)
        let sealed = try mode.seal(key: secret, nonce: nonce, aad: aad, plaintext.span, crypto)
        let opened = try mode.open(key: secret, nonce: nonce, aad: aad, ciphertext.span, crypto)
        return sealed == ciphertext && opened == plaintext
    }

    private static func frame<Crypto: CryptoProvider>(
        _ vector: VectorValue, _ crypto: Crypto
    ) throws(E2EEError) -> Bool {
        let suite = try self.suite(vector)
        let header = SFrameHeader(keyID: try vector.number("kid"), counter: try vector.number("ctr"))
        let base = try vector.secret("base_key")
        let metadata = try vector.bytes("metadata")
        let plaintext = try vector.bytes("pt")
        let frame = try vector.bytes("ct")
        let key = SFrameKey(suite, baseKey: base.secret, keyID: header.keyID, crypto)
        let material = key.material
        guard try SFrameKey.keyInfo(suite, header.keyID) == vector.bytes("sframe_key_label"),
            try SFrameKey.saltInfo(suite, header.keyID) == vector.bytes("sframe_salt_label"),
            SFrameKey.secret(suite, baseKey: base.secret, crypto) == (try vector.secret("sframe_secret").secret),
            try material.key == vector.bytes("sframe_key"), try material.salt == vector.bytes("sframe_salt"),
            try key.vectorNonce(header.counter) == vector.bytes("nonce"),
            try header.encoded() + metadata == vector.bytes("aad")
        else { return false }
        let sealed = try key.seal(counter: header.counter, metadata: metadata, plaintext.span, crypto)
        let ciphertext = [UInt8](frame.dropFirst(header.byteCount))
        let opened = try key.open(header: header, metadata: metadata, ciphertext.span, crypto)
        return sealed == frame && opened == plaintext
    }
}
