/// The id of a passkey.
package enum PasskeyCredential: Field {
    /// As the authenticator chose it.
    package typealias Value = [UInt8]

    /// Its row.
    package static let entry = Entry.column(
        "passkey", "credential", .credentials, .sealedPerSubject, for: .security, .untilEvent(.takenAway),
        from: .theSubject,
        nl: "Voorkomt dat een apparaat voor hetzelfde account twee passkeys maakt.",
        en: "Keeps a device from making two passkeys for one account.")
}

/// Who may read it.
package protocol MayReadPasskeyCredential: Purpose {}
extension Authenticate: MayReadPasskeyCredential {}

extension Personal where F == PasskeyCredential {
    /// Its bytes.
    package func read<P: MayReadPasskeyCredential>(
        for purpose: P.Type, _ ledger: PurposeLedger
    ) throws(SealFailure) -> [UInt8] {
        try self.open(for: purpose, ledger)
    }
}
