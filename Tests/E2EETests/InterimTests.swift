import E2EE
import Testing

@Suite("Keys and names before the group protocol")
struct InterimTests {
    private let crypto = SwiftCryptoProvider()
    private let sender = counting(from: 0xA0, 16)

    private func invite() -> Invite {
        Invite(
            pseudorandomKey: Secret(
                copying: hex("95b44f4c8ae519abcc2c8a2b8e2e4771a901ac370dcb4871212e326175f32431").span))
    }

    @Test("two members open each other's frames, and a third with another link opens neither")
    func members() throws {
        var alice = InterimFrameKeys(invite: self.invite(), ownLeaf: 0, self.crypto)
        alice.seat(self.sender, on: 3)
        let base = InterimFrameKeys.baseKey(of: self.sender, invite: self.invite(), self.crypto)
        var sealer = try FrameSealer(
            baseKey: base, epoch: 0, leafBits: InterimFrameKeys.leafBits, leaf: 3, context: .camera0, codec: .vp8,
            self.crypto)
        let frame = try sealer.seal([1, 2, 3].span, isKeyFrame: true, mediaTime: 7)
        var opener = FrameOpener(keys: alice, self.crypto)
        guard case .opened(let opened) = opener.open(frame.span, codec: .vp8) else {
            Issue.record("the frame does not open")
            return
        }
        #expect(opened.leaf == 3 && opened.payload == [1, 2, 3])

        let other = Invite(pseudorandomKey: Secret(copying: counting(from: 0, 32).span))
        var mallory = InterimFrameKeys(invite: other, ownLeaf: 1, self.crypto)
        mallory.seat(self.sender, on: 3)
        var stranger = FrameOpener(keys: mallory, self.crypto)
        let outcome = stranger.open(frame.span, codec: .vp8)
        #expect(outcome == .dropped(.authentication))
    }

    @Test("somebody who left is not heard, somebody who came back is, and a leaf outside the table seats nobody")
    func seats() throws {
        var keys = InterimFrameKeys(invite: self.invite(), ownLeaf: 0, self.crypto)
        let seated = keys.seat(self.sender, on: 7)
        let first = keys.occupant(of: 7, in: 0)
        keys.seat(self.sender, on: 7)
        let again = keys.occupant(of: 7, in: 0)
        #expect(seated && first != nil && again == first)
        keys.vacate(7)
        let gone = keys.occupant(of: 7, in: 0)
        #expect(gone == nil)
        keys.seat(counting(from: 2, 16), on: 7)
        let newcomer = keys.occupant(of: 7, in: 0)
        #expect(newcomer != nil && newcomer != first)
        let outside = keys.seat(self.sender, on: 256)
        let short = keys.seat([1], on: 1)
        #expect(!outside && !short)
        keys.vacate(.max)
        let nobody = keys.occupant(of: .max, in: 0)
        let otherEpoch = keys.occupant(of: 7, in: 1)
        #expect(nobody == nil && otherEpoch == nil)
    }

    @Test("a server that takes somebody out and puts them back cannot play their frames a second time")
    func comingBack() throws {
        var keys = InterimFrameKeys(invite: self.invite(), ownLeaf: 0, self.crypto)
        keys.seat(self.sender, on: 3)
        let base = InterimFrameKeys.baseKey(of: self.sender, invite: self.invite(), self.crypto)
        var sealer = try FrameSealer(
            baseKey: base, epoch: 0, leafBits: InterimFrameKeys.leafBits, leaf: 3, context: .camera0, codec: .vp8,
            self.crypto)
        let frame = try sealer.seal([1, 2, 3].span, isKeyFrame: true, mediaTime: 7)
        var opener = FrameOpener(keys: keys, self.crypto)
        guard case .opened = opener.open(frame.span, codec: .vp8) else {
            Issue.record("the frame does not open")
            return
        }
        opener.keys.vacate(3)
        let away = opener.open(frame.span, codec: .vp8)
        opener.keys.seat(counting(from: 2, 16), on: 3)
        let other = opener.open(frame.span, codec: .vp8)
        opener.keys.vacate(3)
        opener.keys.seat(self.sender, on: 3)
        let back = opener.open(frame.span, codec: .vp8)
        #expect(away == .dropped(.leafFree) && other == .dropped(.authentication) && back == .dropped(.replayed))
        let moved = opener.keys.seat(self.sender, on: 4)
        let own = opener.keys.seat(counting(from: 3, 16), on: 0)
        #expect(!moved && !own)
    }

    @Test("sound does not come out of a picture's stream, and no screen is shared before there are rights for it")
    func kinds() throws {
        var keys = InterimFrameKeys(invite: self.invite(), ownLeaf: 0, self.crypto)
        keys.seat(self.sender, on: 3)
        let base = InterimFrameKeys.baseKey(of: self.sender, invite: self.invite(), self.crypto)
        func frame(_ context: StreamContext, _ codec: FrameCodec) throws -> [UInt8] {
            var sealer = try FrameSealer(
                baseKey: base, epoch: 0, leafBits: InterimFrameKeys.leafBits, leaf: 3, context: context, codec: codec,
                self.crypto)
            return try sealer.seal([1, 2, 3].span, isKeyFrame: false, mediaTime: 7)
        }
        let picture = try frame(.camera0, .vp9), screen = try frame(.screen0, .vp8)
        var opener = FrameOpener(keys: keys, self.crypto)
        let asSound = opener.open(picture.span, codec: .opus)
        let shared = opener.open(screen.span, codec: .vp8)
        #expect(asSound == .dropped(.codecMismatch) && shared == .dropped(.forbidden))
    }

    @Test("a name is sealed to 208 characters, whoever bears it, and opens only for its own sender id")
    func profile() throws {
        for name in ["J", "Zoë de Vries", String(repeating: "n", count: 120)] {
            let sealed = try InterimProfile.seal(
                name: Array(name.utf8).span, sender: self.sender, nonce: counting(from: 1, 12), invite: self.invite(),
                self.crypto)
            #expect(sealed.count == 208)
            let opened = try InterimProfile.open(
                sealed.span, sender: self.sender, invite: self.invite(), self.crypto)
            #expect(String(decoding: opened, as: UTF8.self) == name)
            #expect(throws: E2EEError(.crypto, .authentication)) {
                try InterimProfile.open(
                    sealed.span, sender: counting(from: 0, 16), invite: self.invite(), self.crypto)
            }
        }
        #expect(throws: E2EEError(.usage, .tooLong)) {
            try InterimProfile.seal(
                name: [UInt8](repeating: 0x6E, count: 121).span, sender: self.sender, nonce: counting(from: 1, 12),
                invite: self.invite(), self.crypto)
        }
    }
}
