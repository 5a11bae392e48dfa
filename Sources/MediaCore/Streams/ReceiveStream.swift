/// What a receiver keeps about one media stream: which numbers came, how they jittered (RFC 3550 §6.4.1, appendix A), and
/// which to ask for again (RFC 4585). A value without a clock; it knows neither sockets nor SSRC tables, and allocates
/// nothing. Sequence numbers are the 64-bit ones of SRTP's authenticated index.
package struct ReceiveStream: Sendable, BitwiseCopyable {
    /// The stream's SSRC.
    package let ssrc: UInt32
    /// Ticks a second of its timestamps.
    package let clockRate: UInt32
    /// Gaps are asked for. Audio is not: browsers offer neither NACK nor RTX for it.
    package let asksForMissing: Bool

    /// What a packet is to the stream.
    package enum Arrival: Sendable, Equatable {
        /// Seen for the first time.
        case new
        /// Seen for the first time, and it filled a gap.
        case recovered
        /// Came before, or is too old to tell: drop it.
        case duplicate
    }

    private var window = NumberWindow()
    private var missing = MissingList()
    private var first: UInt64 = 0
    private var received: UInt64 = 0
    private var jitter = JitterEstimate()
    private var expectedBefore: UInt64 = 0
    private var receivedBefore: UInt64 = 0
    private var lastSenderReport: UInt32 = 0
    private var lastSenderReportAt = MediaTime.zero

    /// A jump over more numbers than this is a new beginning; nothing in between is asked for.
    static let gapMax: UInt64 = UInt64(MissingList.capacity)

    /// A stream nothing came from yet.
    package init(ssrc: UInt32, clockRate: UInt32, asksForMissing: Bool) {
        self.ssrc = ssrc
        self.clockRate = clockRate
        self.asksForMissing = asksForMissing
    }

    /// Something came in: reports may speak of the stream.
    package var isStarted: Bool { self.window.isStarted }
    /// The highest number that came in; 0 before the first.
    package var highest: UInt64 { self.window.highest }
    /// Some number is still to be asked for.
    package var isMissingAny: Bool { self.missing.count > 0 }
    /// Numbers asked for in vain, or skipped: whoever decodes needs a key frame.
    package var abandoned: UInt64 { self.missing.abandoned }
    /// Numbers that never came: expected less received, never negative.
    package var lost: UInt64 { self.expected > self.received ? self.expected - self.received : 0 }

    private var expected: UInt64 { self.isStarted ? self.window.highest - self.first + 1 : 0 }

    /// Takes an authenticated packet in. For a retransmission `sequence` is the original number; it fills a gap, but does
    /// not count as received: the report tells what the network lost, and its jitter knows nothing of repeats.
    package mutating func receive(
        sequence: UInt64, timestamp: UInt32, arrival: MediaTime, isRetransmission: Bool, startsKeyFrame: Bool
    ) -> Arrival {
        // A retransmission never begins a stream or moves it on: it answers a question about the past.
        if isRetransmission, !self.isStarted || sequence > self.window.highest { return .duplicate }
        let before = self.window.highest
        let wasStarted = self.isStarted
        guard self.window.insert(sequence) == .new else { return .duplicate }
        let wasMissing = wasStarted && sequence < before ? self.missing.remove(sequence) : false
        if !isRetransmission {
            self.received += 1
            self.jitter.add(timestamp: timestamp, arrival: arrival, clockRate: self.clockRate)
            if !wasStarted || sequence < self.first { self.first = sequence }
        }
        if wasStarted, sequence > before { self.note(gapFrom: before + 1, to: sequence) }
        if startsKeyFrame { self.missing.forget(before: sequence) }
        return wasMissing ? .recovered : .new
    }

    private mutating func note(gapFrom start: UInt64, to end: UInt64) {
        guard self.asksForMissing else { return }
        guard end - start <= Self.gapMax else {
            self.missing.skip(end - start)
            return
        }
        var number = start
        while number < end {
            self.missing.append(number)
            number += 1
        }
    }

    /// The next question for lost packets that is due; call until nil, once a tick of 20 ms.
    package mutating func nextMissing(now: MediaTime, roundTrip: MediaSpan) -> MissingPackets? {
        self.missing.next(now: now, roundTrip: roundTrip)
    }

    /// A sender report of the stream arrived.
    package mutating func senderReported(ntp: UInt64, arrival: MediaTime) {
        self.lastSenderReport = UInt32(truncatingIfNeeded: ntp >> 16)
        self.lastSenderReportAt = arrival
    }

    /// The stream's block for the next SR or RR; begins a new interval. Nil before the first packet: no RTCP about an
    /// SSRC before it is bound (`media.md` 6.1).
    package mutating func report(now: MediaTime) -> ReportBlock? {
        guard self.isStarted else { return nil }
        var block = ReportBlock()
        block.ssrc = self.ssrc
        block.highestSequence = UInt32(truncatingIfNeeded: self.window.highest)
        block.jitter = self.jitter.value
        let lost = Int64(clamping: self.expected) - Int64(clamping: self.received)
        block.cumulativeLost = Int32(max(-0x80_0000, min(lost, 0x7F_FFFF)))
        let expected = self.expected - min(self.expectedBefore, self.expected)
        let received = self.received - self.receivedBefore
        // RFC 3550 appendix A.3: late packets can make the interval's loss negative, which counts as none.
        if expected > received { block.fractionLost = UInt8(min(255, (expected - received) * 256 / expected)) }
        self.expectedBefore = self.expected
        self.receivedBefore = self.received
        if self.lastSenderReport != 0 {
            let delay = max(0, (now - self.lastSenderReportAt).nanoseconds)
            block.lastSenderReport = self.lastSenderReport
            block.delaySinceLastSenderReport = UInt32(clamping: delay / 1_000 * 65_536 / 1_000_000)
        }
        return block
    }
}

/// Interarrival jitter (RFC 3550 §6.4.1 and A.8), in timestamp units with four fractional bits.
private struct JitterEstimate: Sendable, BitwiseCopyable {
    private var transit: UInt32 = 0
    private var sixteenths: UInt32 = 0
    private var isStarted = false

    var value: UInt32 { self.sixteenths >> 4 }

    mutating func add(timestamp: UInt32, arrival: MediaTime, clockRate: UInt32) {
        let ticks = arrival.nanoseconds / 1_000 &* Int64(clockRate) / 1_000_000
        let transit = UInt32(truncatingIfNeeded: ticks) &- timestamp
        defer {
            self.transit = transit
            self.isStarted = true
        }
        guard self.isStarted else { return }
        let distance = Int32(bitPattern: transit &- self.transit).magnitude
        // A source that paused, or was exchanged for another one, is not jitter: five seconds are no network's doing.
        guard distance < 5 &* clockRate else { return }
        self.sixteenths = self.sixteenths &+ distance &- (self.sixteenths &+ 8) >> 4
    }
}
