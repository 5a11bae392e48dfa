/// The engine on the native primitives. It is made here, where the compiler sees both, so that it compiles one program of
/// them; used as a generic from another module every primitive would be called through a table.
package struct NativeEngine: ~Copyable {
    private var engine: Engine<SwiftCryptoProvider>

    /// The engine behind `link`.
    package init(_ link: consuming Link, _ config: EngineConfig) throws(E2EEError) {
        self.engine = try Engine(link, config, SwiftCryptoProvider())
    }

    /// The engine that goes on from a state that was kept.
    package init(
        restoring saved: borrowing Secret, _ link: consuming Link?, _ config: EngineConfig, now: EngineTime
    ) throws(E2EEError) {
        self.engine = try Engine(restoring: saved, link, config, SwiftCryptoProvider(), now: now)
    }

    /// Takes one input. Whatever comes from the network, it neither throws nor traps: what is wrong becomes an output.
    package mutating func handle(_ input: EngineInput, now: EngineTime) { self.engine.handle(input, now: now) }

    /// What is to be done, the first first.
    package mutating func next() -> EngineOutput? { self.engine.next() }
}

/// The same for frames, of which there are hundreds a second.
extension FrameOpener where Crypto == SwiftCryptoProvider, Keys == GroupFrameKeys {
    /// `open`, compiled for the native primitives.
    package mutating func openNatively(_ frame: Span<UInt8>, codec: FrameCodec) -> FrameOpening {
        self.open(frame, codec: codec)
    }
}

extension FrameSealer where Crypto == SwiftCryptoProvider {
    /// `seal`, compiled for the native primitives.
    package mutating func sealNatively(
        _ frame: Span<UInt8>, isKeyFrame: Bool, mediaTime: UInt32, size: FrameSize? = nil
    ) throws(E2EEError) -> [UInt8] {
        try self.seal(frame, isKeyFrame: isKeyFrame, mediaTime: mediaTime, size: size)
    }
}
