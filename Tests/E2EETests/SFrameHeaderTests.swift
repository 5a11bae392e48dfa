import BeraadTesting
import E2EE
import Testing

@Suite("The SFrame header")
struct SFrameHeaderTests {
    private func failure(_ bytes: [UInt8]) -> SFrameHeaderError? {
        do throws(SFrameHeaderError) {
            _ = try SFrameHeader(parsing: bytes.span)
            return nil
        } catch {
            return error
        }
    }

    @Test("every number comes back from its shortest spelling")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 9605)
        for _ in 0..<2_000 {
            let header = SFrameHeader(
                keyID: generator.next() >> (generator.next() % 64), counter: generator.next() >> (generator.next() % 64)
            )
            let bytes = header.encoded()
            #expect(bytes.count == header.byteCount)
            #expect(try SFrameHeader(parsing: (bytes + [1, 2, 3]).span) == header)
        }
    }

    @Test("a second spelling of the same number is refused")
    func minimalOnly() {
        #expect(self.failure([0x80, 0x07]) == .notMinimal)
        #expect(self.failure([0x90, 0x00, 0xFF]) == .notMinimal)
        #expect(self.failure([0x08, 0x00]) == .notMinimal)
        #expect(self.failure([0x80, 0x08]) == nil)
    }

    @Test("a header that is cut off is refused at every length")
    func truncated() {
        let bytes = SFrameHeader(keyID: .max, counter: .max).encoded()
        for length in 0..<bytes.count { #expect(self.failure(Array(bytes.prefix(length))) == .truncated) }
    }
}
