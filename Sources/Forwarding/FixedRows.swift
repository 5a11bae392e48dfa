/// A fixed number of values in memory of their own: checked indices, changed in place, no reference counting. It is a
/// handle, so that rows of a table can hold it: whoever owns the row calls `free` exactly once.
@safe struct FixedRows<Element: BitwiseCopyable>: BitwiseCopyable {
    // SAFETY: `count` initialised values from `init` to `free`; every index is checked. After `free` the owner, which is
    // the one row or value that holds this handle, is gone or has replaced it.
    private let start: UnsafeMutablePointer<Element>
    let count: Int

    init(repeating element: Element, count: Int) {
        self.count = count
        unsafe self.start = .allocate(capacity: max(1, count))
        unsafe self.start.initialize(repeating: element, count: count)
    }

    /// Memory that says nothing yet: for `Table`, which never reads a row it has not put there.
    init(unwritten count: Int) {
        self.count = count
        unsafe self.start = .allocate(capacity: max(1, count))
    }

    func free() { unsafe self.start.deallocate() }

    /// The value in place; the handle itself never changes.
    subscript(_ index: Int) -> Element {
        unsafeAddress {
            precondition(index >= 0 && index < self.count, "indices are made inside this module")
            return unsafe UnsafePointer(self.start + index)
        }
        nonmutating unsafeMutableAddress {
            precondition(index >= 0 && index < self.count, "indices are made inside this module")
            return unsafe self.start + index
        }
    }

    /// The first `count` values, in memory that stays until `free`: whoever hands the span on ties it to the owner.
    @_lifetime(immortal)
    func prefix(_ count: Int) -> Span<Element> {
        // SAFETY: at most `self.count` values are shown; the caller's own lifetime annotation bounds their use.
        let shown = min(max(0, count), self.count)
        let span = unsafe Span(_unsafeStart: UnsafePointer(self.start), count: shown)
        return unsafe _overrideLifetime(span, copying: ())
    }

    /// Copies the first `count` values of `other`.
    func copy(_ count: Int, of other: Self) {
        precondition(count <= min(self.count, other.count), "a table only grows")
        unsafe self.start.update(from: other.start, count: count)
    }
}
