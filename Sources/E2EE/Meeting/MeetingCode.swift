/// The numbers people compare (`e2ee.md` 9). Words and pictures for them live elsewhere.
package enum MeetingCode {
    /// 30 digits of an epoch's authenticator, as six numbers of five digits. It is a code of this epoch only.
    package static func groups(of authenticator: [UInt8]) -> [UInt32]? {
        guard authenticator.count == 32 else { return nil }
        return (0..<6).map { group in
            let number = authenticator[5 * group..<5 * group + 5].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return UInt32(number % 100_000)
        }
    }

    /// The same as 30 ASCII digits.
    package static func digits(of authenticator: [UInt8]) -> [UInt8]? {
        self.groups(of: authenticator)?.flatMap { number -> [UInt8] in
            [10_000, 1_000, 100, 10, 1].map { 0x30 + UInt8(number / $0 % 10) }
        }
    }

    /// Word code: the first 44 bits of H("lobby sas", request || answer || nonce_J), as four indexes into a list of 2,048
    /// words.
    package static func words<Crypto: CryptoProvider>(
        _ request: LobbyRequest, _ answer: LobbyAnswer, nonce: [UInt8], _ crypto: Crypto
    ) -> [Int] {
        let hash = Labelled<Crypto>.hash(crypto, "lobby sas", request.encoded + answer.encoded + nonce)
        return self.indexes(of: hash, count: 4, bits: 11)
    }

    /// The commitment of whoever starts a compare round: H("compare commit", nonce_H).
    package static func compareCommitment<Crypto: CryptoProvider>(_ nonce: [UInt8], _ crypto: Crypto) -> [UInt8] {
        Labelled<Crypto>.hash(crypto, "compare commit", nonce)
    }

    /// Compare code: the first 42 bits of H("compare code", authenticator || commitment || nonces by index || nonce_H), as
    /// seven indexes into a list of 64 pictures. `nonces` are those of the counted leaves, in the order of their indices.
    package static func pictures<Crypto: CryptoProvider>(
        authenticator: [UInt8], commitment: [UInt8], nonces: [[UInt8]], hostNonce: [UInt8], _ crypto: Crypto
    ) -> [Int] {
        let value = authenticator + commitment + nonces.flatMap { $0 } + hostNonce
        return self.indexes(
            of: Labelled<Crypto>.hash(crypto, "compare code", value), count: 7, bits: 6)
    }

    /// `count` numbers of `bits` bits each, from the front.
    static func indexes(of bytes: [UInt8], count: Int, bits: Int) -> [Int] {
        (0..<count).map { index in
            (0..<bits).reduce(0) { value, bit in
                let at = index * bits + bit
                return value << 1 | Int(bytes[at / 8] >> UInt8(7 - at % 8) & 1)
            }
        }
    }
}
