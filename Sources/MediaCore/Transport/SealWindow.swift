/// Which numbers of a stream were sealed, over the last 512: sealing one twice with other bytes would break AES-GCM, so
/// the second time is refused here, whatever the caller believes (`media.md` 5.1, nonce rule). What is older than the
/// window is refused too: better a packet lost than a key.
struct SealWindow: BitwiseCopyable {
    private static let words = 8
    private static let size: UInt64 = 512
    private var bits = InlineArray<8, UInt64>(repeating: 0)
    private var highest: UInt64?

    /// True once for each number within the window.
    mutating func admit(_ number: UInt64) -> Bool {
        guard let highest = self.highest else {
            self.highest = number
            self.mark(number)
            return true
        }
        if number > highest {
            if number - highest >= Self.size {
                for word in 0..<Self.words { self.bits[word] = 0 }
            } else {
                for skipped in (highest + 1)...number { self.clear(skipped) }
            }
            self.highest = number
            self.mark(number)
            return true
        }
        guard highest - number < Self.size, !self.isMarked(number) else { return false }
        self.mark(number)
        return true
    }

    private func isMarked(_ number: UInt64) -> Bool { self.bits[Int(number % Self.size / 64)] >> (number % 64) & 1 == 1 }
    private mutating func mark(_ number: UInt64) { self.bits[Int(number % Self.size / 64)] |= 1 << (number % 64) }
    private mutating func clear(_ number: UInt64) { self.bits[Int(number % Self.size / 64)] &= ~(1 << (number % 64)) }
}
