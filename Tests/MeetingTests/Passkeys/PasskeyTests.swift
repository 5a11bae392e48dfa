import BeraadTesting
import Meeting
import Testing

@Suite("Passkeys", .promise("P-037"))
struct PasskeyTests {
    private static let site = PasskeySite(rp: "example.org", origins: ["https://example.org"])
    private static let challenge = [UInt8](repeating: 9, count: 32)

    private static func made(
        _ authenticator: TestAuthenticator, type: String = "webauthn.create", attestation: [UInt8]? = nil,
        more: String = #","crossOrigin":false"#
    ) throws(PasskeyFailure) -> Passkey.Made {
        let client = try ClientData(authenticator.clientData(type, Self.challenge, more: more))
        return try Passkey.made(client, attestation: attestation ?? authenticator.attestation(), at: Self.site)
    }

    /// Signs in with `authenticator`; `publicKey` is what the server kept.
    private static func signIn(
        _ authenticator: TestAuthenticator, publicKey: [UInt8]? = nil, signCount: UInt32 = 0,
        type: String = "webauthn.get", data: [UInt8]? = nil, spoil: ([UInt8]) -> [UInt8] = { $0 }
    ) throws -> UInt32 {
        let bytes = authenticator.clientData(type, Self.challenge)
        let data = data ?? authenticator.data()
        let signature = spoil(try authenticator.sign(data, bytes))
        return try Passkey.check(
            try ClientData(bytes), bytes, authenticatorData: data, signature: signature,
            publicKey: publicKey ?? authenticator.publicKey, signCount: signCount, at: Self.site)
    }

