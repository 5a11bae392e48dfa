internal import BeraadTesting
internal import E2EE
internal import Synchronization

/// Counts what a group asks of its primitives. Random numbers follow from a seed. The KEM is a stand-in of the same sizes,
/// which **protects nothing**, unless somebody wants to know how long the real one takes; everything else is real.
struct CountingCryptoProvider: ForwardingCryptoProvider {
    /// How often each was asked for.
    struct Counts: Sendable {
        /// Encapsulations: HPKE seals, and what an external joiner starts with.
        var seals = 0
        var opens = 0
        var signatures = 0
        var verifications = 0
    }

    private final class Tally: Sendable {
        let counts = Mutex(Counts())
    }

    let real: SeededCryptoProvider
    private let tally = Tally()

    init(seed: UInt64, hasRealKEM: Bool = false) {
        self.real = SeededCryptoProvider(seed: seed, hasRealKEM: hasRealKEM)
    }

    /// Counted so far.
    var counts: Counts { self.tally.counts.withLock { $0 } }

    func sign(_ scheme: SignatureScheme, _ key: Span<UInt8>, _ message: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        self.tally.counts.withLock { $0.signatures += 1 }
        return try self.real.sign(scheme, key, message)
    }

    func verify(
        _ scheme: SignatureScheme, _ publicKey: Span<UInt8>, _ message: Span<UInt8>, _ signature: Span<UInt8>
    ) -> Bool {
        self.tally.counts.withLock { $0.verifications += 1 }
        return self.real.verify(scheme, publicKey, message, signature)
    }

    func encapsulateXWing(to publicKey: Span<UInt8>) throws(E2EEError) -> SecretPair {
        self.tally.counts.withLock { $0.seals += 1 }
        return try self.real.encapsulateXWing(to: publicKey)
    }

    func decapsulateXWing(_ encapsulated: Span<UInt8>, _ key: Span<UInt8>) throws(E2EEError) -> Secret {
        self.tally.counts.withLock { $0.opens += 1 }
        return try self.real.decapsulateXWing(encapsulated, key)
    }
}
