internal import Wire

/// The form in which a state is kept: the struct, then `opaque digest[32]` = H("saved state", struct). The digest keeps nobody
/// out who can write there; it tells a state that was damaged before any key of it is used.
extension SavedState {
    private static var digestByteCount: Int { 32 }
    /// A tree of 500 members, their names, and all the rest.
    private static var byteCountMax: Int { 4 << 20 }

    /// What is to be kept.
    package func kept<Crypto: CryptoProvider>(_ crypto: Crypto) -> Secret {
        let state = self.written
        let digest = Self.digest(of: state, crypto)
        return Secret(joining: state.span, digest.span)
    }

    /// Reads what was kept. `unsupported` is a state of another version, `malformed` anything else that is none.
    package init<Crypto: CryptoProvider>(kept bytes: borrowing Secret, _ crypto: Crypto) throws(E2EEError) {
        guard bytes.count > Self.digestByteCount, bytes.count <= Self.byteCountMax else {
            throw E2EEError(.codec, .malformed)
        }
        guard bytes.span[0] == Self.version else { throw E2EEError(.codec, .unsupported) }
        let count = bytes.count - Self.digestByteCount
        let state = Secret(copying: bytes.span.extracting(0..<count))
        let digest = bytes.span.extracting(count..<bytes.count).copied()
        guard equalInConstantTime(Self.digest(of: state, crypto), digest) else {
            throw E2EEError(.codec, .malformed)
        }
        try self.init(decoding: state)
    }

    private static func digest<Crypto: CryptoProvider>(of state: borrowing Secret, _ crypto: Crypto) -> [UInt8] {
        var head = ByteWriter()
        head.vector(Labelled<Crypto>.full("saved state"))
        head.varint(state.count)
        let input = Secret(joining: head.bytes.span, state)
        var digest = [UInt8](repeating: 0, count: Self.digestByteCount)
        var out = digest.mutableSpan
        crypto.hash(.sha256, input.span, &out)
        return digest
    }
}
