/// A few words of state per SSRC, in one block of memory made at the start: open addressing, never more rows than
/// `capacity`, never a row taken away, because forgetting an SSRC under the same key would forget its replay window or
/// its nonces.
@safe struct SSRCTable: ~Copyable {
    /// Where the words of one SSRC start; only this table's own answers mean anything.
    struct Row: BitwiseCopyable {
        fileprivate let offset: Int
    }

    /// Most SSRCs held.
    let capacity: Int
    /// SSRCs held now.
    private(set) var count = 0

    // SAFETY: `buckets * stride` words, allocated in `init`, owned by this value alone, freed in `deinit`.
    private let memory: UnsafeMutablePointer<UInt64>
    private let buckets: Int
    private let stride: Int
    private let words: Int

    /// Set in the first word of a used bucket, above the SSRC: zero is a valid SSRC.
    private static let used: UInt64 = 1 << 32

    /// Room for `capacity` SSRCs with `words` words each.
    init(capacity: Int, words: Int) {
        precondition((1...1 << 16).contains(capacity), "an endpoint has a few dozen streams")
        self.capacity = capacity
        self.words = words
        self.stride = words + 1
        var buckets = 8
        // At most half full, so that a search ends soon and always.
        while buckets < 2 * capacity { buckets *= 2 }
        self.buckets = buckets
        unsafe self.memory = .allocate(capacity: buckets * (words + 1))
        unsafe self.memory.initialize(repeating: 0, count: buckets * (words + 1))
    }

    deinit {
        unsafe self.memory.deallocate()
    }

    /// Nothing more can be inserted.
    var isFull: Bool { self.count >= self.capacity }

    /// The row of `ssrc`, if it has one.
    func find(_ ssrc: UInt32) -> Row? {
        var bucket = self.firstBucket(ssrc)
        for _ in 0..<self.buckets {
            // SAFETY: the bucket is masked to the table.
            let key = unsafe self.memory[bucket * self.stride]
            if key == Self.used | UInt64(ssrc) { return Row(offset: bucket * self.stride + 1) }
            if key == 0 { return nil }
            bucket = (bucket + 1) & (self.buckets - 1)
        }
        return nil
    }

    /// The row of `ssrc`, made of zeros when it is new; nothing when the table is full.
    mutating func insert(_ ssrc: UInt32) -> Row? {
        if let row = self.find(ssrc) { return row }
        guard !self.isFull else { return nil }
        var bucket = self.firstBucket(ssrc)
        while unsafe self.memory[bucket * self.stride] != 0 { bucket = (bucket + 1) & (self.buckets - 1) }
        unsafe self.memory[bucket * self.stride] = Self.used | UInt64(ssrc)
        self.count += 1
        return Row(offset: bucket * self.stride + 1)
    }

    /// One word of a row.
    subscript(row: Row, word: Int) -> UInt64 {
        get {
            precondition(word >= 0 && word < self.words, "a row has a fixed number of words")
            // SAFETY: a row comes from this table and the word is inside it.
            return unsafe self.memory[row.offset + word]
        }
        set {
            precondition(word >= 0 && word < self.words, "a row has a fixed number of words")
            unsafe self.memory[row.offset + word] = newValue
        }
    }

    /// Fibonacci hashing: neighbouring SSRCs, which a server likes to give out, spread.
    private func firstBucket(_ ssrc: UInt32) -> Int {
        Int(truncatingIfNeeded: (UInt64(ssrc) &* 0x9E37_79B9_7F4A_7C15) >> 32) & (self.buckets - 1)
    }
}
