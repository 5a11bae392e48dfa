import E2EE
import Testing

@Suite("The frame profile MF1")
struct FrameProfileTests {
    private let crypto = SwiftCryptoProvider()

    @Test("the picture of appendix B is sealed to the byte, and opens")
    func knownPicture() throws {
        #expect(KeyID(context: .camera0, leaf: 9, epoch: 0x1234).value(leafBits: 5) == 0x294)
        var sealer = try sealer(.camera0, .vp8)
        for _ in 0..<300 { _ = try sealer.seal([0].span, isKeyFrame: false, mediaTime: 0) }
        let counter = sealer.counter
        #expect(counter == 300)
        let frame = try sealer.seal(
            Array("beraad".utf8).span, isKeyFrame: true, mediaTime: 90_000, size: FrameSize(width: 640, height: 360))
        #expect(
            hex(frame)
                == "1000009d012a80026801"
                + "990294012c21867bec633879fb48c30ef931f255595811ed2fa3fb53ec7a66cb65a6ac")

        var opener = FrameOpener(keys: OneKey(), self.crypto)
        guard case .opened(let opened) = opener.open(frame.span, codec: .vp8) else {
            Issue.record("the frame does not open")
            return
        }
        #expect(opened.leaf == 9)
        #expect(hex(opened.inner.encoded()) == "1121000100015f90")
        #expect(opened.payload == Array("beraad".utf8))
    }

    @Test("key and salt of a stream have their known answers")
    func knownKey() {
        let base = Secret(copying: counting(from: 0, 16).span)
        let key = SFrameKey(.aes128GCM, baseKey: base, keyID: 0x294, self.crypto)
        let answer = SFrameKey.Material(
            key: hex("67a3ee1b886ba2fcdd81d7dbdad03a12"), salt: hex("2df500b9d31cf9c16e3e8e3e"))
        let material = key.material
        #expect(material == answer)
    }

    @Test("the voice of appendix B fills its bucket, whatever was said")
    func knownVoice() throws {
        var sealer = try sealer(.microphone, .opus)
        for _ in 0..<5 { _ = try sealer.seal([0xFF].span, isKeyFrame: false, mediaTime: 0) }
        let frame = try sealer.seal(hex("f8fffe").span, isKeyFrame: false, mediaTime: 960)
        #expect(frame.count == 148)
        #expect(hex(Array(frame.prefix(2))) == "8594")
        var digest = [UInt8](repeating: 0, count: 32)
        var out = digest.mutableSpan
        self.crypto.hash(.sha256, frame.span, &out)
        #expect(hex(digest) == "55c749e8d73dcb349fed3245c1b7c99d9ee99eef20b3255c689f0813b375c60f")

        var opener = FrameOpener(keys: OneKey(), self.crypto)
        guard case .opened(let opened) = opener.open(frame.span, codec: .opus) else {
            Issue.record("the frame does not open")
            return
        }
        #expect(opened.payload == hex("f8fffe"))
        #expect(opened.inner.mediaTime == 960)
    }

    @Test("no audio frame tells by its size whether somebody speaks")
    func buckets() throws {
        var sealer = try sealer(.microphone, .opus)
        let header = 2 + 8 + 2 + 16
        for (length, bucket) in [(0, 120), (1, 120), (120, 120), (121, 240), (480, 480), (961, 1_280), (1_280, 1_280)] {
            let frame = try sealer.seal([UInt8](repeating: 1, count: length).span, isKeyFrame: false, mediaTime: 0)
            // The counter is under 8 for these seven frames, so the header has two bytes.
            #expect(frame.count == header + bucket)
        }
        let tooLong = sealer.failure([UInt8](repeating: 1, count: 1_281))
        #expect(tooLong == E2EEError(.usage, .tooLong))
    }

    @Test("the shells around VP8 and AV1 are the ones browsers accept")
    func shells() throws {
        var vp8 = try sealer(.camera0, .vp8)
        let unknown = try vp8.seal([1].span, isKeyFrame: true, mediaTime: 0)
        #expect(hex(Array(unknown.prefix(10))) == "1000009d012a0005d002")
        let delta = try vp8.seal([1].span, isKeyFrame: false, mediaTime: 0)
        #expect(hex(Array(delta.prefix(3))) == "110000")

        var av1 = try sealer(.camera1, .av1)
        // Six bytes of picture, inner header and tag, and a header of 5 bytes: 35 = 0x23.
        for _ in 0..<300 { _ = try av1.seal([0].span, isKeyFrame: false, mediaTime: 0) }
        let key = try av1.seal(Array("beraad".utf8).span, isKeyFrame: true, mediaTime: 0)
        #expect(hex(Array(key.prefix(2))) == "0a23")
        let later = try av1.seal(Array("beraad".utf8).span, isKeyFrame: false, mediaTime: 0)

        let opener = Slot()
        #expect(opener.outcome(key, .av1) == nil)
        // What a depacketizer may make of it: a temporal delimiter before it, an extension byte, no size field.
        #expect(opener.outcome([0x12, 0x00, 0x34, 0x00] + later.dropFirst(2), .av1) == nil)
        #expect(opener.outcome(later + [0], .av1) == .shell)
        #expect(opener.outcome([0x22] + later.dropFirst(), .av1) == .shell)
    }
}
