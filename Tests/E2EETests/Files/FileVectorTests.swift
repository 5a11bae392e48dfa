import BeraadTesting
import E2EE
import Foundation
import Testing

/// Files with known keys, sealed by Swift and by the browser's JavaScript alike (`Web/tests/files.test.js` reads the
/// same file).
@Suite("Known answers of sealed files", .promise("P-093"))
struct FileVectorTests {
    private struct Known: Codable, Equatable {
        struct Padding: Codable, Equatable {
            let size: UInt64
            let padded: UInt64
        }

        struct File: Codable, Equatable {
            let name: String
            let key: String
            let salt: String
            let size: UInt64
            /// Byte i of the file is first + i · step, modulo 256.
            let first: UInt8
            let step: UInt8
            let padded: UInt64
            let commitment: String
            let objectByteCount: UInt64
            let hash: String
            var object: String?
        }

        let files: [File]
        let paddings: [Padding]
    }

    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Vectors/files/brf1.json").standardized

    private static let samples: [(name: String, size: UInt64, first: UInt8, step: UInt8)] = [
        ("abc", 3, 0x61, 1), ("nothing", 0, 0, 0), ("zeros", 200_000, 0, 0), ("one chunk", 65_536, 5, 7),
        ("two chunks", 65_537, 9, 13), ("a chunk of padding only", 4_194_305, 1, 3),
    ]

    private static let sizes: [UInt64] = [
        0, 1, 4_095, 4_096, 4_097, 4_098, 65_535, 65_536, 65_537, 100_000, 200_000, 1_000_000, 104_857_600,
        1_073_741_823, 1_073_741_824, 1_073_741_825, 5_000_000_000, 140_737_488_355_327, 140_737_488_355_328,
    ]

    private static func made() throws -> Known {
        let files = try Self.samples.map { sample in
            let content = (0..<Int(sample.size)).map { sample.first &+ sample.step &* UInt8(truncatingIfNeeded: $0) }
            let sealed = try SealedFile(content)
            return Known.File(
                name: sample.name, key: hex(SealedFile.key), salt: hex(SealedFile.salt), size: sample.size,
                first: sample.first, step: sample.step, padded: sealed.layout.paddedByteCount,
                commitment: hex(Array(sealed.head.suffix(32))), objectByteCount: sealed.layout.objectByteCount,
                hash: hex(sealed.hash), object: sample.size == 3 ? hex(sealed.object) : nil)
        }
        let paddings = try Self.sizes.map {
            Known.Padding(size: $0, padded: try FileLayout(size: $0).paddedByteCount)
        }
        return Known(files: files, paddings: paddings)
    }

    /// `BERAAD_REWRITE=1 ./test unit` writes the file anew after a change of the format.
    @Test("Files and paddings come out as they were written down, and each file opens again")
    func known() throws {
        let made = try Self.made()
        if ProcessInfo.processInfo.environment["BERAAD_REWRITE"] == "1" {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try (encoder.encode(made) + Data("\n".utf8)).write(to: Self.file)
        }
        #expect(try JSONDecoder().decode(Known.self, from: Data(contentsOf: Self.file)) == made)
        for sample in Self.samples {
            let content = (0..<Int(sample.size)).map { sample.first &+ sample.step &* UInt8(truncatingIfNeeded: $0) }
            let sealed = try SealedFile(content)
            #expect(try SealedFile.open([sealed.head] + sealed.chunks, size: sample.size, hash: sealed.hash) == content)
        }
    }

    @Test("The specification's own answers (e2ee.md, Appendix B)")
    func specified() throws {
        let text = try SealedFile(Array("abc".utf8))
        #expect(
            hex(Array(text.head.suffix(32))) == "d75dd9dbcdefa5679a797ce0d01321189a560b7200b80e7834d21acca4ff2210")
        #expect(text.object.count == 4_184)
        #expect(hex(text.hash) == "7dca37758d7bf00e7a4e177f1bf8759f25d9182c50d5da8aecde34c734775782")
        let zeros = try SealedFile([UInt8](repeating: 0, count: 200_000))
        #expect(zeros.layout.paddedByteCount == 200_704 && zeros.object.count == 200_840)
        #expect(hex(zeros.hash) == "109368b19051e4548868212814459ea90b3d90d395372403e155ae8281d770da")
    }
}
