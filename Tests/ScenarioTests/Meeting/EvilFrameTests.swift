import BeraadTesting
import E2EE
import Testing

/// A server, or a member, that plays with frames, against keys that real engines handed out (`e2ee.md` 6, 14).
@Suite("Malicious frames")
struct EvilFrameTests {
    /// The media side of somebody: it gets every epoch their engine hands out.
    private final class Media {
        private let member: TestMember
        private var opener = FrameOpener(keys: GroupFrameKeys(), SwiftCryptoProvider())
        private var begun = 0
        private let crypto = SwiftCryptoProvider()

        init(_ member: TestMember, now: UInt64) {
            self.member = member
            self.follow(now: now)
        }

        /// Takes the epochs that came since.
        func follow(now: UInt64) {
            for epoch in self.member.mediaEpochs.dropFirst(self.begun) { self.opener.keys.begin(epoch, now: now) }
            self.begun = self.member.mediaEpochs.count
            self.opener.keys.expire(now: now)
            self.opener.forgetGone()
        }

        /// Frames of theirs, in the epoch of today; each call begins a new epoch's counter, so one call an epoch.
        func frames(_ context: StreamContext = .camera0, _ codec: FrameCodec = .vp8, _ count: Int = 3) throws
            -> [[UInt8]]
        {
            let made = try self.opener.keys.sealer(context, codec, self.crypto)
            guard var sealer = made else { return [] }
            return try (0..<UInt8(count)).map { try sealer.seal([$0, 1, 2].span, isKeyFrame: true, mediaTime: 7) }
        }

        /// Whose frame it is, by signature key; or why it is not played.
        func outcome(_ frame: [UInt8], _ codec: FrameCodec = .vp8) -> Result<[UInt8]?, FrameDrop> {
            switch self.opener.open(frame.span, codec: codec) {
            case .opened(let opened): .success(self.opener.keys.key(of: opened.leaf, in: opened.epoch))
            case .dropped(let reason): .failure(reason)
            }
        }

        func drop(_ frame: [UInt8], _ codec: FrameCodec = .vp8) -> FrameDrop? {
            guard case .failure(let reason) = self.outcome(frame, codec) else { return nil }
            return reason
        }
    }

    private func key(_ name: String, _ company: Company) throws -> [UInt8] { try #require(company.host.key(of: name)) }

    /// The epoch of today, as whoever has its keys can use it.
    private func sealer(
        _ epoch: MediaEpoch, as leaf: UInt32, _ context: StreamContext, _ codec: FrameCodec
    ) throws -> FrameSealer<SwiftCryptoProvider> {
        try FrameSealer(
            baseKey: epoch.baseKey.secret, epoch: epoch.epoch, leafBits: epoch.leafBits, leaf: leaf, context: context,
            codec: codec, SwiftCryptoProvider())
    }

    /// The shell of a VP8 key frame.
    private static let shell = 10

    /// A frame whose header names another key, as whoever carries it can make one.
    private func renamed(_ frame: [UInt8], _ keyID: (UInt64) -> UInt64) throws -> [UInt8] {
        let sealed = Array(frame.dropFirst(Self.shell))
        let header = try SFrameHeader(parsing: sealed.span)
        let other = SFrameHeader(keyID: keyID(header.keyID), counter: header.counter)
        return Array(frame.prefix(Self.shell)) + other.encoded() + sealed.dropFirst(header.byteCount)
    }

    @Test(
        "late-frames: what was on its way is played for two seconds, of whoever was removed nothing from that moment on"
    )
    func lateFrames() throws {
        let company = try Company(seed: 240)
        let meeting = company.meeting
        let anna = Media(company.host, now: meeting.now)
        let bram = try Media(company.guests[0], now: meeting.now).frames()
        let chris = try Media(company.guests[1], now: meeting.now).frames()
        #expect(anna.drop(bram[0]) == nil && anna.drop(chris[0]) == nil)
        meeting.tell(company.host, .eject(try self.key("Chris", company)))
        try #require(meeting.run(until: { company.host.names == ["Anna", "Bram"] }))
        let now = meeting.now
        anna.follow(now: now)
        #expect(anna.drop(chris[1]) == .leafFree && anna.drop(bram[1]) == nil)
        anna.follow(now: now + 2_000)
        #expect(anna.drop(bram[2]) == .epochGone && anna.drop(chris[2]) == .epochGone)
    }

    @Test("other-epoch-replay: a frame that was played is not played again, in its own epoch or called one of another")
    func otherEpoch() throws {
        let company = try Company(seed: 241)
        let meeting = company.meeting
        let anna = Media(company.host, now: meeting.now)
        let bram = try Media(company.guests[0], now: meeting.now).frames()
        #expect(anna.drop(bram[0]) == nil && anna.drop(bram[0]) == .replayed)
        let before = company.host.epoch
        meeting.tell(company.host, .lock(true))
        try #require(
            meeting.run(until: { company.host.epoch != before && company.guests[0].epoch == company.host.epoch }))
        anna.follow(now: meeting.now)
        #expect(anna.drop(bram[0]) == .replayed)
        // Called one of today's, and one of an epoch to come: the low four bits of a key id name its epoch.
        let epoch = try #require(company.host.epoch)
        #expect(anna.drop(try self.renamed(bram[1]) { $0 & ~15 | epoch & 15 }) == .authentication)
        #expect(anna.drop(try self.renamed(bram[1]) { $0 & ~15 | (epoch + 1) & 15 }) == .newerEpoch)
        #expect(anna.drop(bram[1]) == nil)
    }

