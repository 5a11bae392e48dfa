import BeraadTesting
import Meeting
import Testing
import Wire

@Suite("Bytes from strangers at the delivery service")
struct HostileTests {
    @Test("no frame can break a reader: random bytes, every cut, and turned bits are refused or read")
    func frames() throws {
        var generator = SeededGenerator(seed: 4_711)
        var seeds = try FrameTests.commands().map { $0.frame(request: 1).encoded }
        seeds += try FrameTests.events().map { $0.frame(request: 0).encoded }
        for seed in seeds {
            // Long frames are mostly key material; each end matters more than each byte.
            let step = max(1, seed.count / 150)
            for count in stride(from: 0, to: seed.count, by: step) { self.read(Array(seed.prefix(count))) }
            for _ in 0..<60 { self.read(self.changed(seed, &generator)) }
        }
        for _ in 0..<3_000 {
            let count = Int(generator.next() % 64)
            var bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next() >> 20) }
            // A true length gets past the frame and into its body.
            if count > 6 {
                bytes[0] = UInt8(generator.next() % 0x50)
                bytes[5] = UInt8(count - 6)
            }
            self.read(bytes)
        }
    }

    @Test("no frame can break a running meeting, whoever sends it")
    func service() throws {
        var generator = SeededGenerator(seed: 815)
        for seed in try FrameTests.commands().map({ $0.frame(request: 1).encoded }) {
            DeliveryFuzz.frame(seed)
            for _ in 0..<12 { DeliveryFuzz.frame(self.changed(seed, &generator)) }
        }
    }

    @Test("a group in the last epoch that can be counted stays there, whoever commits what", arguments: [0, 1])
    func lastEpoch(_ leaf: UInt32) {
        let group = DeliveryFuzz.group
        let commit = DeliveryCommand.Commit(
            group: group, epoch: .max, commit: MLSBytes.commit(group, .max, .member(leaf)), added: [], removed: [],
            welcome: [], groupInfo: MLSBytes.groupInfo(group, 0))
        DeliveryFuzz.frame(DeliveryCommand.commit(commit).frame(request: 1).encoded)
    }

    @Test("heads of messages are read of any bytes")
    func heads() {
        var generator = SeededGenerator(seed: 99)
        let seeds = [
            MLSBytes.commit(DeliveryScene.group, 1, .member(1)), MLSBytes.app(DeliveryScene.group, 1, count: 20),
            MLSBytes.groupInfo(DeliveryScene.group, 1), MLSBytes.welcome(),
        ]
        for seed in seeds {
            for count in 0..<seed.count { self.head(Array(seed.prefix(count))) }
            for _ in 0..<500 { self.head(self.changed(seed, &generator)) }
        }
    }

    private func changed(_ seed: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = seed
        for _ in 0...(generator.next() % 4) {
            // The first bytes hold types and lengths.
            let range = generator.next() % 2 == 0 ? min(64, bytes.count) : bytes.count
            bytes[Int(generator.next() % UInt64(range))] = UInt8(truncatingIfNeeded: generator.next())
        }
        return bytes
    }

    private func read(_ bytes: [UInt8]) {
        guard let frame = try? Frame(decoding: bytes) else { return }
        #expect(frame.encoded == bytes)
        if let command = try? DeliveryCommand(frame) { #expect(command.frame(request: frame.request) == frame) }
        if let event = try? DeliveryEvent(frame) { #expect(event.frame(request: frame.request) == frame) }
    }

    private func head(_ bytes: [UInt8]) {
        let span = bytes.rawSpan
        _ = try? MLSHead(span)
        var reader = ByteReader(span)
        _ = try? reader.mlsMessage()
    }
}
