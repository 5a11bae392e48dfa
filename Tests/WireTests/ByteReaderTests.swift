import BeraadTesting
import Testing
import Wire

@Suite("Reading bytes front to back")
struct ByteReaderTests {
    @Test("numbers come out most significant byte first")
    func numbers() throws {
        let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]
        var reader = ByteReader(bytes.rawSpan)
        #expect(try reader.u8() == 0x01)
        #expect(try reader.u16() == 0x0203)
        #expect(try reader.u24() == 0x04_0506)
        #expect(try reader.u32() == 0x0708_090A)
        #expect(try reader.u64() == 0x0B0C_0D0E_0F10_1112)
        try reader.end()
    }

    @Test("a read past the end throws and moves nothing")
    func truncated() throws {
        let bytes: [UInt8] = [1, 2, 3]
        var reader = ByteReader(bytes.rawSpan)
        var refused = 0
        do { _ = try reader.u32() } catch { refused += error == .truncated ? 1 : 0 }
        do { _ = try reader.u64() } catch { refused += error == .truncated ? 1 : 0 }
        do { _ = try reader.take(4) } catch { refused += error == .truncated ? 1 : 0 }
        do { _ = try reader.take(-1) } catch { refused += error == .truncated ? 1 : 0 }
        do { _ = try reader.take(.max) } catch { refused += error == .truncated ? 1 : 0 }
        #expect(refused == 5)
        #expect(reader.offset == 0)
        #expect(try reader.u24() == 0x01_0203)
    }

    @Test("bytes left over are told")
    func trailing() {
        let bytes: [UInt8] = [1]
        let reader = ByteReader(bytes.rawSpan)
        var caught: WireError?
        do { try reader.end() } catch { caught = error }
        #expect(caught == .trailingBytes)
    }

    @Test("a vector is its length and then its bytes")
    func vector() throws {
        let bytes: [UInt8] = [2, 0xAA, 0xBB, 0x40, 0x40] + Array(repeating: 7, count: 64) + [9]
        var reader = ByteReader(bytes.rawSpan)
        #expect(try reader.vector().array() == [0xAA, 0xBB])
        #expect(try reader.vector().byteCount == 64)
        #expect(reader.rest().array() == [9])
        #expect(reader.remaining == 0)
    }

    @Test("looking beyond either end answers nothing")
    func offsets() {
        let bytes: [UInt8] = [1, 2, 3, 4]
        let span = bytes.rawSpan
        for offset in [-1, 4, Int.max, Int.min] {
            #expect(span.u8(offset) == nil)
            #expect(span.u16(offset) == nil)
            #expect(span.u24(offset) == nil)
            #expect(span.u32(offset) == nil)
            #expect(span.u64(offset) == nil)
        }
        #expect(span.u16(3) == nil)
        #expect(span.u32(0) == 0x0102_0304)
        #expect(span.array(2..<9) == [])
    }
}
