/// Rows at fixed places, addressed by index and generation: a stale handle is found out, a row is changed in place. Rows
/// move only when a command makes the table grow, never on the packet path.
struct Table<Row: BitwiseCopyable>: ~Copyable {
    private var rows: FixedRows<Row>
    /// Odd while the place is in use.
    private var generations: FixedRows<UInt32>
    private let limit: Int
    private var free: [UInt32] = []
    /// Indices below this were given out at least once.
    private(set) var bound: UInt32 = 0
    private(set) var count = 0

    init(limit: Int) {
        self.limit = limit
        self.rows = FixedRows(unwritten: 8)
        self.generations = FixedRows(repeating: 0, count: 8)
    }

    deinit {
        self.rows.free()
        self.generations.free()
    }

    var isFull: Bool { self.count >= self.limit }

    /// Index and generation of a new row, or nothing when the table is full.
    mutating func insert(_ row: Row) -> (index: UInt32, generation: UInt32)? {
        guard !self.isFull else { return nil }
        let index = self.free.popLast() ?? self.append()
        self.rows[Int(index)] = row
        self.generations[Int(index)] &+= 1
        self.count += 1
        return (index, self.generations[Int(index)])
    }

    mutating func remove(_ index: UInt32) {
        guard self.isUsed(index) else { return }
        self.generations[Int(index)] &+= 1
        self.free.append(index)
        self.count -= 1
    }

    func isUsed(_ index: UInt32) -> Bool { index < self.bound && self.generations[Int(index)] & 1 == 1 }

    func holds(_ index: UInt32, _ generation: UInt32) -> Bool {
        self.isUsed(index) && self.generations[Int(index)] == generation
    }

    func generation(of index: UInt32) -> UInt32 { self.isUsed(index) ? self.generations[Int(index)] : 0 }

    /// The row in place. Handles are checked where they come in; what is asked for here was put here.
    subscript(_ index: UInt32) -> Row {
        get {
            precondition(index < self.bound, "handles are checked where they come in")
            return self.rows[Int(index)]
        }
        _modify {
            precondition(index < self.bound, "handles are checked where they come in")
            yield &self.rows[Int(index)]
        }
    }

    private mutating func append() -> UInt32 {
        if Int(self.bound) == self.rows.count { self.grow() }
        self.bound += 1
        return self.bound - 1
    }

    private mutating func grow() {
        let count = self.rows.count
        let rows = FixedRows<Row>(unwritten: count * 2)
        let generations = FixedRows<UInt32>(repeating: 0, count: count * 2)
        rows.copy(count, of: self.rows)
        generations.copy(count, of: self.generations)
        self.rows.free()
        self.generations.free()
        self.rows = rows
        self.generations = generations
    }
}
