import BeraadTesting
import Testing
import Wire

@Suite("Writing bytes")
struct WriterTests {
    @Test("both writers write the same, and a reader reads it back")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<50 {
            let (a, b, c, d, e) = (
                generator.next(), generator.next(), generator.next(), generator.next(), generator.next()
            )
            let blob = generator.bytes(Int(e % 40))
            var growing = ByteWriter()
            growing.u8(UInt8(truncatingIfNeeded: a))
            growing.u16(UInt16(truncatingIfNeeded: b))
            growing.u24(UInt32(truncatingIfNeeded: c))
            growing.u32(UInt32(truncatingIfNeeded: d))
            growing.u64(e)
            growing.append(blob)

            var fixed = [UInt8](repeating: 0xEE, count: growing.bytes.count)
            let count = fixed.withMutableRawSpan { out in
                var writer = SpanWriter()
                writer.u8(UInt8(truncatingIfNeeded: a), into: &out)
                writer.u16(UInt16(truncatingIfNeeded: b), into: &out)
                writer.u24(UInt32(truncatingIfNeeded: c), into: &out)
                writer.u32(UInt32(truncatingIfNeeded: d), into: &out)
                writer.u64(e, into: &out)
                writer.copy(blob.rawSpan, into: &out)
                return writer.count
            }
            #expect(count == fixed.count)
            #expect(fixed == growing.bytes)

            var reader = ByteReader(fixed.rawSpan)
            #expect(try reader.u8() == UInt8(truncatingIfNeeded: a))
            #expect(try reader.u16() == UInt16(truncatingIfNeeded: b))
            #expect(try reader.u24() == UInt32(truncatingIfNeeded: c) & 0xFF_FFFF)
            #expect(try reader.u32() == UInt32(truncatingIfNeeded: d))
            #expect(try reader.u64() == e)
            #expect(try reader.array(blob.count) == blob)
        }
    }

    @Test("what does not fit is not written, and the writer says so for good")
    func overflow() {
        var bytes: [UInt8] = [1, 2, 3]
        let count = bytes.withMutableRawSpan { out in
            var writer = SpanWriter()
            writer.u16(0xAABB, into: &out)
            writer.u32(0xCCCC_CCCC, into: &out)
            writer.u8(0xDD, into: &out)
            return writer.count
        }
        #expect(count == 0)
        #expect(bytes == [0xAA, 0xBB, 3])
    }

    @Test("storing outside changes nothing")
    func stores() {
        var bytes: [UInt8] = [1, 2, 3]
        bytes.withMutableRawSpan { out in
            for offset in [-1, 3, Int.max, Int.min] {
                out.store(UInt8(9), at: offset)
                out.store(UInt16(9), at: offset)
                out.store(UInt32(9), at: offset)
                out.copy([9, 9].rawSpan, at: offset)
            }
            out.store(UInt32(9), at: 0)
        }
        #expect(bytes == [1, 2, 3])
    }
}

@Suite("Comparing secrets")
struct ConstantTimeTests {
    private func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        equalInConstantTime(left.rawSpan, right.rawSpan)
    }

    @Test("equal means the same length and the same bytes")
    func equality() {
        let secret: [UInt8] = Array(0..<32)
        #expect(self.equal(secret, Array(0..<32)))
        #expect(!self.equal(secret, Array(0..<31)))
        for index in secret.indices {
            var other = secret
            other[index] ^= 0x80
            #expect(!self.equal(secret, other))
        }
    }
}
