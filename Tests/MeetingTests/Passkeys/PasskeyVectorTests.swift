import BeraadTesting
import Meeting
import Testing

/// WebAuthn level 3 §16.2, *ES256 Credential with No Attestation*. What is signed there was signed without a verified
/// user, which is refused here; everything else holds.
@Suite("The test vectors of WebAuthn")
struct PasskeyVectorTests {
    private static let site = PasskeySite(rp: "example.org", origins: ["https://example.org"])

    private static func bytes(_ text: String) -> [UInt8] {
        let digits = text.filter { !$0.isWhitespace }.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private static let publicKey = Self.bytes(
        """
        a5010203262001215820afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61225820930a56b87a2fca66334b
        03458abf879717c12cc68ed73290af2e2664796b9220
        """)
    private static let attestation =
        Self.bytes(
            """
            a363666d74646e6f6e656761747453746d74a068617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592
            a5e0f01452b2e4b559000000008446ccb9ab1db374750b2367ff6f3a1f0020f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33
            ad94ff3ec330084be4
            """) + Self.publicKey
    private static let creation = Self.bytes(
        """
        7b2274797065223a22776562617574686e2e637265617465222c226368616c6c656e6765223a22414d4d507434557878475453746e6364
        7134313759447742466938767049612d7077386f4f755657345441222c226f726967696e223a2268747470733a2f2f6578616d706c652e
        6f7267222c2263726f73734f726967696e223a66616c73652c22657874726144617461223a22636c69656e74446174614a534f4e206d61
        7920626520657874656e6465642077697468206164646974696f6e616c206669656c647320696e20746865206675747572652c20737563
        6820617320746869733a20426b5165446a646354427258426941774a544c453551227d
        """)
    private static let authenticatorData = Self.bytes(
        "bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b51900000000")
    private static let assertion = Self.bytes(
        """
        7b2274797065223a22776562617574686e2e676574222c226368616c6c656e6765223a224f63446e55685158756c5455506f334a555854
        3049393770767a7a59425039745a63685879617630314167222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267
        222c2263726f73734f726967696e223a66616c73657d
        """)
    private static let signature = Self.bytes(
        """
        3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd380221008480ac0f0b93538174f575bf11a1dd
        5d78c6e486013f937295ea13653e331e87
        """)

    @Test("what the browser and the authenticator say is read")
    func read() throws {
        let creation = try ClientData(Self.creation)
        #expect(creation.ceremony == .creation)
        #expect(
            creation.challenge == Self.bytes("00c30fb78531c464d2b6771dab8d7b603c01162f2fa486bea70f283ae556e130"))
        let assertion = try ClientData(Self.assertion)
        #expect(assertion.ceremony == .assertion)
        #expect(
            assertion.challenge == Self.bytes("39c0e7521417ba54d43e8dc95174f423dee9bf3cd804ff6d65c857c9abf4d408"))
        #expect(try !Passkey.authenticatorData(in: Self.attestation).isVerified)
    }

    @Test("the signature holds, and no changed one does")
    func signature() {
        func holds(_ data: [UInt8]) -> Bool {
            Passkey.holds(Self.signature, data, Self.assertion, publicKey: Self.publicKey)
        }
        #expect(holds(Self.authenticatorData))
        var changed = Self.authenticatorData
        // As if the authenticator had looked who is there.
        changed[32] |= 4
        #expect(!holds(changed))
    }

    @Test("without a verified user neither is enough")
    func notVerified() {
        #expect(throws: PasskeyFailure.notVerified) {
            try Passkey.made(try ClientData(Self.creation), attestation: Self.attestation, at: Self.site)
        }
        #expect(throws: PasskeyFailure.notVerified) {
            try Passkey.check(
                try ClientData(Self.assertion), Self.assertion, authenticatorData: Self.authenticatorData,
                signature: Self.signature, publicKey: Self.publicKey, signCount: 0, at: Self.site)
        }
    }
}
