internal import Wire

/// The labelled functions of `e2ee.md`, Notation: H and KDF. Every label starts with "Beraad 1 ".
enum Labelled<Crypto: CryptoProvider> {
    /// H(L, x): SHA-256 of label and value, each with its length before it.
    static func hash(_ crypto: Crypto, _ label: StaticString, _ value: [UInt8]) -> [UInt8] {
        var input = ByteWriter()
        input.vector(Self.full(label))
        input.vector(value)
        var digest = [UInt8](repeating: 0, count: 32)
        var out = digest.mutableSpan
        crypto.hash(.sha256, input.bytes.span, &out)
        return digest
    }

    /// KDF(prk, L, ctx, n): HKDF-Expand-SHA256 with length, label and context as its info.
    static func derive(
        _ crypto: Crypto, from key: borrowing Secret, _ label: StaticString, _ context: [UInt8], count: Int
    ) -> Secret {
        var info = ByteWriter()
        info.u16(UInt16(count))
        info.vector(Self.full(label))
        info.vector(context)
        return HKDF<Crypto>.expand(crypto, .sha256, key: key, info: info.bytes, count: count)
    }

    /// A label as it is hashed, signed or sealed.
    static func full(_ label: StaticString) -> [UInt8] { asciiBytes("Beraad 1 ") + asciiBytes(label) }
}

/// The bytes of a label. Text is bytes in this module (`e2ee.md` 13), so that it compiles without Unicode tables.
func asciiBytes(_ text: StaticString) -> [UInt8] {
    text.withUTF8Buffer { unsafe Array($0) }  // SAFETY: valid during the call, and copied there.
}

extension Span where Element == UInt8 {
    /// The bytes as an array.
    package func copied() -> [UInt8] {
        // SAFETY: the buffer is valid during the call and copied there.
        unsafe self.withUnsafeBufferPointer { unsafe Array($0) }
    }
}
