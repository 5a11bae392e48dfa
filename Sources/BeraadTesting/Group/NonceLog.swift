internal import E2EE
internal import Synchronization

/// Writes down under which key and nonce something was sealed, by anybody in a test: no pair may come twice.
package final class NonceLog: Sendable {
    private struct State: Sendable {
        var pairs: Set<[UInt8]> = []
        var count = 0
    }

    private let state = Mutex(State())

    /// Nothing was sealed yet.
    package init() {}

    func sealed(_ key: Span<UInt8>, _ nonce: Span<UInt8>) {
        let pair = key.copied() + nonce.copied()
        self.state.withLock { state in
            state.pairs.insert(pair)
            state.count += 1
        }
    }

    /// How often something was sealed.
    package var count: Int { self.state.withLock { $0.count } }

    /// How often under a pair that was used before.
    package var repeats: Int { self.state.withLock { $0.count - $0.pairs.count } }
}
