internal import MediaCore

/// One deadline for each of a fixed number of owners, in slots of 1 ms. Later than a second is parked in the last slot
/// and looked at again there: most timers of media never live that long.
@safe struct TimerWheel: ~Copyable {
    private static let slots = 1_024
    private static let tick: Int64 = 1_000_000
    private static let none = Int32(-1)

    private struct Owner: BitwiseCopyable {
        var deadline = MediaTime.never
        var slot = TimerWheel.none
        var next = TimerWheel.none
        var previous = TimerWheel.none
    }

    // SAFETY: `owners` has `count` entries, `heads` `slots`; allocated in `init`, owned by this value alone, freed in
    // `deinit`. Owner indices are checked; links are made here only.
    private let owners: UnsafeMutablePointer<Owner>
    private let heads: UnsafeMutablePointer<Int32>
    private let count: Int
    /// A bit for each slot with owners.
    private var filled = InlineArray<16, UInt64>(repeating: 0)
    /// Ticks before this one have been looked at.
    private var current: Int64

    init(owners count: Int, now: MediaTime) {
        self.count = count
        self.current = now.nanoseconds / Self.tick
        unsafe self.owners = .allocate(capacity: count)
        unsafe self.owners.initialize(repeating: Owner(), count: count)
        unsafe self.heads = .allocate(capacity: Self.slots)
        unsafe self.heads.initialize(repeating: Self.none, count: Self.slots)
    }

    deinit {
        unsafe self.owners.deallocate()
        unsafe self.heads.deallocate()
    }

    /// Sets the owner's deadline; `never` takes it out.
    mutating func schedule(_ owner: Int, at deadline: MediaTime) {
        precondition(owner >= 0 && owner < self.count, "owners are places in tables of this worker")
        guard unsafe self.owners[owner].deadline != deadline else { return }
        self.unlink(owner)
        unsafe self.owners[owner].deadline = deadline
        if deadline != .never { self.link(owner) }
    }

    /// An owner whose deadline has passed; its deadline is `never` from now on. Nil = none is due.
    mutating func expired(now: MediaTime) -> Int? {
        let last = now.nanoseconds / Self.tick
        while true {
            guard let distance = self.nearest(), self.current &+ Int64(distance) <= last else {
                self.current = max(self.current, last)
                return nil
            }
            self.current &+= Int64(distance)
            let slot = Int(self.current & Int64(Self.slots - 1))
            if let owner = self.take(slot, now: now) { return owner }
            // What is left in this slot is parked or due later within this very millisecond.
            guard self.current < last else { return nil }
            self.current &+= 1
        }
    }

    /// Milliseconds to wait for the next slot with owners, at most a second.
    func wait(now: MediaTime) -> Int32 {
        guard let distance = self.nearest() else { return 1_000 }
        let due = (self.current &+ Int64(distance) &+ 1) &* Self.tick
        let left = (due &- now.nanoseconds &+ Self.tick &- 1) / Self.tick
        return Int32(truncatingIfNeeded: min(max(left, 0), 1_000))
    }

    private mutating func take(_ slot: Int, now: MediaTime) -> Int? {
        var owner = unsafe self.heads[slot]
        while owner != Self.none {
            let next = unsafe self.owners[Int(owner)].next
            if unsafe self.owners[Int(owner)].deadline <= now {
                self.unlink(Int(owner))
                unsafe self.owners[Int(owner)].deadline = .never
                return Int(owner)
            }
            // Parked: put it where it belongs by now, unless that is here again.
            if unsafe self.place(of: self.owners[Int(owner)].deadline) != slot {
                self.unlink(Int(owner))
                self.link(Int(owner))
            }
            owner = next
        }
        return nil
    }

    private func place(of deadline: MediaTime) -> Int {
        let tick = deadline.nanoseconds / Self.tick
        let bounded = min(max(tick, self.current), self.current &+ Int64(Self.slots - 1))
        return Int(bounded & Int64(Self.slots - 1))
    }

    private mutating func link(_ owner: Int) {
        let slot = unsafe self.place(of: self.owners[owner].deadline)
        let head = unsafe self.heads[slot]
        unsafe self.owners[owner].slot = Int32(slot)
        unsafe self.owners[owner].next = head
        unsafe self.owners[owner].previous = Self.none
        if head != Self.none { unsafe self.owners[Int(head)].previous = Int32(owner) }
        unsafe self.heads[slot] = Int32(owner)
        self.filled[slot >> 6] |= 1 << UInt64(slot & 63)
    }

    private mutating func unlink(_ owner: Int) {
        let links = unsafe self.owners[owner]
        guard links.slot != Self.none else { return }
        if links.next != Self.none { unsafe self.owners[Int(links.next)].previous = links.previous }
        if links.previous != Self.none {
            unsafe self.owners[Int(links.previous)].next = links.next
        } else {
            unsafe self.heads[Int(links.slot)] = links.next
            if links.next == Self.none { self.filled[Int(links.slot) >> 6] &= ~(1 << UInt64(links.slot & 63)) }
        }
        unsafe self.owners[owner].slot = Self.none
    }

    /// Slots from the current one to the next one with owners.
    private func nearest() -> Int? {
        let start = Int(self.current & Int64(Self.slots - 1))
        for step in 0...16 {
            let word = (start >> 6 + step) & 15
            var bits = self.filled[word]
            if step == 0 { bits &= .max << UInt64(start & 63) }
            if step == 16 { bits &= ~(.max << UInt64(start & 63)) }
            guard bits != 0 else { continue }
            return (word << 6 + bits.trailingZeroBitCount - start) & (Self.slots - 1)
        }
        return nil
    }
}
