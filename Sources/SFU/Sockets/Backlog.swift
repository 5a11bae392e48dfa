internal import Glibc
internal import MediaCore

/// Datagrams a socket would not take, in order, at most 256: then the oldest picture goes first, and only if there is
/// none the oldest of all (`media.md` 4.3).
@safe struct Backlog: ~Copyable {
    private struct Item: BitwiseCopyable {
        var path: PathKey
        var cell: Int
        var length: Int
        var worth: DatagramClass
    }

    // SAFETY: `SFUBounds.backlog` items and cells, allocated in `init`, owned by this value alone, freed in `deinit`.
    // The first `count` items are initialised; each owns the cell it names, the other cells stand in `free`.
    private let items: UnsafeMutablePointer<Item>
    private let free: UnsafeMutablePointer<Int>
    private let bytes: UnsafeMutableRawPointer

    private(set) var count = 0
    private var dropped: UInt64 = 0

    init() {
        unsafe self.items = .allocate(capacity: SFUBounds.backlog)
        unsafe self.free = .allocate(capacity: SFUBounds.backlog)
        unsafe self.bytes = .allocate(byteCount: SFUBounds.backlog * SFUBounds.datagram, alignment: 64)
        for cell in 0..<SFUBounds.backlog { unsafe (self.free + cell).initialize(to: cell) }
    }

    deinit {
        unsafe self.items.deallocate()
        unsafe self.free.deallocate()
        unsafe self.bytes.deallocate()
    }

    var isEmpty: Bool { self.count == 0 }

    /// Datagrams dropped since the last question.
    mutating func takeDropped() -> UInt64 {
        defer { self.dropped = 0 }
        return self.dropped
    }

    /// Keeps a copy.
    @unsafe mutating func append(_ datagram: UnsafeRawBufferPointer, to path: PathKey, worth: DatagramClass) {
        guard let start = datagram.baseAddress, datagram.count <= SFUBounds.datagram else { return }
        if self.count == SFUBounds.backlog { self.dropOne() }
        let cell = unsafe self.free[SFUBounds.backlog - 1 - self.count]
        unsafe (self.bytes + cell * SFUBounds.datagram).copyMemory(from: start, byteCount: datagram.count)
        unsafe (self.items + self.count).initialize(
            to: Item(path: path, cell: cell, length: datagram.count, worth: worth))
        self.count += 1
    }

    /// Copies the oldest ones into an empty `batch`; `removeFirst` takes away those that were sent.
    func copy(into batch: inout SendBatch) {
        for index in 0..<min(self.count, SFUBounds.batch) {
            let item = unsafe self.items[index]
            let space = unsafe batch.space
            // SAFETY: both have at least `SFUBounds.datagram` bytes and do not overlap.
            unsafe space.baseAddress?.copyMemory(
                from: self.bytes + item.cell * SFUBounds.datagram, byteCount: item.length)
            batch.commit(item.length, to: item.path, worth: item.worth)
        }
    }

    mutating func removeFirst(_ count: Int) {
        for _ in 0..<min(count, self.count) { self.remove(0) }
    }

    /// Lets go of sound and pictures.
    mutating func removeMedia() {
        for index in stride(from: self.count - 1, through: 0, by: -1) where unsafe self.items[index].worth != .control {
            self.remove(index)
        }
    }

    private mutating func dropOne() {
        var victim = 0
        for index in 0..<self.count where unsafe self.items[index].worth == .video {
            victim = index
            break
        }
        self.remove(victim)
        self.dropped &+= 1
    }

    private mutating func remove(_ index: Int) {
        let cell = unsafe self.items[index].cell
        let behind = self.count - index - 1
        unsafe (self.items + index).update(from: self.items + index + 1, count: behind)
        self.count -= 1
        unsafe self.free[SFUBounds.backlog - 1 - self.count] = cell
    }
}
