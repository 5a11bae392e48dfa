/// The last 64 counters of one (epoch, key id): seen, not seen, or too old to tell (`e2ee.md` 6, step 4).
struct ReplayWindow {
    private var highest: UInt64?
    /// Bit i stands for `highest - i`.
    private var seen: UInt64 = 0

    func accepts(_ counter: UInt64) -> Bool {
        guard let highest = self.highest, counter <= highest else { return true }
        let age = highest - counter
        return age < 64 && self.seen >> age & 1 == 0
    }

    /// Only after the frame opened: otherwise anybody could push the window away.
    mutating func mark(_ counter: UInt64) {
        guard let highest = self.highest else {
            self.highest = counter
            self.seen = 1
            return
        }
        if counter > highest {
            let step = counter - highest
            self.seen = step < 64 ? self.seen << step | 1 : 1
            self.highest = counter
        } else if highest - counter < 64 {
            self.seen |= 1 << (highest - counter)
        }
    }
}
