/// A name sealed under the link, until signed profiles travel inside the group
/// (`docs/decisions/0002-interim-frame-keys.md`): base64url of nonce[12] || AES-256-GCM of 128 bytes, always 208
/// characters, so that the length of a name tells nothing.
public enum InterimProfile {
    /// Characters of every sealed profile.
    public static var characterCount: Int { 208 }
    /// Bytes of a name at most.
    public static var nameByteCountMax: Int { 120 }
    /// Characters of a name at most.
    public static var nameCharacterCountMax: Int { 60 }

    private static var plaintextByteCount: Int { 128 }

    /// Seals `name`, UTF-8 of 1 to 120 bytes, for the participant with this sender id.
    public static func seal<Crypto: CryptoProvider>(
        name: Span<UInt8>, sender: [UInt8], nonce: [UInt8], invite: borrowing Invite, _ crypto: Crypto
    ) throws(E2EEError) -> [UInt8] {
        guard !name.isEmpty, name.count <= Self.nameByteCountMax else { throw E2EEError(.usage, .tooLong) }
        var plaintext: [UInt8] = [0, UInt8(name.count)] + name.copied()
        plaintext += [UInt8](repeating: 0, count: Self.plaintextByteCount - plaintext.count)
        let key = Self.key(sender, invite, crypto)
        let sealed = try crypto.seal(
            .aes256GCM, key: key.span, nonce: nonce.span, aad: sender.span, plaintext.span)
        return Base64URL.encode((nonce + sealed).span)
    }

    /// The UTF-8 bytes of the name in `text`. The caller still checks that they are text and strips bidi controls.
    public static func open<Crypto: CryptoProvider>(
        _ text: Span<UInt8>, sender: [UInt8], invite: borrowing Invite, _ crypto: Crypto
    ) throws(E2EEError) -> [UInt8] {
        guard text.count == Self.characterCount, let bytes = Base64URL.decode(text) else {
            throw E2EEError(.codec, .malformed)
        }
        let key = Self.key(sender, invite, crypto)
        let plaintext = try crypto.open(
            .aes256GCM, key: key.span, nonce: bytes.span.extracting(0..<12), aad: sender.span,
            bytes.span.extracting(12..<bytes.count))
        guard plaintext.count == Self.plaintextByteCount else { throw E2EEError(.codec, .malformed) }
        let length = Int(plaintext[0]) << 8 | Int(plaintext[1])
        guard (1...Self.nameByteCountMax).contains(length), plaintext[(2 + length)...].allSatisfy({ $0 == 0 }) else {
            throw E2EEError(.validation, .malformed)
        }
        return [UInt8](plaintext[2..<2 + length])
    }

    private static func key<Crypto: CryptoProvider>(
        _ sender: [UInt8], _ invite: borrowing Invite, _ crypto: Crypto
    ) -> Secret {
        Labelled<Crypto>.derive(crypto, from: invite.key, "interim profile", sender, count: 32)
    }
}
