/// Seals the frames of one RTP stream in one epoch. It owns the counter, which is the nonce: start a new sealer only
/// with a new key (that of a new epoch), never to go on with an old one.
public struct FrameSealer<Crypto: CryptoProvider>: ~Copyable, Sendable {
    /// The counter this stream may not reach (`e2ee.md` 6): whoever comes here asks for an empty Commit.
    public static var counterMax: UInt64 { 0xFFFF_FFFF }

    /// The stream's context.
    public let context: StreamContext
    /// The stream's codec.
    public let codec: FrameCodec
    /// The counter of the next frame.
    public private(set) var counter: UInt64 = 0
    private let key: SFrameKey
    private let crypto: Crypto

    /// A sealer for the stream `context` of `leaf`, whose tree has room for 2^`leafBits` leaves in `epoch`.
    public init(
        baseKey: borrowing Secret, suite: CipherSuite = .aes128GCM, epoch: UInt64, leafBits: Int, leaf: UInt32,
        context: StreamContext, codec: FrameCodec, _ crypto: Crypto
    ) throws(E2EEError) {
        let keyID = KeyID(context: context, leaf: leaf, epoch: epoch).value(leafBits: leafBits)
        guard (0...16).contains(leafBits), leaf < 1 << UInt32(leafBits), keyID <= KeyID.highest else {
            throw E2EEError(.usage, .length)
        }
        guard (codec == .opus) == context.kind.isAudio else { throw E2EEError(.usage, .malformed) }
        self.context = context
        self.codec = codec
        self.key = SFrameKey(suite, baseKey: baseKey, keyID: keyID, crypto)
        self.crypto = crypto
    }

    /// The bytes for the packetizer: shell, header, ciphertext, tag. `size` is for the shell of a VP8 key frame.
    public mutating func seal(
        _ frame: Span<UInt8>, isKeyFrame: Bool, mediaTime: UInt32, size: FrameSize? = nil, spatialID: UInt8 = 0,
        temporalID: UInt8 = 0
    ) throws(E2EEError) -> [UInt8] {
        guard self.counter < Self.counterMax else { throw E2EEError(.usage, .wornOut) }
        let isKeyFrame = isKeyFrame && !self.context.kind.isAudio
        let inner = InnerHeader(
            isKeyFrame: isKeyFrame, context: self.context, spatialID: spatialID, temporalID: temporalID,
            codec: self.codec, mediaTime: mediaTime)
        var plaintext = inner.encoded()
        if self.context.kind.isAudio {
            guard let padded = AudioPadding.pad(frame) else { throw E2EEError(.usage, .tooLong) }
            plaintext += padded
        } else {
            plaintext += frame.copied()
        }
        // The counter moves before anything can fail: a number that may have been used is a number that was used.
        let counter = self.counter
        self.counter += 1
        let sealed = try self.key.seal(counter: counter, metadata: [], plaintext.span, self.crypto)
        return Shell.wrap(sealed, self.codec, isKeyFrame: isKeyFrame, size: size)
    }
}
