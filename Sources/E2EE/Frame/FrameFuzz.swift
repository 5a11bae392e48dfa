/// The doors of this module that a stranger's bytes come through, as functions for a fuzzer: they take anything and never
/// trap. A round trip that does not hold traps on purpose.
public enum FrameFuzz {
    /// An SFrame header.
    public static func header(_ bytes: Span<UInt8>) {
        guard let header = try? SFrameHeader(parsing: bytes) else { return }
        precondition(header.encoded() == bytes.extracting(0..<header.byteCount).copied(), "one spelling only")
    }

    /// A frame as a slot receives it; the first byte chooses the codec. Nothing a stranger writes may open.
    public static func frame<Crypto: CryptoProvider>(_ bytes: Span<UInt8>, _ crypto: Crypto) {
        guard let first = bytes.isEmpty ? nil : bytes[0], let codec = FrameCodec(rawValue: first & 3) else { return }
        var keys = GroupFrameKeys()
        // Two epochs are kept, and there is room above the 32 leaves that somebody sits on.
        for epoch in [16, 17] as [UInt64] {
            let key = Secret(copying: [UInt8](repeating: UInt8(epoch), count: 16).span)
            keys.begin(
                MediaEpoch(
                    epoch: epoch, baseKey: HeldSecret(key), leafBits: 6, ownLeaf: 0,
                    occupants: (0..<32).map {
                        MediaOccupant(leaf: $0, signatureKey: [UInt8](repeating: UInt8($0), count: 32))
                    }),
                now: 0)
        }
        var opener = FrameOpener(keys: keys, crypto)
        let outcome = opener.open(bytes.extracting(1..<bytes.count), codec: codec, isKeyFrame: first & 4 == 0)
        if case .opened = outcome { preconditionFailure("a frame opened that nobody sealed") }
    }

    /// The parts of a link: a length byte, the path's last component, the fragment.
    public static func link<Crypto: CryptoProvider>(_ bytes: Span<UInt8>, _ crypto: Crypto) {
        guard !bytes.isEmpty else { return }
        let length = min(Int(bytes[0]), bytes.count - 1)
        _ = try? Link(
            meetingID: bytes.extracting(1..<1 + length), fragment: bytes.extracting(1 + length..<bytes.count),
            crypto)
    }
}
