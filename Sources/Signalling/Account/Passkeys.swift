package import Redaction

/// What a browser needs to make a passkey: `publicKey` of `navigator.credentials.create` (WebAuthn §5.4). Algorithms
/// are -8 and -7, the user is verified, attestation is none.
package struct PasskeyCreation: Equatable, Sendable {
    /// To be signed.
    package var challenge: PasskeyChallenge
    /// The relying party's id: this host.
    package var rp: String
    /// The user handle.
    package var user: AccountID
    /// The account's address, which browsers show in their list.
    package var name: Redacted<String>
    /// Passkeys there are already.
    package var exclude: [[UInt8]]

    /// What a browser needs to make a passkey.
    package init(
        challenge: PasskeyChallenge, rp: String, user: AccountID, name: Redacted<String>, exclude: [[UInt8]]
    ) {
        self.challenge = challenge
        self.rp = rp
        self.user = user
        self.name = name
        self.exclude = exclude
    }
}

extension PasskeyCreation: RecordBody {
    static let record = Record<Self>(
        "PasskeyCreation", Self.init, .required("challenge", \.challenge, .id),
        .required("rp", \.rp, .text(.ascii(1...253))), .required("user", \.user, .id),
        .required("name", \.name, .redacted(AccountLimits.email)),
        .required(
            "exclude", \.exclude, .list(.base64(AccountLimits.credentialBytes), atMost: AccountLimits.passkeys)))
}

/// A passkey that a browser made.
package struct PasskeyRegistration: Equatable, Sendable {
    /// `clientDataJSON`.
    package var clientData: [UInt8]
    /// `attestationObject`.
    package var attestation: [UInt8]

    /// A passkey that a browser made.
    package init(clientData: [UInt8], attestation: [UInt8]) {
        self.clientData = clientData
        self.attestation = attestation
    }
}

extension PasskeyRegistration: RecordBody {
    static let record = Record<Self>(
        "PasskeyRegistration", Self.init,
        .required("clientData", \.clientData, .base64(AccountLimits.passkeyBytes)),
        .required("attestation", \.attestation, .base64(AccountLimits.passkeyBytes)))
}

/// The passkeys of an account.
package struct PasskeyList: Equatable, Sendable {
    /// In no order that means anything: they have no name and no date.
    package var passkeys: [PasskeyID]

    /// The passkeys of an account.
    package init(passkeys: [PasskeyID]) { self.passkeys = passkeys }
}

extension PasskeyList: RecordBody {
    static let record = Record<Self>(
        "PasskeyList", Self.init, .required("passkeys", \.passkeys, .list(.id, atMost: AccountLimits.passkeys)))
}

/// What a browser needs to sign in with a passkey: `publicKey` of `navigator.credentials.get` (WebAuthn §5.5), without
/// a list of credentials, so that nobody learns who has which.
package struct PasskeyRequest: Equatable, Sendable {
    /// To be signed.
    package var challenge: PasskeyChallenge
    /// The relying party's id: this host.
    package var rp: String

    /// What a browser needs to sign in with a passkey.
    package init(challenge: PasskeyChallenge, rp: String) {
        self.challenge = challenge
        self.rp = rp
    }
}

extension PasskeyRequest: RecordBody {
    static let record = Record<Self>(
        "PasskeyRequest", Self.init, .required("challenge", \.challenge, .id),
        .required("rp", \.rp, .text(.ascii(1...253))))
}

/// A passkey shows itself.
package struct PasskeyAssertion: Equatable, Sendable {
    /// `rawId`.
    package var credential: [UInt8]
    /// `clientDataJSON`.
    package var clientData: [UInt8]
    /// `authenticatorData`.
    package var authenticatorData: [UInt8]
    /// `signature`.
    package var signature: [UInt8]

    /// A passkey shows itself.
    package init(credential: [UInt8], clientData: [UInt8], authenticatorData: [UInt8], signature: [UInt8]) {
        self.credential = credential
        self.clientData = clientData
        self.authenticatorData = authenticatorData
        self.signature = signature
    }
}

extension PasskeyAssertion: RecordBody {
    static let record = Record<Self>(
        "PasskeyAssertion", Self.init,
        .required("credential", \.credential, .base64(AccountLimits.credentialBytes)),
        .required("clientData", \.clientData, .base64(AccountLimits.passkeyBytes)),
        .required("authenticatorData", \.authenticatorData, .base64(AccountLimits.passkeyBytes)),
        .required("signature", \.signature, .base64(1...256)))
}
