import BeraadTesting
import Client
import Foundation
import MediaCore
import Testing

@Suite("What the server holds after it has removed SRTP", .promise("P-009"))
struct TappedServerTests {
    /// The frames of one sender as they pass through the server, put together from RTP, shell and ciphertext.
    private struct Tapped {
        var frames: [[UInt8]] = []
        private var current: [UInt8] = []

        mutating func take(_ packet: MediaPacket, _ payload: [UInt8]) {
            guard packet.codec == .vp8 else { return }
            self.current += payload.dropFirst(Int(packet.vp8.byteCount))
            guard packet.marker else { return }
            self.frames.append(self.current)
            self.current = []
        }
    }

    @Test("a reference decoder makes nothing of it; of the frames before sealing it makes the picture")
    func decodesToNothing() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("beraad-tap-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a temporary folder
        let decoder = ReferenceDecoder(folder: folder)
        let source = try decoder.testPicture()

        let room = try TestRoom(seed: 21)
        var options = TestPeerOptions(video: VideoSource(source))
        options.recordsPresealed = true
        let sender = try room.join(options)
        let receiver = try room.join(TestPeerOptions())
        var tapped = Tapped()
        room.tap = { leaf, packet, payload in if leaf == sender.leaf { tapped.take(packet, payload) } }
        room.run(for: .seconds(6))
        try #require(receiver.received(from: sender).video.frames > 60, "the call itself works")
        // The last frames may still be on the line.
        let presealed = sender.presealed.prefix(tapped.frames.count)
        try #require(tapped.frames.count > 60 && sender.presealed.count - tapped.frames.count < 3)

        let truth = try decoder.decode(presealed.map(\.bytes), "presealed")
        let shelled = try decoder.decode(tapped.frames, "shelled")
        let stripped = try decoder.decode(
            tapped.frames.map { Array($0.dropFirst($0[0] & 1 == 0 ? 10 : 3)) }, "stripped")
        let original = try decoder.decode(source.map(\.bytes), "original")
        // The check can fail: with the same tool the frames before sealing are the picture. A key frame somebody asked for
        // lets the film jump ahead, so each is compared with its own original.
        let order = presealed.map { frame in source.firstIndex { $0.bytes == frame.bytes } ?? 0 }
        let expected = order.map { original[$0] }
        #expect(truth.count > 60)
        #expect(ReferenceDecoder.likeness(truth, expected) > 0.95)
        print(
            """
            tapped frames \(tapped.frames.count): decoded with shells \(shelled.count), likeness \
            \(ReferenceDecoder.likeness(shelled, truth)); stripped \(stripped.count), likeness \
            \(ReferenceDecoder.likeness(stripped, truth)); presealed \(truth.count), likeness \
            \(ReferenceDecoder.likeness(truth, expected))
            """)
        #expect(ReferenceDecoder.likeness(shelled, truth) < 0.2)
        #expect(ReferenceDecoder.likeness(stripped, truth) < 0.2)
    }

    @Test("no eight bytes in a row of a frame are in what the server holds, and its sound is all of one size")
    func nothingInCommon() throws {
        let room = try TestRoom(seed: 22)
        var options = TestPeerOptions(video: VideoSource(CameraPicture.frames(seed: 5)))
        options.recordsPresealed = true
        let sender = try room.join(options)
        _ = try room.join(TestPeerOptions())
        var payloads: [UInt8] = [], soundSizes: Set<Int> = []
        room.tap = { leaf, packet, payload in
            guard leaf == sender.leaf else { return }
            payloads += payload
            if packet.codec == .opus { soundSizes.insert(payload.count) }
        }
        room.run(for: .seconds(4))
        let windows = Self.windows(of: payloads, step: 1)
        try #require(windows.count > 100_000)
        for frame in sender.presealed { #expect(windows.isDisjoint(with: Self.windows(of: frame.bytes, step: 8))) }
        // Counters grow by a byte once: header, inner, padded frame and tag are else of one length (`e2ee.md` 6).
        #expect(soundSizes.count <= 2, "\(soundSizes)")
        var plain = windows
        plain.formUnion(Self.windows(of: sender.presealed[0].bytes, step: 1))
        #expect(!plain.isDisjoint(with: Self.windows(of: sender.presealed[0].bytes, step: 8)), "the check can fail")
    }

    private static func windows(of bytes: [UInt8], step: Int) -> Set<UInt64> {
        guard bytes.count >= 8 else { return [] }
        return Set(
            stride(from: 0, through: bytes.count - 8, by: step).map { start in
                bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
            })
    }
}