    @Test("silence-injection: no silence but one's own, and each but once")
    func silence() throws {
        let company = try Company(seed: 242)
        let now = company.meeting.now
        let anna = Media(company.host, now: now)
        let voice = try Media(company.guests[0], now: now).frames(.microphone, .opus)
        #expect(anna.drop(voice[0], .opus) == nil)
        #expect(anna.drop([], .opus) == .empty)
        #expect(anna.drop([0xF8, 0xFF, 0xFE], .opus) != nil, "silence of Opus, unsealed")
        #expect(anna.drop([UInt8](repeating: 0, count: voice[0].count), .opus) != nil)
        #expect(anna.drop(voice[0], .opus) == .replayed)
        #expect(anna.drop(Array(voice[1].dropLast(20)), .opus) == .authentication)
        #expect(anna.drop(voice[1], .opus) == nil)
    }

    @Test("slot-swap: a frame is its sender's, in whatever slot the server puts it")
    func slotSwap() throws {
        let company = try Company(seed: 243)
        let now = company.meeting.now
        let anna = Media(company.host, now: now)
        let bram = try Media(company.guests[0], now: now).frames()
        let chris = try Media(company.guests[1], now: now).frames()
        // There is nothing about slots in what names a frame: the server may deliver either anywhere.
        #expect(anna.outcome(chris[0]) == .success(try self.key("Chris", company)))
        #expect(anna.outcome(bram[0]) == .success(try self.key("Bram", company)))
    }

    @Test("camera-as-screen: a picture of somebody is not shown as their screen, by the server or by themselves")
    func cameraAsScreen() throws {
        let company = try Company(seed: 244)
        let now = company.meeting.now
        let anna = Media(company.host, now: now)
        let bram = Media(company.guests[0], now: now)
        let epoch = try #require(company.guests[0].mediaEpochs.last)
        let screen = KeyID(context: .screen0, leaf: epoch.ownLeaf, epoch: epoch.epoch).value(leafBits: epoch.leafBits)
        #expect(anna.drop(try self.renamed(try bram.frames()[0]) { _ in screen }) == .forbidden)
        #expect(anna.drop(try bram.frames(.screen0)[0]) == .forbidden)
        // A camera's frame whose inside says that it is a screen.
        let name = KeyID(context: .camera0, leaf: epoch.ownLeaf, epoch: epoch.epoch).value(leafBits: epoch.leafBits)
        let inner = InnerHeader(
            isKeyFrame: false, context: .screen0, spatialID: 0, temporalID: 0, codec: .vp8, mediaTime: 0)
        let liar = SFrameKey(.aes128GCM, baseKey: epoch.baseKey.secret, keyID: name, SwiftCryptoProvider())
        let bytes = inner.encoded() + [1, 2, 3]
        let sealed = try liar.seal(counter: 90, metadata: [], bytes.span, SwiftCryptoProvider())
        #expect(anna.drop([0x11, 0, 0] + sealed) == .kindMismatch)
    }

    /// Everything somebody could ever open, and whether any of it opens these frames.
    private func opened(_ frames: [[UInt8]], by epochs: [MediaEpoch]) -> Int {
        frames.count { frame in
            let sealed = Array(frame.dropFirst(Self.shell))
            guard let header = try? SFrameHeader(parsing: sealed.span) else { return false }
            let body = Array(sealed.dropFirst(header.byteCount))
            return epochs.contains { epoch in
                let key = SFrameKey(
                    .aes128GCM, baseKey: epoch.baseKey.secret, keyID: header.keyID, SwiftCryptoProvider())
                return (try? key.open(header: header, metadata: [], body.span, SwiftCryptoProvider())) != nil
            }
        }
    }

