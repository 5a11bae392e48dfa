/// Bytes that stand in a set of keys. The library hashes an array byte by byte, and X-Wing keys have 1,216 of them in each
/// node of the tree, at each Commit; their first eight tell them apart, and whoever invents keys that begin alike makes
/// everybody compare a few more.
struct KeyBytes: Hashable, Sendable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func hash(into hasher: inout Hasher) {
        var start: UInt64 = 0
        for byte in self.bytes.prefix(8) { start = start << 8 | UInt64(byte) }
        hasher.combine(start)
    }
}
