/// What should have become of a secret by now.
package enum SecretFate: Hashable, Sendable {
    /// Somebody needs it still.
    case held
    /// Somebody may hold it, or nobody.
    case either
    /// Deleted by `e2ee.md` 13.
    case gone
}

/// Where a meeting stands, as far as it decides over secrets: the schedule of `e2ee.md` 13, Deletion, written a second time.
package struct SecretSchedule: Sendable {
    /// The epoch that everybody is in, by the ledger's count; nothing when everybody is out.
    package var epoch: Int?
    /// Encryption keys in the tree.
    package var encryptionKeys: Set<[UInt8]> = []
    /// Signature keys in the tree.
    package var signatureKeys: Set<[UInt8]> = []
    /// Public keys of what a host's link holds.
    package var linkKeys: Set<[UInt8]> = []
    /// Whether the ledger is that of one member, who has exactly those parts of the secret tree that it has not used.
    package var isOfOne = false

    /// Everybody is out: there is nothing left.
    package init() {}

    /// What should have become of an entry.
    package func fate(of entry: SecretLedger.Entry) -> SecretFate {
        switch entry.kind {
        case .derived(let name) where name.isOfMessage:
            entry.waiting > 0 && self.epoch != nil && entry.epoch == self.epoch ? .held : .gone
        case .derived(let name): self.fate(of: name, entry.epoch, isUsed: entry.isUsed)
        case .root(let name): name.origin == .beraad && self.epoch != nil ? .either : .gone
        case .extracted, .encapsulated: .gone
        case .privateKey(let key):
            self.encryptionKeys.contains(key) ? .held : self.linkKeys.contains(key) ? .either : .gone
        case .signatureKey(let key):
            self.signatureKeys.contains(key) ? .held : self.linkKeys.contains(key) ? .either : .gone
        }
    }

    private func fate(of name: DerivationLabel.Name, _ epoch: Int?, isUsed: Bool) -> SecretFate {
        guard let current = self.epoch else { return .gone }
        guard name.origin == .mls else { return name.origin == .beraad ? .either : .gone }
        switch name.text {
        case "sender data", "external", "confirm", "membership", "resumption", "authentication", "init":
            return epoch == current ? .held : .gone
        case "encryption", "tree", "handshake", "application", "secret":
            guard epoch == current else { return .gone }
            return !self.isOfOne ? .either : isUsed ? .gone : .held
        default: return .gone
        }
    }
}
