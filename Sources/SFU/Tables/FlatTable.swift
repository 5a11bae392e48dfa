internal import MediaCore

/// What a `FlatTable` can be asked by.
protocol FlatKey: Equatable, BitwiseCopyable {
    /// 64 bits that follow from the key and a secret seed, so that nobody outside can aim at one place of the table.
    func mixed(_ seed: UInt64) -> UInt64
}

/// Scrambles 64 bits (the finaliser of SplitMix64).
func scrambled(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
}

extension UInt64: FlatKey {
    func mixed(_ seed: UInt64) -> UInt64 { scrambled(self ^ seed) }
}

extension PathKey: FlatKey {
    func mixed(_ seed: UInt64) -> UInt64 {
        let tail = UInt64(self.port) << 32 | UInt64(self.socket) << 16 | UInt64(self.transport.rawValue) << 8
        let first = scrambled(self.low ^ seed)
        return scrambled(first &+ self.high ^ scrambled(tail | UInt64(self.family.rawValue)))
    }
}

/// A map of fixed size with open addressing and linear probing, half empty at most so that probes stay short. Its memory
/// is taken once.
@safe struct FlatTable<Key: FlatKey, Value: BitwiseCopyable>: ~Copyable {
    private struct Place: BitwiseCopyable {
        var key: Key
        var value: Value
    }

    // SAFETY: each has `mask + 1` entries, allocated in `init`, owned by this value alone, freed in `deinit`. A place is
    // initialised while `used` says so; indices are masked.
    private let places: UnsafeMutablePointer<Place>
    private let used: UnsafeMutablePointer<Bool>
    private let mask: Int
    private let seed: UInt64
    private let limit: Int
    private(set) var count = 0

    /// Room for `limit` entries.
    init(limit: Int, seed: UInt64) {
        var size = 16
        while size < limit * 2 { size *= 2 }
        self.mask = size - 1
        self.limit = limit
        self.seed = seed
        unsafe self.places = .allocate(capacity: size)
        unsafe self.used = .allocate(capacity: size)
        unsafe self.used.initialize(repeating: false, count: size)
    }

    deinit {
        unsafe self.places.deallocate()
        unsafe self.used.deallocate()
    }

    /// Where the key stands; good until the next insertion or removal.
    func find(_ key: Key) -> Int? {
        var index = self.home(key)
        while unsafe self.used[index] {
            if unsafe self.places[index].key == key { return index }
            index = (index + 1) & self.mask
        }
        return nil
    }

    /// The value at a place `find` answered.
    subscript(_ place: Int) -> Value {
        get {
            precondition(unsafe place & self.mask == place && self.used[place], "places come from `find`")
            return unsafe self.places[place].value
        }
        nonmutating _modify {
            precondition(unsafe place & self.mask == place && self.used[place], "places come from `find`")
            yield unsafe &self.places[place].value
        }
    }

    func value(_ key: Key) -> Value? { self.find(key).map { self[$0] } }

    /// Sets the value; false = the table is full.
    mutating func set(_ key: Key, _ value: Value) -> Bool {
        if let place = self.find(key) {
            self[place] = value
            return true
        }
        guard self.count < self.limit else { return false }
        var index = self.home(key)
        while unsafe self.used[index] { index = (index + 1) & self.mask }
        unsafe (self.places + index).initialize(to: Place(key: key, value: value))
        unsafe self.used[index] = true
        self.count += 1
        return true
    }

    /// Removes the key and closes the gap, so that no tombstones pile up.
    mutating func remove(_ key: Key) {
        guard var gap = self.find(key) else { return }
        unsafe self.used[gap] = false
        self.count -= 1
        var index = (gap + 1) & self.mask
        while unsafe self.used[index] {
            let home = unsafe self.home(self.places[index].key)
            // The entry may move back unless its home lies cyclically behind the gap.
            if (index - home) & self.mask >= (index - gap) & self.mask {
                unsafe (self.places + gap).initialize(to: self.places[index])
                unsafe self.used[gap] = true
                unsafe self.used[index] = false
                gap = index
            }
            index = (index + 1) & self.mask
        }
    }

    private func home(_ key: Key) -> Int { Int(truncatingIfNeeded: key.mixed(self.seed)) & self.mask }
}
