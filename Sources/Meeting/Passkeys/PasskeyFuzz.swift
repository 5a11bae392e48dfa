/// The doors that a stranger's passkey comes through, for a fuzzer: they take anything and never trap. A round trip
/// that does not hold traps on purpose.
package enum PasskeyFuzz {
    private static let site = PasskeySite(rp: "example.org", origins: ["https://example.org"])
    /// What every new passkey of the seeds is said to be made with.
    private static let creation = Array(
        #"{"type":"webauthn.create","challenge":"AA","origin":"https://example.org"}"#.utf8)

    /// An attestation object.
    package static func attestation(_ bytes: [UInt8]) {
        var reader = CBORReader(bytes)
        _ = try? reader.value()  // refused is what hostile bytes are for
        precondition(reader.position <= bytes.count, "nothing is read beyond the end")
        guard let client = try? ClientData(Self.creation),
            let made = try? Passkey.made(client, attestation: bytes, at: Self.site)
        else { return }
        precondition((try? CredentialKey(kept: made.publicKey)) != nil, "what is kept can be read again")
        precondition((1...1_023).contains(made.credential.count), "an id has its bounds")
    }

    /// Two bytes of length, `clientDataJSON`, one byte of length, a signature, and the authenticator's data.
    package static func assertion(_ bytes: [UInt8]) {
        guard bytes.count >= 3 else { return }
        let clientEnd = min(bytes.count, 2 + (Int(bytes[0]) << 8 | Int(bytes[1])))
        let client = Array(bytes[2..<clientEnd])
        let rest = Array(bytes[clientEnd...])
        let signature = Array(rest.dropFirst().prefix(Int(rest.first ?? 0)))
        let data = Array(rest.dropFirst(1 + signature.count))
        let parsed = try? AuthenticatorData(data)  // refused is what hostile bytes are for
        precondition(parsed == nil || data.count >= 37, "what is shorter is none")
        guard let clientData = try? ClientData(client) else { return }
        let count = try? Passkey.check(
            clientData, client, authenticatorData: data, signature: signature, publicKey: Self.key, signCount: 0,
            at: Self.site)
        precondition(count == nil, "nobody who was verified has signed with that key")
    }

    /// The public key of WebAuthn's own test vectors (§16.2); what is signed with it there was signed by nobody
    /// verified.
    private static let key: [UInt8] =
        [0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20] + Self.x + [0x22, 0x58, 0x20] + Self.y
    private static let x: [UInt8] = [
        0xAF, 0xEF, 0xA1, 0x6F, 0x97, 0xCA, 0x9B, 0x2D, 0x23, 0xEB, 0x86, 0xCC, 0xB6, 0x40, 0x98, 0xD2, 0x0D, 0xB9,
        0x08, 0x56, 0x06, 0x2E, 0xB2, 0x49, 0xC3, 0x3A, 0x9B, 0x67, 0x2F, 0x26, 0xDF, 0x61,
    ]
    private static let y: [UInt8] = [
        0x93, 0x0A, 0x56, 0xB8, 0x7A, 0x2F, 0xCA, 0x66, 0x33, 0x4B, 0x03, 0x45, 0x8A, 0xBF, 0x87, 0x97, 0x17, 0xC1,
        0x2C, 0xC6, 0x8E, 0xD7, 0x32, 0x90, 0xAF, 0x2E, 0x26, 0x64, 0x79, 0x6B, 0x92, 0x20,
    ]
}
