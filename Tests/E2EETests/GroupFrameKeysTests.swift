import E2EE
import Testing

/// Keys that belong to members (`e2ee.md` 6).
@Suite("Frame keys of a group")
struct GroupFrameKeysTests {
    private let crypto = SwiftCryptoProvider()

    private func person(_ leaf: UInt32, _ name: UInt8) -> MediaOccupant {
        MediaOccupant(leaf: leaf, signatureKey: [UInt8](repeating: name, count: 32))
    }

    private func epoch(
        _ number: UInt64, _ people: [MediaOccupant], own: UInt32 = 0, removed: [UInt32] = [], leafBits: Int = 3,
        key: UInt8? = nil
    ) -> MediaEpoch {
        let base = [UInt8](repeating: key ?? UInt8(truncatingIfNeeded: number), count: 16)
        return MediaEpoch(
            epoch: number, baseKey: HeldSecret(Secret(copying: base.span)), leafBits: leafBits, ownLeaf: own,
            occupants: people, removed: removed)
    }

    /// What an opener does with a frame; `nil` when it plays it.
    private final class Receiver {
        var opener = FrameOpener(keys: GroupFrameKeys(), SwiftCryptoProvider())

        func begin(_ epoch: MediaEpoch, now: UInt64 = 0) -> Bool {
            defer { self.opener.forgetGone() }
            return self.opener.keys.begin(epoch, now: now)
        }

        func outcome(_ frame: [UInt8], _ codec: FrameCodec = .vp8) -> FrameDrop? {
            switch self.opener.open(frame.span, codec: codec) {
            case .opened: nil
            case .dropped(let reason): reason
            }
        }
    }

    /// Frames of somebody whose own keys are these.
    private func frames(
        _ epoch: MediaEpoch, _ context: StreamContext = .camera0, _ codec: FrameCodec = .vp8, count: Int = 3
    ) throws -> [[UInt8]] {
        var keys = GroupFrameKeys()
        keys.begin(epoch, now: 0)
        let made = try keys.sealer(context, codec, self.crypto)
        guard var sealer = made else { return [] }
        return try (0..<count).map { _ in try sealer.seal([1, 2, 3].span, isKeyFrame: true, mediaTime: 7) }
    }

    @Test("of machines nothing is played but the voice of a telephone")
    func machines() throws {
        for service in [Role.recorder, .stream, .captions, .gateway] {
            let machine = MediaOccupant(leaf: 5, signatureKey: [UInt8](repeating: 2, count: 32), service: service)
            let people = [self.person(0, 1), machine]
            let member = Receiver()
            #expect(member.begin(self.epoch(9, people)))
            let own = self.epoch(9, people, own: 5)
            #expect(member.outcome(try self.frames(own)[0]) == .forbidden)
            let voice = member.outcome(try self.frames(own, .microphone, .opus)[0], .opus)
            #expect(voice == (service == .gateway ? nil : .forbidden))
        }
    }

    @Test("members open each other's frames, whoever has another key opens none, and nobody plays their own")
    func members() throws {
        let people = [self.person(0, 1), self.person(5, 2)]
        let sent = try self.frames(self.epoch(9, people, own: 5))
        let member = Receiver(), stranger = Receiver(), sender = Receiver()
        #expect(member.begin(self.epoch(9, people)))
        #expect(member.outcome(sent[0]) == nil && member.outcome(sent[0]) == .replayed)
        #expect(stranger.begin(self.epoch(9, people, key: 0xEE)))
        #expect(stranger.outcome(sent[0]) == .authentication)
        #expect(sender.begin(self.epoch(9, people, own: 5)))
        #expect(sender.outcome(sent[0]) == .ownLeaf)
        let own = member.opener.keys.key(of: 5, in: 9)
        #expect(own == [UInt8](repeating: 2, count: 32))
    }

    @Test("without keys, before the first and after a wipe, nothing opens and nothing can be sealed")
    func nothing() throws {
        let people = [self.person(0, 1), self.person(1, 2)]
        let sent = try self.frames(self.epoch(16, people, own: 1))
        let member = Receiver()
        #expect(member.outcome(sent[0]) == .epochGone)
        #expect(member.begin(self.epoch(16, people)))
        #expect(member.outcome(sent[0]) == nil)
        member.opener.keys.wipe()
        #expect(member.outcome(sent[1]) == .epochGone)
        let sealer = try member.opener.keys.sealer(.camera0, .vp8, self.crypto)
        let isNone = sealer == nil
        #expect(isNone)
    }

    @Test("the epoch before is kept for two seconds, to the millisecond")
    func time() throws {
        let people = [self.person(0, 1), self.person(1, 2)]
        let sent = try self.frames(self.epoch(20, people, own: 1))
        let member = Receiver()
        #expect(member.begin(self.epoch(20, people), now: 100) && member.begin(self.epoch(21, people), now: 5_000))
        let deadline = member.opener.keys.deadline
        #expect(deadline == 7_000)
        member.opener.keys.expire(now: 6_999)
        #expect(member.outcome(sent[0]) == nil)
        member.opener.keys.expire(now: 7_000)
        #expect(member.outcome(sent[1]) == .epochGone)
        let base = member.opener.keys.baseKey(of: 1, in: 20)
        let isWiped = base == nil
        #expect(isWiped)
    }

