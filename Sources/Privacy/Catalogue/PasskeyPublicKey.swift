/// The public key of a passkey.
package enum PasskeyPublicKey: Field {
    /// The COSE key as the authenticator wrote it (RFC 9052 §7).
    package typealias Value = [UInt8]

    /// Its row.
    package static let entry = Entry.column(
        "passkey", "public_key", .credentials, .sealedPerSubject, for: .security, .untilEvent(.takenAway),
        from: .theSubject,
        nl: "Controleert de handtekening waarmee een passkey zich meldt.",
        en: "Checks the signature by which a passkey shows itself.")
}

/// Who may read it.
package protocol MayReadPasskeyPublicKey: Purpose {}
extension Authenticate: MayReadPasskeyPublicKey {}

extension Personal where F == PasskeyPublicKey {
    /// Its bytes.
    package func read<P: MayReadPasskeyPublicKey>(
        for purpose: P.Type, _ ledger: PurposeLedger
    ) throws(SealFailure) -> [UInt8] {
        try self.open(for: purpose, ledger)
    }
}
