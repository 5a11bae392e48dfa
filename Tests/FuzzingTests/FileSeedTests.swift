import E2EE
import Foundation
import Fuzzing
import Testing

/// Seeds for the door of stored files: objects that open, and what is sealed to look at.
@Suite("Seeds out of sealed files")
struct FileSeedTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fuzz/corpus/file")

    /// The object of a file of one chunk, under the key that the door knows.
    private func object(_ content: [UInt8]) throws -> [UInt8] {
        let key = [UInt8](0..<32), salt = [UInt8](0x20..<0x40)
        var sealer = try FileSealer(
            key: Secret(copying: key.span), size: UInt64(content.count), salt: salt, SwiftCryptoProvider())
        return sealer.head + (try sealer.seal(content.span))
    }

    private static func size(_ count: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: 6) + [UInt8(count >> 8), UInt8(count & 0xFF)]
    }

    private func seeds() throws -> [String: [UInt8]] {
        let abc = Array("abc".utf8), long = [UInt8](repeating: 7, count: 4_000)
        return [
            "object-abc": [0] + Self.size(3) + (try self.object(abc)),
            "object-empty": [0] + Self.size(0) + (try self.object([])),
            "object-long": [0] + Self.size(long.count) + (try self.object(long)),
            "object-other-size": [0] + Self.size(4) + (try self.object(abc)),
            "two-chunks": [1, 1, 0, 1] + abc, "empty": [1, 0, 0, 0, 1],
            "clean": [2, 1] + [UInt8](repeating: 1, count: 16), "dirty": [2, 1] + [UInt8](repeating: 1, count: 17),
        ]
    }

    /// `BERAAD_REWRITE=1 ./test unit` writes the seeds anew after a change of the format.
    @Test("The seeds are what is sealed today")
    func current() throws {
        let isRewritten = ProcessInfo.processInfo.environment["BERAAD_REWRITE"] == "1"
        for (name, bytes) in try self.seeds() {
            #expect(bytes.count <= FuzzTarget.file.lengthMax)
            let file = Self.folder.appending(path: name)
            if isRewritten {
                try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
                try Data(bytes).write(to: file)
            }
            #expect(Array(try Data(contentsOf: file)) == bytes, "\(name)")
        }
    }
}
