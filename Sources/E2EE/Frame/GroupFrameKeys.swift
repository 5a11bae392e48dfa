/// Frame keys of members of a group (`e2ee.md` 6): the epoch that is, and those before it for two seconds more. It is fed
/// with what the engine hands out and knows no clock: the owner tells the time, in milliseconds that never go back.
package struct GroupFrameKeys: FrameKeySource, ~Copyable, Sendable {
    private struct Epoch: Sendable {
        let number: UInt64
        let baseKey: HeldSecret
        let leafBits: Int
        let ownLeaf: UInt32
        var occupants: [UInt32: Occupant]
        /// When it is over; nothing for the epoch that is.
        var endsAt: UInt64?
    }

    private struct Occupant: Sendable {
        let key: [UInt8]
        let number: UInt64
        let service: Role?
    }

    /// Frames that were under way when the epoch changed still arrive this long, in milliseconds.
    package static var keptFor: UInt64 { 2_000 }
    /// A key id tells sixteen epochs apart: eight are this one and older ones.
    private static var nameable: UInt64 { 8 }

    private var current: Epoch?
    /// The newest last.
    private var old: [Epoch] = []
    private var lastNumber: UInt64 = 0

    /// No keys at all: every frame is dropped.
    package init() {}

    /// An epoch begins: what is sent from now on belongs to it, and whoever went with it is not heard any more. False, and
    /// nothing changes, for an epoch that is not newer: its counters would begin again under the same key.
    @discardableResult
    package mutating func begin(_ epoch: MediaEpoch, now: UInt64) -> Bool {
        if let current = self.current, epoch.epoch <= current.number { return false }
        if var last = self.current.take() {
            last.endsAt = now + Self.keptFor
            self.old.append(last)
        }
        let known = self.numbers
        let present = Set(epoch.occupants.map { $0.signatureKey })
        self.old = self.old.filter { old in
            // Its low 4 bits name the new epoch, or an epoch to come.
            epoch.epoch - old.number <= Self.nameable
        }
        for index in self.old.indices {
            self.old[index].occupants = self.old[index].occupants.filter { leaf, occupant in
                present.contains(occupant.key) && !epoch.removed.contains(leaf)
            }
        }
        var occupants: [UInt32: Occupant] = [:]
        for occupant in epoch.occupants {
            let number = known[occupant.signatureKey] ?? self.lastNumber + 1
            self.lastNumber = max(self.lastNumber, number)
            occupants[occupant.leaf] = Occupant(
                key: occupant.signatureKey, number: number, service: occupant.service)
        }
        self.current = Epoch(
            number: epoch.epoch, baseKey: epoch.baseKey, leafBits: epoch.leafBits, ownLeaf: epoch.ownLeaf,
            occupants: occupants)
        self.expire(now: now)
        return true
    }

    /// Wipes the keys of epochs whose time is over.
    package mutating func expire(now: UInt64) {
        self.old.removeAll { old in old.endsAt.map { $0 <= now } ?? false }
    }

    /// When the next old epoch is over.
    package var deadline: UInt64? { self.old.compactMap { $0.endsAt }.min() }

    /// Forgets everything. An epoch of the same number may follow, of another group.
    package mutating func wipe() {
        self.current = nil
        self.old = []
    }

    /// Who sits on a leaf, by signature key, which is the same in all epochs.
    package func key(of leaf: UInt32, in epoch: UInt64) -> [UInt8]? { self.epoch(epoch)?.occupants[leaf]?.key }

    /// The numbers of everybody in an epoch that is kept. A key that is in none gets a new one; none is given twice.
    private var numbers: [[UInt8]: UInt64] {
        var numbers: [[UInt8]: UInt64] = [:]
        for epoch in self.old {
            for occupant in epoch.occupants.values { numbers[occupant.key] = occupant.number }
        }
        return numbers
    }

    private func epoch(_ number: UInt64) -> Epoch? {
        if let current = self.current, current.number == number { return current }
        return self.old.last { $0.number == number }
    }

    // MARK: For whoever opens frames

    /// The epoch of new frames; 0 before the first and after a wipe, which nobody has a key of.
    package var currentEpoch: UInt64 { self.current?.number ?? 0 }

    /// S of an epoch whose keys are kept.
    package func leafBits(in epoch: UInt64) -> Int? { self.epoch(epoch)?.leafBits }

    /// Whether this is our own leaf in that epoch.
    package func isOwn(_ leaf: UInt32, in epoch: UInt64) -> Bool { self.epoch(epoch)?.ownLeaf == leaf }

    /// The number of whoever sits on a leaf: of a signature key, the same in all epochs that are kept.
    package func occupant(of leaf: UInt32, in epoch: UInt64) -> UInt64? { self.epoch(epoch)?.occupants[leaf]?.number }

    /// Everybody may send voice and picture, but of machines only a telephone has a voice, and none a face (`MemberAct`); screens
    /// come with features and rights.
    package func allows(_ kind: FrameKind, from leaf: UInt32, in epoch: UInt64) -> Bool {
        let service = self.epoch(epoch)?.occupants[leaf]?.service
        return switch kind {
        case .microphone: service == nil || service == .gateway
        case .camera: service == nil
        case .screen, .screenAudio: false
        }
    }

    /// The base key of an epoch, the same for all its leaves.
    package borrowing func baseKey(of leaf: UInt32, in epoch: UInt64) -> Secret? {
        guard let kept = self.epoch(epoch), kept.occupants[leaf] != nil else { return nil }
        return kept.baseKey.secret.duplicate()
    }

    // MARK: For whoever seals them

    /// A sealer for one own stream in the epoch that is, whose counter begins at 0: at most one of them for each epoch and
    /// context, for as long as the epoch lasts. Nothing without an epoch.
    package borrowing func sealer<Crypto: CryptoProvider>(
        _ context: StreamContext, _ codec: FrameCodec, _ crypto: Crypto
    ) throws(E2EEError) -> FrameSealer<Crypto>? {
        guard let current = self.current else { return nil }
        return try FrameSealer(
            baseKey: current.baseKey.secret, epoch: current.number, leafBits: current.leafBits, leaf: current.ownLeaf,
            context: context, codec: codec, crypto)
    }
}
