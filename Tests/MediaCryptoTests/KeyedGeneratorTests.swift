import MediaCrypto
import Testing

@Suite("Numbers from a seed nobody knows")
struct KeyedGeneratorTests {
    private func words(_ seed: [UInt8], _ count: Int = 12) -> [UInt64] {
        var generator = KeyedGenerator(seed: seed)
        return (0..<count).map { _ in generator.next() }
    }

    @Test("the same seed gives the same numbers, one bit of it others, and none comes twice")
    func seeds() {
        let zeros = [UInt8](repeating: 0, count: KeyedGenerator.seedLength)
        var other = zeros
        other[31] = 1
        #expect(self.words(zeros) == self.words(zeros))
        #expect(Set(self.words(zeros, 1_000)).count == 1_000)
        #expect(Set(self.words(zeros)).isDisjoint(with: self.words(other)))
    }

    @Test("they are SHA-256 of seed and counter, from the end of each digest")
    func digest() {
        let seed = (0..<32).map { UInt8($0) }
        let first = unsafe sha256((seed + [0, 0, 0, 0, 0, 0, 0, 0]).span.bytes)
        let second = unsafe sha256((seed + [0, 0, 0, 0, 0, 0, 0, 1]).span.bytes)
        let words = self.words(seed, 5)
        #expect(words[0] == first.suffix(8).reduce(0) { $0 << 8 | UInt64($1) })
        #expect(words[3] == first.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
        #expect(words[4] == second.suffix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }
}
