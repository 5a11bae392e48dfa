internal import Wire

/// The X-Wing key to which waiting people seal their card: whoever has the authority's seed has it (`e2ee.md` 3.2).
package enum LobbyKey {
    /// The private key, 32 bytes.
    package static func derive<Crypto: CryptoProvider>(
        authoritySeed: borrowing Secret, _ instance: MeetingInstance, _ crypto: Crypto
    ) -> Secret {
        let empty: [UInt8] = []
        let prk = HKDF<Crypto>.extract(crypto, .sha256, salt: empty.span, material: authoritySeed.span)
        return Labelled<Crypto>.derive(crypto, from: prk, "lobby kem", instance.encoded, count: 32)
    }

    /// Its public key, which stands in the lobby descriptor.
    package static func publicKey<Crypto: CryptoProvider>(
        of key: borrowing Secret, _ crypto: Crypto
    ) throws(E2EEError) -> [UInt8] {
        try Labelled<Crypto>.boxKey(crypto, of: key)
    }
}
