/// What a device kept, as a function for a fuzzer: whoever can write there may have written anything. It takes anything and
/// never traps. A round trip that does not hold traps on purpose.
public enum SavedFuzz {
    /// Bytes as they were kept; and the same with the digest that makes a state of them, which no fuzzer would find.
    public static func state<Crypto: CryptoProvider>(_ bytes: Span<UInt8>, _ crypto: Crypto) {
        self.restore(Secret(copying: bytes), crypto)
        let bytes = bytes.copied()
        guard let state = try? SavedState(decoding: bytes) else { return }
        precondition(state.encoded == bytes, "one spelling only")
        self.restore(state.kept(crypto), crypto)
    }

    /// If an engine comes of it, it also starts.
    private static func restore<Crypto: CryptoProvider>(_ kept: borrowing Secret, _ crypto: Crypto) {
        let config = EngineConfig(name: [65], language: [], clientVersion: 1, buildHash: [], wordlist: 1)
        let now = EngineTime(monotonic: 1_000, unix: 1_800_000_000_000)
        do throws(E2EEError) {
            var engine = try Engine(restoring: kept, nil, config, crypto, now: now)
            for input in [EngineInput.connected, .tick, .command(.leave)] {
                engine.handle(input, now: now)
                while engine.next() != nil {}
            }
        } catch {
            return
        }
    }
}
