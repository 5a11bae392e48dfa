/// The pre-shared keys of a Commit as one secret (RFC 9420 §8.4).
struct PSKSecret<Crypto: CryptoProvider>: Sendable {
    let crypto: SuiteCrypto<Crypto>

    /// One key with its name.
    struct Input: Sendable {
        let id: PreSharedKeyID
        let key: HeldSecret
    }

    /// Zeros when there is none.
    func combine(_ inputs: [Input]) throws(E2EEError) -> Secret {
        guard let count = UInt16(exactly: inputs.count) else { throw E2EEError(.validation, .preSharedKey) }
        var secret = self.crypto.zeros
        for (index, input) in inputs.enumerated() {
            let extracted = self.crypto.extract(salt: self.crypto.zeros, input.key.secret)
            let label = PSKLabel(id: input.id, index: UInt16(index), count: count).encoded
            let derived = self.crypto.expand(
                extracted, asciiBytes("derived psk"), label, count: self.crypto.hashByteCount)
            secret = self.crypto.extract(salt: derived, secret)
        }
        return secret
    }
}
