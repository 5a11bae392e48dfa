/// Values that cannot be copied at fixed places: endpoints, rooms, sockets. A place is taken and given back by commands;
/// the packet path only changes what is there, through `Occupants`.
struct Places<Value: ~Copyable>: ~Copyable {
    /// What stands where: a handle, good as long as this value lives.
    let occupants: Occupants<Value>
    private var free: [Int32] = []
    /// Places below this were taken at least once.
    private(set) var bound = 0
    private(set) var count = 0

    init(limit: Int) { self.occupants = Occupants(limit: limit) }

    deinit { self.occupants.free(below: self.bound) }

    var isFull: Bool { self.count >= self.occupants.limit }

    /// The place the next `insert` will take; nil when full.
    var next: Int? { self.isFull ? nil : self.free.last.map { Int($0) } ?? self.bound }

    mutating func insert(_ value: consuming Value) -> Int {
        precondition(!self.isFull, "the caller asked `next` or `isFull`")
        let index = self.free.popLast().map { Int($0) } ?? self.bound
        if index == self.bound { self.bound += 1 }
        self.occupants.put(value, at: index)
        self.count += 1
        return index
    }

    mutating func remove(_ index: Int) {
        guard self.occupants.isUsed(index) else { return }
        self.occupants.clear(index)
        self.free.append(Int32(index))
        self.count -= 1
    }
}

/// The memory of `Places`, as a handle: reaching for one occupant is no access to the table itself, so that two tables
/// can be worked on at once.
@safe struct Occupants<Value: ~Copyable>: Copyable {
    let limit: Int
    // SAFETY: `limit` entries, allocated in `init` and freed by the one `Places` that made it; those marked in `used` are
    // initialised. Indices are checked against `limit` and `used`.
    private let values: UnsafeMutablePointer<Value>
    private let used: UnsafeMutablePointer<Bool>

    fileprivate init(limit: Int) {
        self.limit = limit
        unsafe self.values = .allocate(capacity: limit)
        unsafe self.used = .allocate(capacity: limit)
        unsafe self.used.initialize(repeating: false, count: limit)
    }

    fileprivate func free(below bound: Int) {
        for index in 0..<bound where self.isUsed(index) { self.clear(index) }
        unsafe self.values.deallocate()
        unsafe self.used.deallocate()
    }

    fileprivate func put(_ value: consuming Value, at index: Int) {
        precondition(index < self.limit, "`Places` hands out indices")
        unsafe (self.values + index).initialize(to: value)
        unsafe self.used[index] = true
    }

    fileprivate func clear(_ index: Int) {
        unsafe (self.values + index).deinitialize(count: 1)
        unsafe self.used[index] = false
    }

    func isUsed(_ index: Int) -> Bool { unsafe index >= 0 && index < self.limit && self.used[index] }

    /// The value in place.
    subscript(_ index: Int) -> Value {
        unsafeAddress {
            precondition(self.isUsed(index), "the owner of an index keeps its place")
            return unsafe UnsafePointer(self.values + index)
        }
        nonmutating unsafeMutableAddress {
            precondition(self.isUsed(index), "the owner of an index keeps its place")
            return unsafe self.values + index
        }
    }
}