    @Test("an epoch that a key id cannot name any more is wiped before the next one begins, however quick they come")
    func sixteen() throws {
        let people = [self.person(0, 1), self.person(1, 2)]
        let sent = try self.frames(self.epoch(32, people, own: 1))
        let member = Receiver()
        for number in 32...40 as ClosedRange<UInt64> { #expect(member.begin(self.epoch(number, people))) }
        #expect(member.outcome(sent[0]) == nil, "eight epochs later it is still known")
        #expect(member.begin(self.epoch(41, people)))
        let bits = member.opener.keys.leafBits(in: 32)
        #expect(bits == nil)
        #expect(member.outcome(sent[1]) == .newerEpoch, "its bits now name an epoch to come")
        for number in 42...48 as ClosedRange<UInt64> { #expect(member.begin(self.epoch(number, people))) }
        #expect(member.outcome(sent[1]) == .authentication, "and then another epoch with another key")
    }

    @Test("keys of an epoch that is not newer change nothing: its counters would begin again under the same key")
    func notNewer() throws {
        let people = [self.person(0, 1), self.person(1, 2)]
        let member = Receiver()
        #expect(member.begin(self.epoch(7, people)))
        #expect(!member.begin(self.epoch(7, people, key: 9)) && !member.begin(self.epoch(6, people)))
        let current = member.opener.keys.currentEpoch
        #expect(current == 7)
        #expect(member.outcome(try self.frames(self.epoch(7, people, own: 1))[0]) == nil)
        // Another group may begin at any number.
        member.opener.keys.wipe()
        #expect(member.begin(self.epoch(1, people)))
    }

    @Test("whoever went is not heard from that moment on, under no epoch; the others are")
    func removed() throws {
        let before = [self.person(0, 1), self.person(1, 2), self.person(2, 3)]
        let after = [self.person(0, 1), self.person(2, 3)]
        let gone = try self.frames(self.epoch(50, before, own: 1))
        let there = try self.frames(self.epoch(50, before, own: 2))
        let member = Receiver()
        #expect(member.begin(self.epoch(50, before)))
        #expect(member.outcome(gone[0]) == nil)
        #expect(member.begin(self.epoch(51, after, removed: [1])))
        #expect(member.outcome(gone[1]) == .leafFree && member.outcome(there[0]) == nil)
    }

    @Test("whoever comes back at once on the same leaf is heard under the new key and not under the old one")
    func moved() throws {
        let people = [self.person(0, 1), self.person(1, 2)]
        let old = try self.frames(self.epoch(60, people, own: 1))
        let new = try self.frames(self.epoch(61, people, own: 1))
        let member = Receiver()
        #expect(member.begin(self.epoch(60, people)) && member.begin(self.epoch(61, people, removed: [1])))
        #expect(member.outcome(old[0]) == .leafFree && member.outcome(new[0]) == nil)
    }

    @Test("a person has one number in all epochs, another person another one, also on the same leaf")
    func numbers() throws {
        var keys = GroupFrameKeys()
        keys.begin(self.epoch(1, [self.person(0, 1), self.person(1, 2), self.person(2, 3)]), now: 0)
        keys.begin(self.epoch(2, [self.person(0, 1), self.person(1, 9), self.person(5, 3)], removed: [1, 2]), now: 0)
        let second = keys.occupant(of: 1, in: 2), moved = keys.occupant(of: 5, in: 2)
        let first = keys.occupant(of: 0, in: 1), again = keys.occupant(of: 0, in: 2)
        #expect(first != nil && first == again)
        #expect(second != nil && moved != nil && Set([first, second, moved]).count == 3)
        let gone = keys.occupant(of: 1, in: 1), free = keys.occupant(of: 7, in: 2), none = keys.occupant(of: 0, in: 3)
        #expect(gone == nil && free == nil && none == nil)
        // A number is not given again, not even after a wipe: what was remembered under it is somebody else's.
        keys.wipe()
        keys.begin(self.epoch(1, [self.person(0, 7)]), now: 0)
        let fresh = keys.occupant(of: 0, in: 1)
        #expect(fresh != nil && ![first, second, moved].contains(fresh))
    }

    @Test("a frame that was played is not played again in a later epoch, and a tree that grew names leaves anew")
    func replay() throws {
        let people = [self.person(0, 1), self.person(1, 2)]
        let sent = try self.frames(self.epoch(70, people, own: 1))
        let member = Receiver()
        #expect(member.begin(self.epoch(70, people)))
        #expect(member.outcome(sent[2]) == nil && member.outcome(sent[0]) == nil)
        #expect(member.begin(self.epoch(71, people, leafBits: 4)))
        #expect(member.outcome(sent[2]) == .replayed && member.outcome(sent[0]) == .replayed)
        #expect(member.outcome(sent[1]) == nil)
        let grown = try self.frames(self.epoch(71, people, own: 1, leafBits: 4))
        #expect(member.outcome(grown[0]) == nil && member.outcome(grown[0]) == .replayed)
    }

    @Test("voice and picture are everybody's; a screen needs a right that nobody gives yet")
    func kinds() throws {
        let people = [self.person(0, 1), self.person(1, 2)]
        let member = Receiver()
        #expect(member.begin(self.epoch(80, people)))
        let own = self.epoch(80, people, own: 1)
        #expect(member.outcome(try self.frames(own, .microphone, .opus)[0], .opus) == nil)
        #expect(member.outcome(try self.frames(own, .screen0, .vp8)[0]) == .forbidden)
        #expect(member.outcome(try self.frames(own, .screenAudio, .opus)[0], .opus) == .forbidden)
        #expect(member.outcome(try self.frames(own, .camera0, .vp9)[0], .opus) == .codecMismatch)
    }
}
