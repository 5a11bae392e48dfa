/// Which packets of which SSRC were authenticated already. The window is 1,024 packets behind the highest index
/// (RFC 3711 §3.3.2) and always on. `accepts` only looks; nothing is remembered before the packet is authenticated.
struct ReplayTable: ~Copyable {
    /// Packets behind the highest one that are still told apart.
    static let window: UInt64 = 1_024

    private static let highestWord = 0
    private static let firstBitsWord = 1
    private static let bitsWords = 16

    private var table: SSRCTable

    init(capacity: Int) {
        self.table = SSRCTable(capacity: capacity, words: Self.firstBitsWord + Self.bitsWords)
    }

    /// SSRCs remembered.
    var count: Int { self.table.count }

    /// Whether a packet of this SSRC could still be remembered.
    func hasRoom(for ssrc: UInt32) -> Bool { !self.table.isFull || self.table.find(ssrc) != nil }

    /// The highest authenticated index of `ssrc`.
    func highest(_ ssrc: UInt32) -> UInt64? {
        self.table.find(ssrc).map { self.table[$0, Self.highestWord] }
    }

    /// Whether `index` is new for `ssrc` and not too old to tell.
    func accepts(_ index: UInt64, of ssrc: UInt32) -> Bool {
        guard let row = self.table.find(ssrc) else { return true }
        let highest = self.table[row, Self.highestWord]
        if index > highest { return true }
        guard highest - index < Self.window else { return false }
        return self.table[row, Self.word(of: index)] & Self.bit(of: index) == 0
    }

    /// Remembers an authenticated packet; answers false when the table is full.
    mutating func remember(_ index: UInt64, of ssrc: UInt32) -> Bool {
        let known = self.table.find(ssrc)
        guard let row = known ?? self.table.insert(ssrc) else { return false }
        let highest = self.table[row, Self.highestWord]
        if known == nil || index > highest {
            if known != nil { self.clear(row, after: highest, through: index) }
            self.table[row, Self.highestWord] = index
        }
        self.table[row, Self.word(of: index)] |= Self.bit(of: index)
        return true
    }

    /// The bits are a ring: those between the old and the new highest index still tell about packets a window ago.
    private mutating func clear(_ row: SSRCTable.Row, after old: UInt64, through new: UInt64) {
        if new - old >= Self.window {
            for word in 0..<Self.bitsWords { self.table[row, Self.firstBitsWord + word] = 0 }
            return
        }
        var index = old + 1
        while index <= new {
            self.table[row, Self.word(of: index)] &= ~Self.bit(of: index)
            index += 1
        }
    }

    private static func word(of index: UInt64) -> Int {
        Self.firstBitsWord + Int(truncatingIfNeeded: index % Self.window / 64)
    }

    private static func bit(of index: UInt64) -> UInt64 { 1 << (index % 64) }
}
