import Wire

/// Remembers when packets arrived, by their transport-wide number, and writes the reports a sender's congestion control
/// lives on (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1). One for all streams of a transport. Its two tables
/// are made once; nothing is allocated afterwards.
package struct TransportFeedbackRecorder: Sendable {
    /// Numbers in one report (`media.md` 7.1).
    package static let numbersMax = 1_000
    /// A packet that comes this many numbers late is still reported, by repeating its neighbours.
    package static let rewindMax: UInt64 = 250
    private static let size: UInt64 = 2_048
    private static let notReceived = Int64.min

    /// Arrival in ticks of 250 us, by number modulo `size`.
    private var ticks: [Int64]
    /// Symbols of the report under construction: 0 = not received, 1 = small delta, 2 = large or negative delta.
    private var symbols: [UInt8]

    func symbol(_ index: Int) -> UInt16 { UInt16(self.symbols[index]) }

    /// The next number to report.
    private var base: UInt64 = 0
    private var highest: UInt64 = 0
    private var isStarted = false
    private var feedbackCount: UInt8 = 0

    /// A recorder that saw nothing yet.
    package init() {
        self.ticks = Array(repeating: Self.notReceived, count: Int(Self.size))
        self.symbols = Array(repeating: 0, count: Self.numbersMax)
    }

    /// Something came that no report told yet.
    package var isPending: Bool { self.isStarted && self.base <= self.highest }

    /// Takes the arrival of an authenticated packet in.
    package mutating func record(_ sequence: UInt16, arrival: MediaTime) {
        let ticks = arrival.nanoseconds / 250_000
        guard self.isStarted else {
            // Room below the first number, for what was overtaken by it.
            self.highest = 0x1_0000 + UInt64(sequence)
            self.base = self.highest
            self.isStarted = true
            self.ticks[self.slot(self.highest)] = ticks
            return
        }
        let number = SequenceNumber.extend(sequence, near: self.highest)
        if number > self.highest {
            self.advance(to: number)
        } else {
            guard self.highest - number < Self.size / 2, self.ticks[self.slot(number)] == Self.notReceived else {
                return
            }
            if number < self.base {
                guard self.base - number <= Self.rewindMax else { return }
                self.base = number
            }
        }
        self.ticks[self.slot(number)] = ticks
    }

    /// Forgets the numbers that fall out at the other end; what nobody reported by then is never reported.
    private mutating func advance(to number: UInt64) {
        if number - self.highest >= Self.size / 2 {
            for index in self.ticks.indices { self.ticks[index] = Self.notReceived }
        } else {
            var skipped = self.highest + 1
            while skipped < number {
                self.ticks[self.slot(skipped)] = Self.notReceived
                skipped += 1
            }
        }
        self.highest = number
        if self.base + Self.size / 2 <= number { self.base = number - (Self.size / 2 - 1) }
    }

    private func slot(_ number: UInt64) -> Int { Int(number % Self.size) }

    /// Writes one report behind what `writer` wrote; false when there is nothing to tell or no room. Call until false.
    @_lifetime(out: copy out)
    package mutating func write(
        sender: UInt32, media: UInt32, _ writer: inout RTCPWriter, into out: inout MutableRawSpan
    ) -> Bool {
        guard self.isPending else { return false }
        let plan = self.plan(room: out.byteCount - writer.count)
        guard plan.count > 0 else { return false }
        let body = 16 + self.chunkBytes(plan.count) + plan.deltaBytes
        guard writer.begin(205, count: 15, body: (body + 3) & ~3, into: &out) else { return false }
        var inner = writer.cursor
        inner.u32(sender, into: &out)
        inner.u32(media, into: &out)
        inner.u16(UInt16(truncatingIfNeeded: self.base), into: &out)
        inner.u16(UInt16(plan.count), into: &out)
        inner.u24(UInt32(truncatingIfNeeded: plan.reference & 0xFF_FFFF), into: &out)
        inner.u8(self.feedbackCount, into: &out)
        self.writeChunks(plan.count, &inner, into: &out)
        self.writeDeltas(plan, &inner, into: &out)
        inner.zeros(-body & 3, into: &out)
        writer.cursor = inner
        self.feedbackCount &+= 1
        self.base += UInt64(plan.count)
        return true
    }

    private struct Plan {
        var count = 0
        var deltaBytes = 0
        /// In 64 ms, rounded down, so that the first delta is small and positive.
        var reference: Int64 = 0
    }

    /// Decides how many numbers fit: as many as the room, the bound and the 16-bit deltas allow. Fills `symbols`.
    private mutating func plan(room: Int) -> Plan {
        var plan = Plan()
        var last: Int64?
        let end = min(self.highest + 1, self.base + UInt64(Self.numbersMax))
        var number = self.base
        while number < end {
            let ticks = self.ticks[self.slot(number)]
            var symbol: UInt8 = 0
            if ticks != Self.notReceived {
                if last == nil {
                    // 256 ticks of 250 us are 64 ms; shifting rounds down.
                    plan.reference = ticks >> 8
                    last = plan.reference << 8
                }
                let delta = ticks &- (last ?? ticks)
                guard (-0x8000...0x7FFF).contains(delta) else { break }
                symbol = (0...0xFF).contains(delta) ? 1 : 2
            }
            // 20 bytes of header and parties; never more chunks than two-bit vectors of 7 would take.
            let bytes = 20 + 2 * (plan.count / 7 + 1) + plan.deltaBytes + Int(symbol)
            guard (bytes + 3) & ~3 <= room else { break }
            if symbol != 0 { last = ticks }
            self.symbols[plan.count] = symbol
            plan.count += 1
            plan.deltaBytes += Int(symbol)
            number += 1
        }
        if last == nil { plan.reference = self.ticks[self.slot(self.highest)] >> 8 }
        return plan
    }

    @_lifetime(out: copy out)
    private func writeDeltas(_ plan: Plan, _ writer: inout SpanWriter, into out: inout MutableRawSpan) {
        var last = plan.reference << 8
        for index in 0..<plan.count where self.symbols[index] != 0 {
            let ticks = self.ticks[self.slot(self.base + UInt64(index))]
            let delta = ticks &- last
            last = ticks
            if self.symbols[index] == 1 {
                writer.u8(UInt8(truncatingIfNeeded: delta), into: &out)
            } else {
                writer.u16(UInt16(truncatingIfNeeded: delta), into: &out)
            }
        }
    }
}
