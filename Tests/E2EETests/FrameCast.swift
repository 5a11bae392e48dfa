import E2EE

/// Keys as the known answers want them: 32 leaves, epoch 0x1234, one base key for all.
struct OneKey: FrameKeySource {
    var currentEpoch: UInt64 = 0x1234
    var bits = 5
    var own: UInt32 = 31
    var version: UInt64 = 1
    var occupied: Set<UInt32> = [9]
    var keptEpochs: Set<UInt64> = [0x1234]
    var forbidden: Set<UInt8> = []
    var base: [UInt8] = counting(from: 0, 16)

    func leafBits(in epoch: UInt64) -> Int? { self.keptEpochs.contains(epoch) ? self.bits : nil }
    func isOwn(_ leaf: UInt32, in epoch: UInt64) -> Bool { leaf == self.own }
    func occupant(of leaf: UInt32, in epoch: UInt64) -> UInt64? { self.occupied.contains(leaf) ? self.version : nil }
    func allows(_ kind: FrameKind, from leaf: UInt32, in epoch: UInt64) -> Bool {
        !self.forbidden.contains(kind.rawValue)
    }
    func baseKey(of leaf: UInt32, in epoch: UInt64) -> Secret? { Secret(copying: self.base.span) }
}

/// A sealer with the keys of `OneKey`.
func sealer(
    _ context: StreamContext, _ codec: FrameCodec, epoch: UInt64 = 0x1234, leaf: UInt32 = 9,
    base: [UInt8] = counting(from: 0, 16)
) throws -> FrameSealer<SwiftCryptoProvider> {
    try FrameSealer(
        baseKey: Secret(copying: base.span), epoch: epoch, leafBits: 5, leaf: leaf, context: context, codec: codec,
        SwiftCryptoProvider())
}

/// A slot that receives: an opener behind a reference, because `#expect` copies what it looks at.
final class Slot {
    var opener: FrameOpener<SwiftCryptoProvider, OneKey>

    init(_ keys: OneKey = OneKey()) { self.opener = FrameOpener(keys: keys, SwiftCryptoProvider()) }

    /// Why a frame is not played; nothing when it is.
    func outcome(_ frame: [UInt8], _ codec: FrameCodec, isKeyFrame: Bool? = nil) -> FrameDrop? {
        switch self.opener.open(frame.span, codec: codec, isKeyFrame: isKeyFrame) {
        case .opened: nil
        case .dropped(let reason): reason
        }
    }
}

extension FrameSealer where Crypto == SwiftCryptoProvider {
    /// Why a frame is not sealed.
    mutating func failure(_ frame: [UInt8]) -> E2EEError? {
        do throws(E2EEError) {
            _ = try self.seal(frame.span, isKeyFrame: false, mediaTime: 0)
            return nil
        } catch {
            return error
        }
    }

    /// One frame, after `count` others.
    consuming func one(after count: Int = 0, isKeyFrame: Bool = false) throws -> [UInt8] {
        for _ in 0..<count { _ = try self.seal([0].span, isKeyFrame: false, mediaTime: 0) }
        return try self.seal([1, 2, 3].span, isKeyFrame: isKeyFrame, mediaTime: 0)
    }
}
