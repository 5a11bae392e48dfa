import E2EE
import Testing

/// Keys as they stand in the sets that every Commit is looked at with (RFC 9420 §7.3).
@Suite("Keys in a set")
struct KeyBytesTests {
    @Test(
        "keys that are alike but for one byte, or for their length, have a hash each: nobody invents a set that is slow"
    )
    func alike() {
        // As long as a key of X-Wing is.
        let zeros = [UInt8](repeating: 0, count: 1_216)
        var keys = (0...64).map { Array(zeros.prefix($0)) }
        for index in zeros.indices {
            var key = zeros
            key[index] = 1
            keys.append(key)
        }
        // They have 64 bits: among so few no two are equal by chance.
        let hashes = Set(keys.map { KeyBytes($0).hashValue })
        #expect(hashes.count == keys.count)
        #expect(Set((keys + keys).map { KeyBytes($0) }).count == keys.count)
    }
}
