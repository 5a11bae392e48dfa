import BeraadTesting
import E2EE
import Synchronization

/// The native primitives, but for what a test twists: public keys and encapsulations it makes are somebody's lie then. It
/// counts the signatures it verified.
struct TwistedProvider: ForwardingCryptoProvider {
    typealias Twist = @Sendable (Int, [UInt8]) -> [UInt8]

    private final class State: Sendable {
        let verified = Mutex(0)
        let keys = Mutex<(made: Int, twist: Twist?)>((0, nil))
        let encapsulations = Mutex<(made: Int, twist: Twist?)>((0, nil))
    }

    let real = SwiftCryptoProvider()
    private let state = State()

    /// How many signatures were verified so far.
    var verified: Int { self.state.verified.withLock { $0 } }

    /// From now on the KEM's public keys are what `twist` makes of them; it is told how many came before.
    func twistKeys(_ twist: @escaping Twist) { self.state.keys.withLock { $0 = (0, twist) } }

    /// The same for what carries shared secrets.
    func twistEncapsulations(_ twist: @escaping Twist) { self.state.encapsulations.withLock { $0 = (0, twist) } }

    private func twisted(_ bytes: [UInt8], _ what: borrowing Mutex<(made: Int, twist: Twist?)>) -> [UInt8] {
        let (number, twist) = what.withLock { state in
            state.made += 1
            return (state.made - 1, state.twist)
        }
        return twist?(number, bytes) ?? bytes
    }

    func publicKey(_ kem: KEM, of key: Span<UInt8>) throws(E2EEError) -> [UInt8] {
        self.twisted(try self.real.publicKey(kem, of: key), self.state.keys)
    }

    func encapsulateXWing(to publicKey: Span<UInt8>) throws(E2EEError) -> SecretPair {
        let pair = try self.real.encapsulateXWing(to: publicKey)
        let bytes = self.twisted(pair.bytes, self.state.encapsulations)
        return SecretPair(secret: pair.secret.duplicate(), bytes: bytes)
    }

    func verify(
        _ scheme: SignatureScheme, _ publicKey: Span<UInt8>, _ message: Span<UInt8>, _ signature: Span<UInt8>
    ) -> Bool {
        self.state.verified.withLock { $0 += 1 }
        return self.real.verify(scheme, publicKey, message, signature)
    }
}

/// One member's end whose core runs on twisted primitives.
final class TwistedMember {
    var group: Group<TwistedProvider>
    let crypto: TwistedProvider

    init(_ group: consuming Group<TwistedProvider>, _ crypto: TwistedProvider) {
        self.group = group
        self.crypto = crypto
    }
}
