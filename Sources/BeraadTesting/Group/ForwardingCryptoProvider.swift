package import E2EE

/// A provider over another one, so that a test writes down only what it does otherwise.
package protocol ForwardingCryptoProvider: CryptoProvider {
    associatedtype Base: CryptoProvider
    /// Does what is not said here.
    var real: Base { get }
}

extension ForwardingCryptoProvider {
    package static func has(_ suite: GroupSuite) -> Bool { Base.has(suite) }

    package func random(_ out: inout MutableSpan<UInt8>) throws(E2EEError) { try self.real.random(&out) }

    package func hash(_ function: HashFunction, _ message: Span<UInt8>, _ out: inout MutableSpan<UInt8>) {
        self.real.hash(function, message, &out)
    }

    package func hmac(
        _ function: HashFunction, key: Span<UInt8>, _ message: Span<UInt8>, _ out: inout MutableSpan<UInt8>
    ) {
        self.real.hmac(function, key: key, message, &out)
    }

    package func seal(
        _ aead: AEAD, key: Span<UInt8>, nonce: Span<UInt8>, aad: Span<UInt8>, _ plaintext: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        try self.real.seal(aead, key: key, nonce: nonce, aad: aad, plaintext)
    }

    package func open(
        _ aead: AEAD, key: Span<UInt8>, nonce: Span<UInt8>, aad: Span<UInt8>, _ ciphertext: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        try self.real.open(aead, key: key, nonce: nonce, aad: aad, ciphertext)
    }

    package func counterMode(
        key: Span<UInt8>, start: Span<UInt8>, _ data: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        try self.real.counterMode(key: key, start: start, data)
    }

    package func signatureKey(_ scheme: SignatureScheme) throws(E2EEError) -> Secret {
        try self.real.signatureKey(scheme)
    }

    package func publicKey(_ scheme: SignatureScheme, of key: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        try self.real.publicKey(scheme, of: key)
    }

    package func sign(
        _ scheme: SignatureScheme, _ key: Span<UInt8>, _ message: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        try self.real.sign(scheme, key, message)
    }

    package func verify(
        _ scheme: SignatureScheme, _ publicKey: Span<UInt8>, _ message: Span<UInt8>, _ signature: Span<UInt8>
    ) -> Bool {
        self.real.verify(scheme, publicKey, message, signature)
    }

    package func publicKey(_ kem: KEM, of key: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        try self.real.publicKey(kem, of: key)
    }

    package func agree(_ kem: KEM, _ key: Span<UInt8>, with publicKey: Span<UInt8>) throws(E2EEError) -> Secret {
        try self.real.agree(kem, key, with: publicKey)
    }

    package func encapsulateXWing(to publicKey: Span<UInt8>) throws(E2EEError) -> SecretPair {
        try self.real.encapsulateXWing(to: publicKey)
    }

    package func decapsulateXWing(_ encapsulated: Span<UInt8>, _ key: Span<UInt8>) throws(E2EEError) -> Secret {
        try self.real.decapsulateXWing(encapsulated, key)
    }
}
