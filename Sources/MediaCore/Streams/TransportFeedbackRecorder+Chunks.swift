import Wire

/// Packet status chunks (§3.1.3 and §3.1.4 of the draft): a long run in one chunk, 14 one-bit symbols where all deltas are
/// small, else 7 two-bit symbols.
extension TransportFeedbackRecorder {
    private struct Chunk {
        var raw: UInt16
        /// Numbers it speaks of.
        var count: Int
    }

    func chunkBytes(_ count: Int) -> Int {
        var index = 0
        var bytes = 0
        while index < count {
            index += self.chunk(at: index, of: count).count
            bytes += 2
        }
        return bytes
    }

    @_lifetime(out: copy out)
    func writeChunks(_ count: Int, _ writer: inout SpanWriter, into out: inout MutableRawSpan) {
        var index = 0
        while index < count {
            let chunk = self.chunk(at: index, of: count)
            writer.u16(chunk.raw, into: &out)
            index += chunk.count
        }
    }

    private func chunk(at start: Int, of count: Int) -> Chunk {
        let left = count - start
        let symbol = self.symbol(start)
        var run = 1
        while run < left, self.symbol(start + run) == symbol { run += 1 }
        if run >= 14 || run == left { return Chunk(raw: symbol << 13 | UInt16(run), count: run) }
        let small = (0..<min(14, left)).allSatisfy { self.symbol(start + $0) < 2 }
        if small {
            let taken = min(14, left)
            let bits = (0..<taken).reduce(UInt16(0)) { $0 | self.symbol(start + $1) << (13 - UInt16($1)) }
            return Chunk(raw: 0x8000 | bits, count: taken)
        }
        if run >= 7 { return Chunk(raw: symbol << 13 | UInt16(run), count: run) }
        let taken = min(7, left)
        let bits = (0..<taken).reduce(UInt16(0)) { $0 | self.symbol(start + $1) << (12 - 2 * UInt16($1)) }
        return Chunk(raw: 0xC000 | bits, count: taken)
    }
}
