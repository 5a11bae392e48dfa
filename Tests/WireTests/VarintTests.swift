import BeraadTesting
import Testing
import Wire

/// Vectors of RFC 9000 appendix A.1 and RFC 9420 §2.1.2.
@Suite("Variable-length integers")
struct VarintTests {
    private func read(_ bytes: [UInt8]) -> Result<Int, WireError> {
        var reader = ByteReader(bytes.rawSpan)
        do { return .success(try reader.varint()) } catch { return .failure(error) }
    }

    @Test("the three widths read as the documents say")
    func vectors() {
        #expect(self.read([0x25]) == .success(37))
        #expect(self.read([0x7B, 0xBD]) == .success(15_293))
        #expect(self.read([0x9D, 0x7F, 0x3E, 0x7D]) == .success(494_878_333))
    }

    @Test("the 8-byte form and every form that is not minimal are refused")
    func refused() {
        #expect(self.read([0xC2, 0x19, 0x7C, 0x5E, 0xFF, 0x14, 0xE8, 0x8C]) == .failure(.malformedVarint))
        #expect(self.read([0x40, 0x25]) == .failure(.malformedVarint))
        #expect(self.read([0x80, 0x00, 0x3F, 0xFF]) == .failure(.malformedVarint))
        #expect(self.read([0x40]) == .failure(.truncated))
        #expect(self.read([]) == .failure(.truncated))
    }

    @Test("what is written reads back, at every border and between")
    func roundTrip() {
        var generator = SeededGenerator(seed: 9_420)
        let borders = [0, 1, 63, 64, 16_383, 16_384, Varint.maximum]
        let others = (0..<200).map { _ in Int(generator.next() >> (34 + generator.next() % 30)) }
        for value in borders + others {
            var writer = ByteWriter()
            writer.varint(value)
            #expect(writer.bytes.count == Varint.width(of: value))
            #expect(self.read(writer.bytes) == .success(value))
        }
        #expect(Varint.width(of: Varint.maximum + 1) == 0)
        #expect(Varint.width(of: -1) == 0)
    }
}
