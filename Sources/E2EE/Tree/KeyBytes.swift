/// Bytes that stand in a set of keys. The library hashes an array byte by byte, and X-Wing keys have 1,216 of them in each
/// node of the tree, at each Commit. All of them count: nobody has to show that a public key is one, so keys that begin alike
/// are easily made.
package struct KeyBytes: Hashable, Sendable {
    let bytes: [UInt8]

    /// A key for a set.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// All bytes, eight at a time, and how many there are.
    package func hash(into hasher: inout Hasher) {
        var word: UInt64 = 0
        var count = 0
        for byte in self.bytes {
            word = word << 8 | UInt64(byte)
            count += 1
            if count % 8 == 0 { hasher.combine(word) }
        }
        hasher.combine(word)
        hasher.combine(count)
    }
}
