/// Datagrams of at most `cellSize` bytes in one block of memory, made once.
@safe struct Datagrams: ~Copyable {
    /// More than any datagram we send.
    static let cellSize = 1_280

    // SAFETY: `count * cellSize` zeroed bytes, allocated in `init`, owned by this value alone, freed in `deinit`; every
    // index and every length is checked.
    private let bytes: UnsafeMutableRawBufferPointer
    private let lengths: UnsafeMutablePointer<Int>
    let count: Int

    init(count: Int) {
        self.count = count
        unsafe self.bytes = .allocate(byteCount: max(1, count) * Self.cellSize, alignment: 64)
        unsafe self.bytes.initializeMemory(as: UInt8.self, repeating: 0)
        unsafe self.lengths = .allocate(capacity: max(1, count))
        unsafe self.lengths.initialize(repeating: 0, count: max(1, count))
    }

    deinit {
        unsafe self.bytes.deallocate()
        unsafe self.lengths.deallocate()
    }

    /// The datagram with this number, as long as `commit` said.
    @_lifetime(borrow self)
    func datagram(_ index: Int) -> RawSpan {
        precondition(index >= 0 && index < self.count, "indices are made inside this module")
        let cell = unsafe self.bytes[index * Self.cellSize..<index * Self.cellSize + self.lengths[index]]
        return unsafe _overrideLifetime(UnsafeRawBufferPointer(rebasing: cell).bytes, borrowing: self)
    }

    /// Where the datagram with this number is written; valid while this value lives.
    @unsafe mutating func space(_ index: Int) -> UnsafeMutableRawBufferPointer {
        precondition(index >= 0 && index < self.count, "indices are made inside this module")
        let start = index * Self.cellSize
        return unsafe UnsafeMutableRawBufferPointer(rebasing: self.bytes[start..<start + Self.cellSize])
    }

    /// So many bytes were written.
    mutating func commit(_ index: Int, length: Int) {
        precondition(index >= 0 && index < self.count, "indices are made inside this module")
        precondition(length >= 0 && length <= Self.cellSize, "a cell holds any datagram")
        unsafe self.lengths[index] = length
    }
}
