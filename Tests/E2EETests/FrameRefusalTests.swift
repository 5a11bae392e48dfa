import BeraadTesting
import E2EE
import Testing

@Suite("Frames that are not played")
struct FrameRefusalTests {
    private let crypto = SwiftCryptoProvider()

    @Test("a picture that nobody sealed is never played")
    func unsealed() {
        let opener = Slot()
        // A real VP8 key frame starts like this; read as an SFrame header its rest is a key id of nobody.
        let plain: [UInt8] = hex("1000009d012a80026801") + counting(from: 0x40, 200)
        #expect(opener.outcome(plain, .vp8) != nil)
        #expect(opener.outcome(counting(from: 0x78, 100), .opus) != nil)
    }

    @Test("a frame with one changed bit anywhere behind its shell does not open")
    func tampered() throws {
        var sealer = try sealer(.camera0, .vp8)
        let frame = try sealer.seal(Array("beraad".utf8).span, isKeyFrame: true, mediaTime: 90_000)
        for index in 10..<frame.count {
            for bit in 0..<8 {
                var changed = frame
                changed[index] ^= 1 << UInt8(bit)
                let opener = Slot()
                #expect(opener.outcome(changed, .vp8) != nil)
            }
        }
        let opener = Slot()
        var changed = frame
        changed[frame.count - 1] ^= 1
        #expect(opener.outcome(changed, .vp8) == .authentication)
        #expect(opener.outcome(frame, .vp8) == nil, "a forgery does not spoil the frame it copied")
    }

    @Test("a frame under another key does not open")
    func wrongKey() throws {
        var sealer = try sealer(.camera0, .vp8, base: counting(from: 1, 16))
        let frame = try sealer.seal([1, 2, 3].span, isKeyFrame: true, mediaTime: 0)
        let opener = Slot()
        #expect(opener.outcome(frame, .vp8) == .authentication)
    }

    @Test("a frame plays once, late ones up to 64 back, older ones never")
    func replay() throws {
        var sealer = try sealer(.microphone, .opus)
        var frames: [[UInt8]] = []
        for _ in 0..<200 { frames.append(try sealer.seal([1].span, isKeyFrame: false, mediaTime: 0)) }
        let opener = Slot()
        #expect(opener.outcome(frames[0], .opus) == nil)
        #expect(opener.outcome(frames[0], .opus) == .replayed)
        #expect(opener.outcome(frames[100], .opus) == nil)
        #expect(opener.outcome(frames[37], .opus) == nil)
        #expect(opener.outcome(frames[37], .opus) == .replayed)
        #expect(opener.outcome(frames[36], .opus) == .replayed)
        #expect(opener.outcome(frames[199], .opus) == nil)
        #expect(opener.outcome(frames[135], .opus) == .replayed)
        #expect(opener.outcome(frames[136], .opus) == nil)
        #expect(FrameDrop.replayed.isExpected && FrameDrop.empty.isExpected && !FrameDrop.authentication.isExpected)
    }

    @Test("whoever is not there, not allowed, or is oneself is not shown")
    func strangers() throws {
        let screen = try sealer(.screen0, .vp8).one()
        var opener = Slot(OneKey(occupied: []))
        #expect(opener.outcome(screen, .vp8) == .leafFree)
        opener = Slot(OneKey(own: 9))
        #expect(opener.outcome(screen, .vp8) == .ownLeaf)
        opener = Slot(OneKey(forbidden: [FrameKind.screen.rawValue]))
        #expect(opener.outcome(screen, .vp8) == .forbidden)
        opener = Slot()
        #expect(opener.outcome(screen, .vp8) == nil)

        // Context 8 to 15, and 6 for data, are reserved; a key id is at most 2^20.
        for context in [6, 8, 15] as [UInt64] {
            let header = SFrameHeader(keyID: context << 9 | 9 << 4 | 4, counter: 0).encoded()
            #expect(opener.outcome([0x11, 0, 0] + header + counting(from: 0, 30), .vp8) == .context)
        }
        let huge = SFrameHeader(keyID: 1 << 20 + 1, counter: 0).encoded()
        #expect(opener.outcome([0x11, 0, 0] + huge + counting(from: 0, 30), .vp8) == .keyID)
    }

    @Test("the next epoch is not ours yet, an old one opens as long as its keys are kept")
    func epochs() throws {
        let next = try sealer(.camera0, .vp8, epoch: 0x1235).one()
        let old = try sealer(.camera0, .vp8, epoch: 0x1233).one()
        let opener = Slot()
        #expect(opener.outcome(next, .vp8) == .newerEpoch)
        #expect(opener.outcome(old, .vp8) == .epochGone)
        opener.opener.keys.keptEpochs.insert(0x1233)
        #expect(opener.outcome(old, .vp8) == nil)
        opener.opener.keys.keptEpochs.remove(0x1233)
        opener.opener.forgetGone()
        let later = try sealer(.camera0, .vp8, epoch: 0x1233).one(after: 5)
        #expect(opener.outcome(later, .vp8) == .epochGone)
        let first = Slot(OneKey(currentEpoch: 0, keptEpochs: [0]))
        #expect(first.outcome(old, .vp8) == .newerEpoch)
        #expect(first.outcome(try sealer(.camera0, .vp8, epoch: 8).one(), .vp8) == .epochGone)
    }

