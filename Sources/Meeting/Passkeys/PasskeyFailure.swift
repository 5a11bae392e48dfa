/// Why a passkey is not taken. People hear one word for all of them; the tests tell them apart.
package enum PasskeyFailure: Error, Equatable, Sendable {
    /// What the browser says of the ceremony cannot be read.
    case clientData
    /// It is of the other ceremony, or of another page.
    case foreign
    /// The challenge is not ours, too old, or was answered before.
    case challenge
    /// What the authenticator says cannot be read.
    case authenticatorData
    /// It is for another site.
    case otherSite
    /// Nobody touched it, or it did not ask who is there.
    case notVerified
    /// No key that we check, or an attestation that nobody asked for.
    case unsupported
    /// The signature does not hold.
    case signature
    /// Its counter went back: somebody has a copy.
    case copied
}