    @Test("one that was made signs in, of both sorts", arguments: TestAuthenticator.Algorithm.allCases)
    func roundTrip(_ algorithm: TestAuthenticator.Algorithm) throws {
        var authenticator = TestAuthenticator(algorithm)
        let made = try Self.made(authenticator)
        #expect(
            made
                == Passkey.Made(
                    credential: authenticator.credential, publicKey: authenticator.publicKey, signCount: 0))
        #expect(try Self.signIn(authenticator, publicKey: made.publicKey) == 0)
        authenticator.signCount = 5
        #expect(try Self.signIn(authenticator, publicKey: made.publicKey, signCount: 4) == 5)
    }

    @Test("a changed signature, or another's key, opens nothing", arguments: TestAuthenticator.Algorithm.allCases)
    func signature(_ algorithm: TestAuthenticator.Algorithm) throws {
        let authenticator = TestAuthenticator(algorithm)
        #expect(throws: PasskeyFailure.signature) {
            try Self.signIn(authenticator, publicKey: TestAuthenticator(algorithm).publicKey)
        }
        for index in [0, 10, 40, 63] {
            #expect(throws: PasskeyFailure.signature) {
                try Self.signIn(authenticator) { signature in
                    var signature = signature
                    signature[index] ^= 4
                    return signature
                }
            }
        }
        #expect(throws: PasskeyFailure.signature) { try Self.signIn(authenticator) { _ in [] } }
        #expect(throws: PasskeyFailure.signature) { try Self.signIn(authenticator, publicKey: []) }
    }

    @Test("another page, another site, another ceremony or a page in a frame is refused")
    func foreign() throws {
        var authenticator = TestAuthenticator(.ed25519)
        #expect(throws: PasskeyFailure.foreign) { try Self.made(authenticator, type: "webauthn.get") }
        #expect(throws: PasskeyFailure.clientData) { try Self.made(authenticator, type: "payment.get") }
        #expect(throws: PasskeyFailure.foreign) { try Self.made(authenticator, more: #","crossOrigin":true"#) }
        #expect(throws: PasskeyFailure.foreign) { try Self.signIn(authenticator, type: "webauthn.create") }
        authenticator.origin = "https://example.org.evil.example"
        #expect(throws: PasskeyFailure.foreign) { try Self.made(authenticator) }
        #expect(throws: PasskeyFailure.foreign) { try Self.signIn(authenticator) }
        authenticator.origin = "https://example.org"
        authenticator.rp = "evil.example"
        #expect(throws: PasskeyFailure.otherSite) { try Self.made(authenticator) }
        #expect(throws: PasskeyFailure.otherSite) { try Self.signIn(authenticator) }
    }

    @Test("a browser of next year, which says more, is read")
    func more() throws {
        let said = #","crossOrigin":false,"topOrigin":"https://example.org","new":{"a":[1,true,null]}"#
        #expect(throws: Never.self) { try Self.made(TestAuthenticator(.es256), more: said) }
        #expect(throws: Never.self) { try Self.made(TestAuthenticator(.es256), more: "") }
    }

    @Test("nobody touched it, or it did not look who is there", arguments: [UInt8](0...7))
    func verified(_ flags: UInt8) throws {
        var authenticator = TestAuthenticator(.ed25519)
        authenticator.flags = flags
        let isVerified = flags & 5 == 5
        if isVerified {
            #expect(throws: Never.self) { try Self.made(authenticator) }
            #expect(throws: Never.self) { try Self.signIn(authenticator) }
        } else {
            #expect(throws: PasskeyFailure.notVerified) { try Self.made(authenticator) }
            #expect(throws: PasskeyFailure.notVerified) { try Self.signIn(authenticator) }
        }
    }

    @Test("a counter that does not go on is that of a copy")
    func copied() throws {
        var authenticator = TestAuthenticator(.es256)
        for (now, before) in [(0, 1), (5, 5), (4, 5), (1, UInt32.max)] as [(UInt32, UInt32)] {
            authenticator.signCount = now
            #expect(throws: PasskeyFailure.copied) { try Self.signIn(authenticator, signCount: before) }
        }
        authenticator.signCount = .max
        #expect(try Self.signIn(authenticator, signCount: .max - 1) == .max)
    }

    @Test("an attestation that says more than none, or leaves bytes over, is refused")
    func attestation() {
        let authenticator = TestAuthenticator(.es256)
        let data = authenticator.data(0x45, authenticator.made())
        func failure(_ attestation: [UInt8]) -> PasskeyFailure? {
            do throws(PasskeyFailure) {
                _ = try Self.made(authenticator, attestation: attestation)
                return nil
            } catch {
                return error
            }
        }
        #expect(failure(TestAuthenticator.attestation(data)) == nil)
        #expect(failure(TestAuthenticator.attestation(data, format: "packed")) == .unsupported)
        #expect(failure(TestAuthenticator.attestation(data, statement: [0xA1, 0x01, 0x01])) == .unsupported)
        #expect(failure(TestAuthenticator.attestation(data) + [0]) == .authenticatorData)
        #expect(failure(TestAuthenticator.attestation(data + [0])) == .authenticatorData)
        #expect(failure(TestAuthenticator.attestation(authenticator.data(0x05))) == .authenticatorData)
        // Extensions are read and no matter; what says there are some has some.
        let extended = authenticator.data(0xC5, authenticator.made() + [0xA1, 0x61, 0x61, 0xF5])
        #expect(failure(TestAuthenticator.attestation(extended)) == nil)
        #expect(
            failure(TestAuthenticator.attestation(authenticator.data(0xC5, authenticator.made()))) == .authenticatorData
        )
        // Backed up, and could not be.
        #expect(
            failure(TestAuthenticator.attestation(authenticator.data(0x55, authenticator.made()))) == .authenticatorData
        )
        #expect(failure(TestAuthenticator.attestation(authenticator.data(0x5D, authenticator.made()))) == nil)
        for id in [[], [UInt8](repeating: 1, count: 1_024)] {
            #expect(
                failure(TestAuthenticator.attestation(authenticator.data(0x45, authenticator.made(id: id))))
                    == .authenticatorData)
        }
    }

    @Test("a key of another sort, off its curve or with more in it is none")
    func keys() {
        let authenticator = TestAuthenticator(.es256)
        let good = authenticator.publicKey
        func isKept(_ key: [UInt8]) -> Bool {
            let data = authenticator.data(0x45, authenticator.made(key: key))
            return (try? Self.made(authenticator, attestation: TestAuthenticator.attestation(data))) != nil
        }
        #expect(isKept(good))
        var offCurve = good
        offCurve[20] ^= 1
        #expect(!isKept(offCurve))
        // RS256 in the place of ES256, P-384 in the place of P-256, and a member more.
        let rest = Array(good.dropFirst(7))
        #expect(!isKept([0xA5, 0x01, 0x02, 0x03, 0x39, 0x01, 0x00, 0x20, 0x01] + rest))
        #expect(!isKept([0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x02] + rest))
        #expect(!isKept([0xA6, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01] + rest + [0x18, 0x64, 0x01]))
        #expect(!isKept([0xA0]))
        #expect(!isKept([0x01]))
    }
}
