/// One meeting's engine for an owner that has bytes and numbers and nothing else (`docs/wasm.md`): it holds the link, makes
/// the engine once a name is known, and lends it inputs. No bytes that come in make it trap; what is wrong is thrown, and
/// has changed nothing.
package struct EngineDoor<Crypto: CryptoProvider>: ~Copyable {
    let crypto: Crypto
    private var link: HeldLink?
    private var engine: Engine<Crypto>?
    /// The latest moment there was: time does not go back.
    private var latest: UInt64 = 0

    /// A door without a link.
    package init(_ crypto: Crypto) {
        self.crypto = crypto
        self.engine = nil
    }

    /// Takes a link: the path's last component<V>, then the fragment<V>, both ASCII. Answers with kind[1] and the public id
    /// of its invite[16], which proves to the server that one has the link. `unsupported` is a link of a later version,
    /// `malformed` a damaged one. An engine that ran is gone.
    /// A service's job is no link for a page: `unsupported`, like one of a later version.
    package mutating func open(_ bytes: [UInt8]) throws(E2EEError) -> [UInt8] {
        defer { wipeStack() }
        let held = try HeldLink(bytes)
        let link = try held.link(self.crypto)
        guard link.kind != .service else { throw E2EEError(.codec, .unsupported) }
        let identifier = link.invite(self.crypto).derive(.identifier, self.crypto).copied()
        self.engine = nil
        self.link = held
        return [link.kind.rawValue] + identifier
    }

    /// The fragment of the common link: what one passes on. In a meeting that has another link by now it is that one's.
    package mutating func guestFragment() throws(E2EEError) -> [UInt8] {
        defer { wipeStack() }
        if let renewed = self.engine?.guestFragment { return renewed }
        guard let link = self.link else { throw E2EEError(.usage, .closed) }
        return try link.link(self.crypto).guestFragment()
    }

    /// Makes an engine under a name (`EngineConfig`), in place of one that ran, and lets it find the way in.
    package mutating func enter(_ bytes: [UInt8], monotonic: UInt64, unix: UInt64) throws(E2EEError) {
        defer { wipeStack() }
        guard let link = self.link else { throw E2EEError(.usage, .closed) }
        let config = try EngineConfig(decoding: bytes)
        let now = try self.moment(monotonic, unix)
        self.engine = try Engine(try link.link(self.crypto), config, self.crypto)
        self.engine?.handle(.command(.enter), now: now)
    }

    /// Lends the engine one input, at a moment.
    package mutating func handle(_ input: EngineInput, monotonic: UInt64, unix: UInt64) throws(E2EEError) {
        guard self.engine != nil else { throw E2EEError(.usage, .closed) }
        let now = try self.moment(monotonic, unix)
        self.engine?.handle(input, now: now)
    }

    /// The next thing to do; to be asked after each input until nothing is left.
    package mutating func next() -> EngineOutput? { self.engine?.next() }

    /// Forgets link and engine.
    package mutating func forget() {
        self.engine = nil
        self.link = nil
    }

    /// Milliseconds as a browser's numbers hold them: sums in the engine cannot overflow.
    private mutating func moment(_ monotonic: UInt64, _ unix: UInt64) throws(E2EEError) -> EngineTime {
        guard monotonic < 1 << 53, unix < 1 << 53 else { throw E2EEError(.usage, .length) }
        self.latest = max(self.latest, monotonic)
        return EngineTime(monotonic: self.latest, unix: unix)
    }
}