    @Test("An ex-participant with every key it ever had opens no later frame, and nothing of it is played")
    func exParticipant() throws {
        let company = try Company(seed: 245)
        let meeting = company.meeting
        let rogue = try company.rogue()
        let leaf = try company.leaf(of: rogue.key)
        let anna = Media(company.host, now: meeting.now)
        let bram = Media(company.guests[0], now: meeting.now)
        #expect(self.opened(try bram.frames(), by: rogue.mediaEpochs) == 3, "as long as it is in")
        meeting.tell(company.host, .eject(rogue.key))
        try #require(meeting.run(until: { company.everybody.allSatisfy { $0.roster.count == 3 } }) && rogue.isRemoved)
        var later: [[UInt8]] = []
        for number in 0..<3 {
            anna.follow(now: meeting.now)
            bram.follow(now: meeting.now)
            later += try anna.frames(.camera0, .vp8, 50) + bram.frames(.camera0, .vp8, 50)
            meeting.tell(company.host, .lock(number.isMultiple(of: 2)))
            meeting.run(500)
        }
        #expect(later.count == 300 && self.opened(later, by: rogue.mediaEpochs) == 0)
        // What it seals with its last keys, as itself and as others, once those are no more to anybody.
        bram.follow(now: meeting.now + 2_000)
        let last = try #require(rogue.mediaEpochs.last)
        for name in [leaf, 0, 2] {
            var sealer = try self.sealer(last, as: name, .camera0, .vp8)
            for _ in 0..<3 {
                let frame = try sealer.seal([1, 2, 3].span, isKeyFrame: true, mediaTime: 7)
                #expect(bram.drop(frame) != nil)
            }
        }
    }

    @Test("A late joiner opens no frame from before")
    func lateJoiner() throws {
        let company = try Company(seed: 246)
        let meeting = company.meeting
        let anna = Media(company.host, now: meeting.now)
        let before = try anna.frames(.camera0, .vp8, 50)
        let rogue = try company.rogue()
        #expect(self.opened(before, by: rogue.mediaEpochs) == 0)
        anna.follow(now: meeting.now)
        #expect(self.opened(try anna.frames(), by: rogue.mediaEpochs) == 3)
        // Also not with the help of everything it can ask the server for: the log says nothing about keys.
        #expect(rogue.mediaEpochs.map { $0.epoch } == [try #require(company.host.epoch)])
    }

    /// `e2ee.md` 1, non-goals: forgery of media between members, until attestations come (12, phase 2).
    @Test(
        "Frames with another's key id: a member can seal them; not as nobody, not to that one, not once it was removed")
    func anothersKeyID() throws {
        let company = try Company(seed: 247, ["Bram", "Chris", "Dewi"])
        let meeting = company.meeting
        let rogue = try company.rogue()
        let bramKey = try self.key("Bram", company)
        let bram = try company.leaf(of: bramKey)
        let anna = Media(company.host, now: meeting.now)
        let victim = Media(company.guests[0], now: meeting.now)
        let epoch = try #require(rogue.mediaEpochs.last)
        var forger = try self.sealer(epoch, as: bram, .camera0, .vp8)
        let forged = try (0..<3).map { _ in try forger.seal([9, 9, 9].span, isKeyFrame: true, mediaTime: 7) }
        // What does not hold: Anna takes it for Bram's, for all share one key.
        #expect(anna.outcome(forged[0]) == .success(bramKey))
        // What holds: Bram does not hear himself, and his own frame is lost where the forged one had its number.
        #expect(victim.drop(forged[0]) == .ownLeaf)
        let own = try victim.frames()
        #expect(anna.drop(own[0]) == .replayed && anna.drop(own[1]) == nil)
        var itself = try self.sealer(epoch, as: epoch.ownLeaf, .camera0, .vp8)
        #expect(anna.outcome(try itself.seal([1].span, isKeyFrame: true, mediaTime: 7)) == .success(rogue.key))
        let free = try #require((0..<UInt32(1 << epoch.leafBits)).first { !epoch.occupied.contains($0) })
        var ghost = try self.sealer(epoch, as: free, .camera0, .vp8)
        #expect(anna.drop(try ghost.seal([1].span, isKeyFrame: true, mediaTime: 7)) == .leafFree)
        meeting.tell(company.host, .eject(rogue.key))
        try #require(
            meeting.run(until: { !company.host.roster.contains { $0.signatureKey == rogue.key } }))
        anna.follow(now: meeting.now)
        anna.follow(now: meeting.now + 2_000)
        #expect(anna.drop(forged[1]) == .epochGone)
    }
}
