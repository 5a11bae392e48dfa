import Client
import Foundation
import Testing

/// ffmpeg, a decoder that is not ours, and how alike two films are.
struct ReferenceDecoder {
    static let width = 320
    static let height = 180
    static let framesPerSecond = 15

    let folder: URL

    /// A moving test picture, encoded as VP8 by the same tool.
    func testPicture() throws -> [VideoFrame] {
        let file = self.folder.appendingPathComponent("source.ivf")
        _ = try self.run([
            "-f", "lavfi", "-i", "testsrc2=size=\(Self.width)x\(Self.height):rate=\(Self.framesPerSecond)",
            "-t", "4", "-c:v", "libvpx", "-b:v", "300k", "-g", "30", file.path,
        ])
        return try IVFReader.frames(of: [UInt8](Data(contentsOf: file)))
    }

    /// The luma of every frame the decoder makes of these, in the order of the film; it may make none.
    func decode(_ frames: [[UInt8]], _ name: String) throws -> [[UInt8]] {
        var film = IVFWriter(width: UInt16(Self.width), height: UInt16(Self.height))
        let step = UInt64(90_000 / Self.framesPerSecond)
        for (index, frame) in frames.enumerated() { film.append(frame, time: UInt64(index) * step) }
        let input = self.folder.appendingPathComponent("\(name).ivf")
        let output = self.folder.appendingPathComponent("\(name).gray")
        try Data(film.bytes).write(to: input)
        _ = try? self.run([
            "-i", input.path, "-f", "rawvideo", "-pix_fmt", "gray", "-s", "\(Self.width)x\(Self.height)", output.path,
        ])  // a decoder that gives up is an answer, too
        guard let data = try? Data(contentsOf: output) else { return [] }  // it wrote no file: it made no frame
        let size = Self.width * Self.height
        return (0..<data.count / size).map { [UInt8](data[$0 * size..<($0 + 1) * size]) }
    }

    /// The mean correlation of frames at the same place, 1 for the same picture, about 0 for another; 0 for no frame.
    static func likeness(_ one: [[UInt8]], _ other: [[UInt8]]) -> Double {
        let pairs = zip(one, other).map(Self.correlation)
        return pairs.isEmpty ? 0 : pairs.reduce(0, +) / Double(pairs.count)
    }

    private static func correlation(_ one: [UInt8], _ other: [UInt8]) -> Double {
        let count = Double(one.count)
        let a = one.reduce(0.0) { $0 + Double($1) } / count, b = other.reduce(0.0) { $0 + Double($1) } / count
        var product = 0.0, squareA = 0.0, squareB = 0.0
        for index in one.indices {
            let x = Double(one[index]) - a, y = Double(other[index]) - b
            product += x * y
            squareA += x * x
            squareB += y * y
        }
        return squareA > 0 && squareB > 0 ? product / (squareA * squareB).squareRoot() : 0
    }

    struct Failure: Error { let text: String }

    private func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["ffmpeg", "-nostdin", "-v", "error", "-y"] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(text: text) }
        return text
    }
}
