package import E2EE
internal import Synchronization

/// Every secret that went through a provider, and what it was: so that a test can look for it in memory when it should be
/// gone. The bytes are kept masked, or they would be found here. What a secret is follows from the label it was derived
/// with (RFC 9420 §8, `e2ee.md` Appendix A); a value that never was a key of anything is not a secret.
package final class SecretLedger: Sendable {
    /// What a secret is.
    package enum Kind: Hashable, Sendable {
        /// Derived under a label.
        case derived(DerivationLabel.Name)
        /// What something was derived from under a label; where it came from was not seen.
        case root(DerivationLabel.Name)
        /// Extracted from another secret.
        case extracted
        /// What an encapsulation of the KEM carried.
        case encapsulated
        /// A private key of the KEM.
        case privateKey(publicKey: [UInt8])
        /// A signature key, or the seed in a link.
        case signatureKey(publicKey: [UInt8])
    }

    /// One secret.
    package struct Entry: Sendable {
        /// What it is.
        package let kind: Kind
        /// The epoch it hangs on, counted from 0; nothing for what hangs on none.
        package let epoch: Int?
        /// Its bytes, masked.
        package let masked: [UInt8]
        /// Part of a secret tree from which everything was derived that hangs below it.
        package var isUsed = false
        /// Of a message's key: how often it was derived and not used yet, by whoever skipped that message.
        package var waiting = 0
    }

    private struct State: Sendable {
        var entries: [Entry] = []
        /// By masked bytes.
        var places: [[UInt8]: Int] = [:]
        var epochs = 0

        func entry(_ masked: [UInt8]) -> Entry? { self.places[masked].map { self.entries[$0] } }

        mutating func note(_ masked: [UInt8], _ kind: Kind, epoch: Int? = nil) {
            guard self.places[masked] == nil else { return }
            self.places[masked] = self.entries.count
            self.entries.append(Entry(kind: kind, epoch: epoch, masked: masked))
        }

        mutating func nextEpoch() -> Int {
            self.epochs += 1
            return self.epochs - 1
        }
    }

    private let state = Mutex(State())

    /// Nothing is known yet.
    package init() {}

    /// Everything that is known, in the order it was seen first.
    package var entries: [Entry] { self.state.withLock { $0.entries } }

    /// The epoch that a secret hangs on, such as the one whose base key it is.
    package func epoch(of secret: HeldSecret) -> Int? {
        let masked = Mask.applied(to: secret.secret)
        return self.state.withLock { $0.entry(masked)?.epoch }
    }

    // MARK: What a provider sees

    /// A private key was used, or its public key asked for.
    func saw(privateKey key: Span<UInt8>, of publicKey: [UInt8]) {
        self.note(Mask.applied(to: key), .privateKey(publicKey: publicKey))
    }

    /// A signature key was used, or its public key asked for.
    func saw(signatureKey key: Span<UInt8>, of publicKey: [UInt8]) {
        self.note(Mask.applied(to: key), .signatureKey(publicKey: publicKey))
    }

    /// A shared secret came out of the KEM.
    func saw(encapsulated secret: borrowing Secret) { self.note(Mask.applied(to: secret), .encapsulated) }

    /// An HMAC. Over a label it derives a secret from its key, over a secret it extracts another one; over anything else it
    /// is a tag, which everybody may see.
    func saw(hmac key: Span<UInt8>, _ message: Span<UInt8>, _ out: Span<UInt8>) {
        let (key, out) = (Mask.applied(to: key), Mask.applied(to: out))
        if let label = DerivationLabel(message) { return self.saw(label, from: key, Array(out.prefix(label.count))) }
        let isZero = message.count == 32 && message.indices.allSatisfy { message[$0] == 0 }
        let isOfHPKE = DerivationLabel.isExtraction(message)
        let message = Mask.applied(to: message)
        self.state.withLock { state in
            guard isZero || state.places[message] != nil || (isOfHPKE && state.places[key] != nil) else { return }
            state.note(out, .extracted)
        }
    }

    private func saw(_ label: DerivationLabel, from key: [UInt8], _ out: [UInt8]) {
        self.state.withLock { state in
            // A group's first epoch begins with a secret that comes from nowhere.
            if state.places[key] == nil {
                state.note(key, .root(label.name), epoch: label.name.isOfEpoch ? state.nextEpoch() : nil)
            }
            if label.name.isOfSecretTree, let place = state.places[key] { state.entries[place].isUsed = true }
            let isNewEpoch = label.name.text == "epoch" && state.places[out] == nil
            let epoch = isNewEpoch ? state.nextEpoch() : state.entry(key)?.epoch
            if !label.name.isPublic { state.note(out, .derived(label.name), epoch: epoch) }
            if label.name.isOfMessage, let place = state.places[out] { state.entries[place].waiting += 1 }
        }
    }

    /// Something was sealed or opened.
    func saw(cipherKey key: Span<UInt8>) {
        let masked = Mask.applied(to: key)
        self.state.withLock { state in
            if let place = state.places[masked] { state.entries[place].waiting -= 1 }
        }
    }

    private func note(_ masked: [UInt8], _ kind: Kind) { self.state.withLock { $0.note(masked, kind) } }
}
