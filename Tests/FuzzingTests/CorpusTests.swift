import BeraadTesting
import Foundation
import Fuzzing
import Testing

/// Every seed of `Fuzz/corpus` once as it is, cut at every length, and with some bits turned: what `Fuzz/run` does for
/// minutes, in a second. An input that once broke something stays in the corpus and so is tried for ever.
@Suite("Bytes from strangers")
struct CorpusTests {
    private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fuzz/corpus")

    private func seeds(_ target: FuzzTarget) throws -> [[UInt8]] {
        let folder = Self.corpus.appending(path: target.rawValue)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
        return try names.map { Array(try Data(contentsOf: folder.appending(path: $0))) }
    }

    @Test(
        "no door can be broken by a seed, by a part of one, or by one with bits turned", arguments: FuzzTarget.allCases)
    func replay(_ target: FuzzTarget) throws {
        let seeds = try self.seeds(target)
        #expect(!seeds.isEmpty)
        var generator = SeededGenerator(seed: 4_711)
        // Handshakes, trees with their hashes, files and whole meetings cost a thousand times what a header costs.
        let isSlow = [
            .dtls, .endpoint, .sframe, .mlsMessage, .ratchetTree, .groupLog, .deliveryFrame, .meetingScript,
            .savedState, .file,
        ].contains(target)
        for seed in seeds {
            target.run(seed)
            for count in stride(from: 0, to: seed.count, by: isSlow ? 29 : 1) { target.run(Array(seed.prefix(count))) }
            for _ in 0..<(isSlow ? 20 : 300) where !seed.isEmpty {
                var changed = seed
                for _ in 0...(generator.next() % 4) {
                    changed[Int(generator.next() % UInt64(seed.count))] = UInt8(truncatingIfNeeded: generator.next())
                }
                target.run(changed)
            }
        }
    }

    @Test("Fuzz/run knows every door")
    func script() throws {
        let script = try String(
            contentsOf: Self.corpus.deletingLastPathComponent().appending(path: "run"), encoding: .utf8)
        let line = try #require(script.split(separator: "\n").first { $0.hasPrefix("all=(") })
        let names = line.dropFirst("all=(".count).dropLast().split(separator: " ").map(String.init)
        #expect(names.sorted() == FuzzTarget.allCases.map(\.rawValue).sorted())
    }

    @Test("every folder of seeds belongs to a door")
    func folders() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path())
        #expect(Set(names) == Set(FuzzTarget.allCases.map(\.rawValue)))
    }
}
