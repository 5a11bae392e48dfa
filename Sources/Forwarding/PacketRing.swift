internal import MediaCore

/// The last packets of one video publication, stored once for all its subscribers (`media.md` 4.4): where a
/// retransmission comes from. Holds one slab reference per packet, at most two seconds of them.
struct PacketRing: BitwiseCopyable {
    private let handles = FixedRows(repeating: PacketHandle.none, count: Bounds.ring)
    private var oldest: UInt64 = 0
    private var newest: UInt64 = 0
    private var isEmpty = true

    private static let mask = UInt64(Bounds.ring - 1)

    /// Keeps the packet with one reference of its own.
    mutating func keep(_ handle: PacketHandle, as sequence: UInt64, slab: inout PacketSlab) {
        if self.isEmpty {
            self.isEmpty = false
            self.oldest = sequence
            self.newest = sequence
        } else if sequence > self.newest {
            let firstKept = sequence &- min(sequence, UInt64(Bounds.ring - 1))
            while self.oldest < firstKept, self.oldest <= self.newest { self.dropOldest(&slab) }
            if self.oldest > self.newest { self.oldest = sequence }
            self.newest = sequence
        } else if sequence < self.oldest {
            return
        }
        let place = Int(sequence & Self.mask)
        guard self.handles[place] == .none, slab.retain(handle) else { return }
        self.handles[place] = handle
    }

    /// The packet with this number, if it is kept.
    func packet(_ sequence: UInt64) -> PacketHandle? {
        guard !self.isEmpty, sequence >= self.oldest, sequence <= self.newest else { return nil }
        let handle = self.handles[Int(sequence & Self.mask)]
        return handle == .none ? nil : handle
    }

    /// Lets go of all but the newest `count`.
    mutating func shrink(to count: UInt64, slab: inout PacketSlab) {
        while !self.isEmpty, self.newest - self.oldest >= count, self.oldest <= self.newest { self.dropOldest(&slab) }
    }

    /// Lets go of what arrived before `time`.
    mutating func trim(before time: MediaTime, slab: inout PacketSlab) {
        while !self.isEmpty, self.oldest <= self.newest {
            let handle = self.handles[Int(self.oldest & Self.mask)]
            guard handle == .none || !slab.holds(handle) || slab[handle].arrival < time else { return }
            self.dropOldest(&slab)
        }
        self.isEmpty = true
    }

    /// Gives back the memory; the packets were let go before.
    func free() { self.handles.free() }

    private mutating func dropOldest(_ slab: inout PacketSlab) {
        let place = Int(self.oldest & Self.mask)
        slab.release(self.handles[place])
        self.handles[place] = .none
        self.oldest &+= 1
    }
}
