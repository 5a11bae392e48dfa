package import E2EE
internal import Synchronization

/// Honest primitives but for the lies a test has them tell. A hostile member is the real core over these: what it signs and
/// tags fits its lie, so that only the rule the test is about can refuse it.
package struct LyingCryptoProvider: ForwardingCryptoProvider {
    /// What is not as it should be; nothing at first.
    package struct Lies: Sendable {
        /// Every signature holds: for building on what its signer never made.
        package var believesSignatures = false
        /// Path secrets that do not open, by their place in the order in which a Commit seals them.
        package var brokenPathSecrets: Set<Int> = []
        /// The generation every PrivateMessage claims to be of.
        package var generation: UInt32?
        /// Every new secret of 32 bytes is this one, so that keys are used twice.
        package var secret: [UInt8]?
        /// Key schedules come out wrong, and confirmation tags with them.
        package var spoilsSchedule = false

        /// The truth.
        package init() {}
    }

    private final class Mouth: Sendable {
        let lies = Mutex(Lies())
        let pathSecrets = Mutex(0)
    }

    package let real: SeededCryptoProvider
    private let mouth = Mouth()

    /// A provider that tells the truth until told otherwise.
    package init(_ real: SeededCryptoProvider) { self.real = real }

    /// Lies from now on; path secrets are counted anew.
    package func lie(_ change: (inout Lies) -> Void) {
        self.mouth.lies.withLock { lies in change(&lies) }
        self.mouth.pathSecrets.withLock { $0 = 0 }
    }

    /// Lies no more.
    package func stopLying() { self.lie { $0 = Lies() } }

    private var lies: Lies { self.mouth.lies.withLock { $0 } }

    package func random(_ out: inout MutableSpan<UInt8>) throws(E2EEError) {
        guard let secret = self.lies.secret, out.count == secret.count else { return try self.real.random(&out) }
        for index in out.indices { out[index] = secret[index] }
    }

    package func hmac(
        _ function: HashFunction, key: Span<UInt8>, _ message: Span<UInt8>, _ out: inout MutableSpan<UInt8>
    ) {
        self.real.hmac(function, key: key, message, &out)
        // A secret that goes into the schedule, or a transcript that is confirmed: nothing else is 32 bytes long.
        if self.lies.spoilsSchedule, message.count == 32 { out[0] ^= 1 }
    }

    package func seal(
        _ aead: AEAD, key: Span<UInt8>, nonce: Span<UInt8>, aad: Span<UInt8>, _ plaintext: Span<UInt8>
    ) throws(E2EEError) -> [UInt8] {
        let lies = self.lies
        // The sender data of a PrivateMessage: leaf, generation and guard (RFC 9420 §6.3.2).
        if let generation = lies.generation, plaintext.count == 12, !aad.isEmpty {
            let bytes = plaintext.copied()
            let claimed = (0..<4).map { UInt8(truncatingIfNeeded: generation >> (24 - 8 * UInt32($0))) }
            let changed = Array(bytes.prefix(4)) + claimed + Array(bytes.suffix(4))
            return try self.real.seal(aead, key: key, nonce: nonce, aad: aad, changed.span)
        }
        var sealed = try self.real.seal(aead, key: key, nonce: nonce, aad: aad, plaintext)
        // A path secret is the one thing of this length that is sealed with nothing beside it (RFC 9420 §7.6).
        if aad.isEmpty, plaintext.count == 32 {
            let place = self.mouth.pathSecrets.withLock { count in
                count += 1
                return count - 1
            }
            if lies.brokenPathSecrets.contains(place) { sealed[0] ^= 1 }
        }
        return sealed
    }

    package func verify(
        _ scheme: SignatureScheme, _ publicKey: Span<UInt8>, _ message: Span<UInt8>, _ signature: Span<UInt8>
    ) -> Bool {
        self.lies.believesSignatures || self.real.verify(scheme, publicKey, message, signature)
    }
}