    @Test("a leaf that somebody else took over opens only the newcomer's frames")
    func takenLeaf() throws {
        let before = try sealer(.camera0, .vp8).one()
        let newcomer = try sealer(.camera0, .vp8, base: counting(from: 1, 16)).one()
        let opener = Slot()
        #expect(opener.outcome(before, .vp8) == nil)
        opener.opener.keys.base = counting(from: 1, 16)
        opener.opener.keys.version = 2
        #expect(opener.outcome(try sealer(.camera0, .vp8).one(after: 3), .vp8) == .authentication)
        #expect(opener.outcome(newcomer, .vp8) == nil, "the counter of the one before is not held against them")
    }

    @Test("what is said outside must be what is sealed inside")
    func insideAgrees() throws {
        let key = try sealer(.camera0, .vp8).one(isKeyFrame: true)
        var opener = Slot()
        // The same ciphertext with the shell of a delta frame, and as another codec.
        #expect(opener.outcome([0x11, 0, 0] + key.dropFirst(10), .vp8) == .frameTypeMismatch)
        opener = Slot()
        #expect(opener.outcome(Array(key.dropFirst(10)), .vp9, isKeyFrame: true) == .codecMismatch)
        #expect(opener.outcome(Array(key.prefix(9)), .vp8) == .shell)
        #expect(opener.outcome(Array(key.prefix(10)), .vp8) == .header)
        #expect(opener.outcome([], .opus) == .empty)
    }

    @Test("sealed bytes that break the profile are dropped with their own reason")
    func brokenInside() throws {
        var counter: UInt64 = 0
        let opener = Slot()
        let crypto = self.crypto
        func outcome(_ keyID: UInt64, _ inside: [UInt8], _ codec: FrameCodec) throws -> FrameDrop? {
            counter += 1
            let base = Secret(copying: counting(from: 0, 16).span)
            let key = SFrameKey(.aes128GCM, baseKey: base, keyID: keyID, crypto)
            let sealed = try key.seal(counter: counter, metadata: [], inside.span, crypto)
            return opener.outcome((codec == .vp8 ? [0x11, 0, 0] : []) + sealed, codec)
        }
        func camera(_ inside: [UInt8], _ codec: FrameCodec) throws -> FrameDrop? {
            try outcome(0x294, inside, codec)
        }
        func voice(_ inside: [UInt8], _ codec: FrameCodec) throws -> FrameDrop? {
            try outcome(0x094, inside, codec)
        }
        #expect(try camera(hex("1021000100000000"), .vp8) == nil)
        #expect(try camera(hex("10210001000000"), .vp8) == .inner)
        #expect(try camera(hex("2021000100000000"), .vp8) == .version)
        #expect(try camera(hex("1221000100000000"), .vp8) == .inner)
        #expect(try camera(hex("1021010100000000"), .vp8) == .inner)
        #expect(try camera(hex("1022000100000000"), .vp8) == .kindMismatch)
        #expect(try camera(hex("1031000100000000"), .vp8) == .kindMismatch)
        #expect(try camera(hex("1021000200000000"), .vp8) == .codecMismatch)
        #expect(try camera(hex("1121000100000000"), .vp8) == .frameTypeMismatch)
        let sound = hex("1010000000000000")
        func padded(_ length: UInt8, _ bucket: Int, last: UInt8 = 0) -> [UInt8] {
            sound + [0, length, 7, 7] + [UInt8](repeating: 0, count: bucket - 3) + [last]
        }
        #expect(try voice(padded(2, 120), .opus) == nil)
        #expect(try voice(padded(2, 120, last: 1), .opus) == .padding)
        #expect(try voice(padded(2, 240), .opus) == .padding, "a larger bucket than needed tells something")
        #expect(try voice(padded(2, 119), .opus) == .padding)
        #expect(try voice(padded(121, 120), .opus) == .padding)
        #expect(try voice(sound + [0, 5, 7, 7, 0, 0], .opus) == .padding)
        #expect(try voice(sound + [0], .opus) == .padding)
        #expect(try voice(hex("1110000000000000") + [0, 0], .opus) == .frameTypeMismatch)
    }

    @Test("ten thousand frames of noise neither open nor stop the program")
    func noise() throws {
        var generator = SeededGenerator(seed: 0xF00D)
        let seeds = [
            try sealer(.camera0, .vp8).one(), try sealer(.microphone, .opus).one(), try sealer(.camera1, .av1).one(),
        ]
        for round in 0..<10_000 {
            var bytes = generator.bytes(Int(generator.next() % 200))
            if round.isMultiple(of: 2) {
                bytes = [UInt8(truncatingIfNeeded: round)] + seeds[round / 2 % 3]
                for _ in 0...generator.next() % 4 {
                    bytes[Int(generator.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: generator.next())
                }
            }
            FrameFuzz.frame(bytes.span)
            FrameFuzz.header(bytes.span)
            FrameFuzz.link(bytes.span)
        }
    }
}
