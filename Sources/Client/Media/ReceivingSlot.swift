internal import MediaCore

/// A slot that receives: order and loss of its packets, and whose they probably are.
struct ReceivingSlot {
    let mid: String
    let kind: MediaKind
    /// Whom the layout names; a hint, for counting what no key could attribute.
    var leaf: UInt32?
    /// Signature key of whose frame opened last.
    var lastKey: [UInt8]?
    /// Frames of an epoch to come.
    var held = HeldFrames()
    /// Frames were given up, so that what follows cannot be shown.
    var isBroken = false
    var assembler = FrameAssembler()
    private var audio = AudioNumbers()
    private var lostCounted: UInt64 = 0
    private var keyFrameAskedAt: MediaTime?

    /// A slot without a key frame asks again after this; the endpoint repeats a request of its own meanwhile.
    private static let askInterval = MediaSpan.milliseconds(500)

    init(mid: String, kind: MediaKind) {
        self.mid = mid
        self.kind = kind
    }

    /// When there is something to do though nothing came: frames are given up, or a key frame is asked for once more.
    var deadline: MediaTime {
        guard self.kind == .video else { return self.held.deadline }
        return min(self.held.deadline, self.assembler.deadline, self.keyFrameAskDue)
    }

    private var keyFrameAskDue: MediaTime {
        guard self.assembler.wantsKeyFrame || self.isBroken else { return .never }
        return self.keyFrameAskedAt.map { $0 + Self.askInterval } ?? .zero
    }

    mutating func note(audio sequence: UInt64) { self.audio.note(sequence) }

    /// Packets lost since the last call.
    mutating func takeLost() -> UInt64 {
        let lost = self.kind == .video ? self.assembler.lost : self.audio.lost
        defer { self.lostCounted = max(lost, self.lostCounted) }
        return lost > self.lostCounted ? lost - self.lostCounted : 0
    }

    /// True when a key frame should be asked for now.
    mutating func asksForKeyFrame(now: MediaTime) -> Bool {
        guard self.keyFrameAskDue <= now else { return false }
        self.keyFrameAskedAt = now
        return true
    }
}

/// Counts what is missing between the lowest and highest number, give or take the last hundred, which may be late.
private struct AudioNumbers {
    private var first: UInt64?
    private var highest: UInt64 = 0
    private var received: UInt64 = 0
    private static let jumpMax: UInt64 = 3_000

    mutating func note(_ sequence: UInt64) {
        guard let first = self.first else { return self.begin(sequence) }
        // A jump is a new source in the slot, not a minute of loss.
        if sequence > self.highest + Self.jumpMax { return self.begin(sequence) }
        guard sequence >= first else { return }
        self.highest = max(self.highest, sequence)
        self.received += 1
    }

    private mutating func begin(_ sequence: UInt64) {
        // Losses before the jump stay counted.
        let lost = self.lost
        self.first = sequence >= lost ? sequence - lost : sequence
        self.highest = sequence
        self.received = 1
    }

    var lost: UInt64 {
        guard let first = self.first else { return 0 }
        let expected = self.highest - first + 1
        return expected > self.received ? expected - self.received : 0
    }
}
