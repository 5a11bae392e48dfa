/// A fixed number of values that cannot be copied, changed in place: no reference counting, no uniqueness check, as in
/// the tables of a worker.
@safe struct Row<Element: ~Copyable>: ~Copyable {
    // SAFETY: room for `capacity` values, allocated in `init`, owned by this value alone; the first `count` are
    // initialised and every index is checked against that. All are freed in `deinit`.
    private let start: UnsafeMutablePointer<Element>
    private let capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        unsafe self.start = .allocate(capacity: max(1, capacity))
    }

    deinit {
        unsafe self.start.deinitialize(count: self.count)
        unsafe self.start.deallocate()
    }

    mutating func append(_ element: consuming Element) {
        precondition(self.count < self.capacity, "a row is made for as many as will come")
        unsafe (self.start + self.count).initialize(to: element)
        self.count += 1
    }

    subscript(_ index: Int) -> Element {
        unsafeAddress {
            precondition(index >= 0 && index < self.count, "indices are made inside this module")
            return unsafe UnsafePointer(self.start + index)
        }
        unsafeMutableAddress {
            precondition(index >= 0 && index < self.count, "indices are made inside this module")
            return unsafe self.start + index
        }
    }
}
