internal import Crypto
internal import Wire

/// The two ceremonies of WebAuthn level 3, the server's part of §7.1 and §7.2. Attestation is none: who made somebody's
/// key is none of our business. A passkey stands for both steps, so the authenticator must have made sure who is there.
package enum Passkey {
    /// A passkey that may be kept.
    package struct Made: Equatable, Sendable {
        /// Its id.
        package let credential: [UInt8]
        /// Its public key, as COSE.
        package let publicKey: [UInt8]
        /// Its counter.
        package let signCount: UInt32

        /// A passkey that may be kept.
        package init(credential: [UInt8], publicKey: [UInt8], signCount: UInt32) {
            self.credential = credential
            self.publicKey = publicKey
            self.signCount = signCount
        }
    }

    /// A new passkey. That the challenge is ours is for the caller to know.
    package static func made(
        _ client: ClientData, attestation: [UInt8], at site: PasskeySite
    ) throws(PasskeyFailure) -> Made {
        try client.check(.creation, at: site)
        let data = try Self.authenticatorData(in: attestation)
        try Self.check(data, at: site)
        guard let made = data.made else { throw .authenticatorData }
        // A key that could not be checked later is not kept.
        _ = try CredentialKey(kept: made.key)
        return Made(credential: made.id, publicKey: made.key, signCount: data.signCount)
    }

    /// What a passkey says to sign somebody in; answers its counter. `clientBytes` are those that `client` was read
    /// from.
    package static func check(
        _ client: ClientData, _ clientBytes: [UInt8], authenticatorData: [UInt8], signature: [UInt8],
        publicKey: [UInt8], signCount: UInt32, at site: PasskeySite
    ) throws(PasskeyFailure) -> UInt32 {
        try client.check(.assertion, at: site)
        let data = try AuthenticatorData(authenticatorData)
        try Self.check(data, at: site)
        guard Self.holds(signature, authenticatorData, clientBytes, publicKey: publicKey) else { throw .signature }
        // Many have no counter, and say nought for ever (§6.1.1).
        guard data.signCount > signCount || (data.signCount == 0 && signCount == 0) else { throw .copied }
        return data.signCount
    }

    /// Whether a key signed that.
    package static func holds(
        _ signature: [UInt8], _ authenticatorData: [UInt8], _ clientBytes: [UInt8], publicKey: [UInt8]
    ) -> Bool {
        // A key that is none signs nothing.
        guard let key = try? CredentialKey(kept: publicKey) else { return false }
        return key.holds(signature, over: authenticatorData + Array(SHA256.hash(data: clientBytes)))
    }

    /// The authenticator data in an attestation object (§6.5), whose statement must be empty.
    package static func authenticatorData(in attestation: [UInt8]) throws(PasskeyFailure) -> AuthenticatorData {
        var reader = CBORReader(attestation)
        guard case .map(let pairs)? = try? reader.value(), reader.isAtEnd, pairs.count == 3 else {
            throw .authenticatorData
        }
        func member(_ name: String) -> CBOR? { pairs.first { $0.key == .text(name) }?.value }
        guard case .bytes(let data)? = member("authData") else { throw .authenticatorData }
        guard member("fmt") == .text("none"), member("attStmt") == .map([]) else { throw .unsupported }
        return try AuthenticatorData(data)
    }

    private static func check(_ data: AuthenticatorData, at site: PasskeySite) throws(PasskeyFailure) {
        guard equalInConstantTime(data.rpHash, site.rpHash) else { throw .otherSite }
        guard data.isVerified else { throw .notVerified }
    }
}
