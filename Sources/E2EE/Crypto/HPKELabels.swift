/// LabeledExtract and LabeledExpand (RFC 9180 §4): HKDF whose inputs say which part of which suite they are for.
struct HPKELabels<Crypto: CryptoProvider>: Sendable {
    let suiteID: [UInt8]
    let hash: HashFunction
    let provider: Crypto

    func extract(salt: Span<UInt8> = Span(), _ label: StaticString, _ material: Span<UInt8> = Span()) -> Secret {
        let head = asciiBytes("HPKE-v1") + self.suiteID + asciiBytes(label)
        let input = Secret(joining: head.span, material)
        return HKDF<Crypto>.extract(self.provider, self.hash, salt: salt, material: input.span)
    }

    func expand(_ key: borrowing Secret, _ label: StaticString, _ info: [UInt8], count: Int) -> Secret {
        let prefix = bigEndian(UInt16(truncatingIfNeeded: count)) + asciiBytes("HPKE-v1") + self.suiteID
        return HKDF<Crypto>.expand(
            self.provider, self.hash, key: key, info: prefix + asciiBytes(label) + info, count: count)
    }
}
