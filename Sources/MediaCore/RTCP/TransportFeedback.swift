import Wire

/// One transport-cc report (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1), checked as a whole when it is read:
/// the chunks cover `packetCount` numbers and the deltas that they ask for are there.
package struct TransportFeedback: Sendable, Equatable {
    /// Numbers in one report: our own bound, and twice what browsers send.
    package static let packetsMax = 2_000

    /// SSRC of the report's sender.
    package let sender: UInt32
    /// Any SSRC of the transport.
    package let media: UInt32
    /// First number of the report.
    package let baseSequence: UInt16
    /// Numbers in the report.
    package let packetCount: Int
    /// Reference time in 64 ms, signed 24 bits.
    package let referenceTime: Int32
    /// Counts the reports of one sender.
    package let feedbackCount: UInt8
    let chunks: Int
    let deltas: Int

    init?(_ header: RTCPHeader, _ bytes: RawSpan) {
        let at = header.body
        guard header.bodyLength >= 16, let sender = bytes.u32(at), let media = bytes.u32(at + 4),
            let base = bytes.u16(at + 8), let count = bytes.u16(at + 10), let time = bytes.u32(at + 12)
        else { return nil }
        self.sender = sender
        self.media = media
        self.baseSequence = base
        self.packetCount = Int(count)
        self.referenceTime = Int32(bitPattern: time) >> 8
        self.feedbackCount = UInt8(time & 0xFF)
        self.chunks = at + 16
        guard (1...Self.packetsMax).contains(self.packetCount),
            let ends = Self.check(chunks: self.chunks, end: header.bodyEnd, count: self.packetCount, bytes)
        else { return nil }
        self.deltas = ends
    }

    /// One number of the report.
    package struct Arrival: Sendable, Equatable {
        /// The transport-wide number.
        package var sequence: UInt16
        /// In 250 us since the reference time's zero, or nil when the packet did not arrive.
        package var ticks: Int64?
    }

    /// Starts walking over the numbers in order.
    package func arrivals() -> TransportFeedbackReader { TransportFeedbackReader(self) }

    /// Where the deltas begin, when chunks and deltas fit before `end`.
    private static func check(chunks: Int, end: Int, count: Int, _ bytes: RawSpan) -> Int? {
        var at = chunks
        var seen = 0
        var deltaBytes = 0
        while seen < count {
            guard at + 2 <= end, let raw = bytes.u16(at) else { return nil }
            let chunk = StatusChunk(raw)
            let taken = min(chunk.count, count - seen)
            guard taken > 0 else { return nil }
            deltaBytes += chunk.deltaBytes(first: taken)
            seen += taken
            at += 2
        }
        return at + deltaBytes <= end ? at : nil
    }
}

/// A packet status chunk (§3.1.3, §3.1.4): run length, 14 one-bit or 7 two-bit symbols.
struct StatusChunk {
    let raw: UInt16

    init(_ raw: UInt16) { self.raw = raw }

    var isRun: Bool { self.raw & 0x8000 == 0 }
    var hasTwoBitSymbols: Bool { self.raw & 0x4000 != 0 }

    /// Numbers the chunk speaks of.
    var count: Int { self.isRun ? Int(self.raw & 0x1FFF) : self.hasTwoBitSymbols ? 7 : 14 }

    /// Symbol of the `index`th number: 0 = not received, 1 = small delta, 2 = large or negative delta, 3 = reserved,
    /// which everybody reads as "received without a delta".
    func symbol(_ index: Int) -> UInt16 {
        if self.isRun { return self.raw >> 13 & 3 }
        return self.hasTwoBitSymbols ? self.raw >> (12 - 2 * UInt16(index)) & 3 : self.raw >> (13 - UInt16(index)) & 1
    }

    /// Bytes of deltas for the first `count` numbers.
    func deltaBytes(first count: Int) -> Int {
        if self.isRun { return count * Self.deltaBytes(self.symbol(0)) }
        return (0..<count).reduce(0) { $0 + Self.deltaBytes(self.symbol($1)) }
    }

    static func deltaBytes(_ symbol: UInt16) -> Int { symbol == 3 ? 0 : Int(symbol) }
}

/// Walks over the numbers of a transport-cc report.
package struct TransportFeedbackReader: Sendable {
    private let feedback: TransportFeedback
    private var chunkAt: Int
    private var deltaAt: Int
    private var chunk = StatusChunk(0)
    private var indexInChunk = 0
    private var leftInChunk = 0
    private var index = 0
    private var ticks: Int64

    init(_ feedback: TransportFeedback) {
        self.feedback = feedback
        self.chunkAt = feedback.chunks
        self.deltaAt = feedback.deltas
        // 64 ms are 256 ticks of 250 us.
        self.ticks = Int64(feedback.referenceTime) * 256
    }

    /// The next number; nil at the end. `bytes` is the datagram the report was read from.
    package mutating func next(_ bytes: RawSpan) -> TransportFeedback.Arrival? {
        guard self.index < self.feedback.packetCount else { return nil }
        if self.leftInChunk == 0 {
            guard let raw = bytes.u16(self.chunkAt) else { return nil }
            self.chunk = StatusChunk(raw)
            self.chunkAt += 2
            self.indexInChunk = 0
            self.leftInChunk = self.chunk.count
            guard self.leftInChunk > 0 else { return nil }
        }
        let symbol = self.chunk.symbol(self.indexInChunk)
        let sequence = self.feedback.baseSequence &+ UInt16(truncatingIfNeeded: self.index)
        self.index += 1
        self.indexInChunk += 1
        self.leftInChunk -= 1
        return TransportFeedback.Arrival(sequence: sequence, ticks: self.readTicks(symbol, bytes))
    }

    private mutating func readTicks(_ symbol: UInt16, _ bytes: RawSpan) -> Int64? {
        switch symbol {
        case 1: self.ticks += Int64(bytes.u8(self.deltaAt) ?? 0)
        case 2: self.ticks += Int64(Int16(bitPattern: bytes.u16(self.deltaAt) ?? 0))
        default: return nil
        }
        self.deltaAt += Int(symbol)
        return self.ticks
    }
}
