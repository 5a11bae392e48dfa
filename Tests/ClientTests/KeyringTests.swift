import Client
import E2EE
import Testing

/// The one place where frames are sealed and opened.
@Suite("A keyring")
struct KeyringTests {
    private func epoch(_ number: UInt64, own: UInt32, people: UInt32 = 2, leafBits: Int = 3) -> MediaEpoch {
        let base = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 16)
        return MediaEpoch(
            epoch: number, baseKey: HeldSecret(Secret(copying: base.span)), leafBits: leafBits, ownLeaf: own,
            occupants: (0..<people).map {
                MediaOccupant(leaf: $0, signatureKey: [UInt8](repeating: UInt8($0), count: 32))
            })
    }

    /// A keyring behind a reference, because `#expect` copies what it looks at.
    private final class Ring {
        var keyring = FrameKeyring()

        func seal(_ kind: FrameKind = .camera) -> [UInt8]? {
            self.keyring.seal([1, 2, 3].span, kind, isKeyFrame: true, mediaTime: 7, size: nil)
        }

        /// Why a frame is not played; nothing when it is.
        func outcome(_ frame: [UInt8]?, _ codec: FrameCodec = .vp8) -> FrameDrop? {
            let bytes = frame ?? []
            do throws(FrameDrop) {
                _ = try self.keyring.open(bytes.span, codec: codec)
                return nil
            } catch {
                return error
            }
        }

        func apply(_ changes: KeyChange..., now: UInt64 = 0) {
            for change in changes { self.keyring.apply(change, now: now) }
        }
    }

    @Test("nothing is sealed before the gate opens, nor after it closed, nor without a key")
    func gate() {
        let ring = Ring()
        #expect(ring.seal() == nil)
        ring.apply(.gate(isOpen: true))
        #expect(ring.seal() == nil && ring.seal(.microphone) == nil, "an open gate is no key")
        ring.apply(.wipe, .begin(self.epoch(3, own: 0)))
        #expect(ring.seal() == nil, "and a key no open gate")
        ring.apply(.gate(isOpen: true))
        #expect(ring.seal() != nil && ring.seal(.microphone) != nil)
        #expect(ring.seal(.screen) != nil && ring.seal(.screenAudio) == nil, "no sealer for the sound of a screen")
        ring.apply(.gate(isOpen: false))
        #expect(ring.seal() == nil && ring.seal(.microphone) == nil && ring.seal(.screen) == nil)
        ring.apply(.gate(isOpen: true), .wipe)
        #expect(ring.seal() == nil)
        ring.apply(.gate(isOpen: true))
        #expect(ring.seal() == nil, "what was wiped is gone")
    }

    @Test("no two frames of an epoch have one counter, whatever opens and closes between them")
    func counters() throws {
        let ring = Ring()
        ring.apply(.begin(self.epoch(3, own: 1)), .gate(isOpen: true))
        var heads: Set<[UInt8]> = []
        for round in 0..<6 {
            // The same keys once more: what a confused engine, or a media connection made anew, might come to.
            ring.apply(.gate(isOpen: false), .begin(self.epoch(3, own: 1)), .begin(self.epoch(2, own: 1)))
            ring.apply(.gate(isOpen: true))
            let frame = try #require(ring.seal())
            let header = try SFrameHeader(parsing: Array(frame.dropFirst(10)).span)
            #expect(header.counter == UInt64(round))
            heads.insert(header.encoded())
        }
        #expect(heads.count == 6)
        ring.apply(.begin(self.epoch(4, own: 1)))
        let next = try #require(ring.seal())
        #expect(try SFrameHeader(parsing: Array(next.dropFirst(10)).span).counter == 0)
    }

    @Test(
        "a frame is played once: not again in the next epoch, not when two seconds are over, not when its number returns"
    )
    func replay() throws {
        let sender = Ring(), receiver = Ring()
        sender.apply(.begin(self.epoch(5, own: 1)), .gate(isOpen: true))
        receiver.apply(.begin(self.epoch(5, own: 0)))
        let frame = sender.seal(), second = sender.seal()
        #expect(receiver.outcome(frame) == nil && receiver.outcome(frame) == .replayed)
        receiver.apply(.begin(self.epoch(6, own: 0)), now: 1_000)
        #expect(receiver.outcome(frame) == .replayed)
        receiver.keyring.expire(now: 2_999)
        #expect(receiver.outcome(second) == nil)
        receiver.keyring.expire(now: 3_000)
        #expect(receiver.outcome(frame) == .epochGone && receiver.outcome(second) == .epochGone)
        for number in 7...21 as ClosedRange<UInt64> { receiver.apply(.begin(self.epoch(number, own: 0)), now: 4_000) }
        #expect(receiver.outcome(frame) == .authentication)
    }

    @Test("who sent a frame is said by key, whatever leaf they sit on")
    func whose() throws {
        let sender = Ring(), receiver = Ring()
        sender.apply(.begin(self.epoch(5, own: 1)), .gate(isOpen: true))
        receiver.apply(.begin(self.epoch(5, own: 0)))
        let frame = try #require(sender.seal(.microphone))
        let received = try receiver.keyring.open(frame.span, codec: .opus)
        #expect(received.key == [UInt8](repeating: 1, count: 32) && received.frame.payload == [1, 2, 3])
        let there = receiver.keyring.key(of: 1), nobody = receiver.keyring.key(of: 2)
        #expect(there == received.key && nobody == nil)
    }

    @Test("a tree that no key id has room for sends nothing, and stops nothing else")
    func tooLarge() {
        let ring = Ring()
        ring.apply(.begin(self.epoch(5, own: 1, leafBits: 17)), .gate(isOpen: true))
        #expect(ring.seal() == nil && ring.seal(.microphone) == nil && ring.seal(.screen) == nil)
        ring.apply(.begin(self.epoch(6, own: 1)))
        #expect(ring.seal() != nil)
    }
}
