import MediaCore
import Testing
import Wire

/// A stream whose packets come one a millisecond, 90 ticks apart; `at` is their number.
private struct Stream {
    var stream = ReceiveStream(ssrc: 7, clockRate: 90_000, asksForMissing: true)

    @discardableResult
    mutating func receive(
        _ sequence: UInt64, late: Int64 = 0, isRetransmission: Bool = false, startsKeyFrame: Bool = false
    ) -> ReceiveStream.Arrival {
        self.stream.receive(
            sequence: sequence, timestamp: UInt32(truncatingIfNeeded: sequence * 90),
            arrival: MediaTime(nanoseconds: Int64(sequence) * 1_000_000) + .milliseconds(late),
            isRetransmission: isRetransmission, startsKeyFrame: startsKeyFrame)
    }

    /// The next report block.
    mutating func report(atMilliseconds now: Int64 = 0) throws -> ReportBlock {
        let block = self.stream.report(now: MediaTime(nanoseconds: now * 1_000_000))
        return try #require(block)
    }

    /// Every question that is due, as plain numbers.
    mutating func asks(atMilliseconds now: Int64, roundTrip: Int64 = 50) -> [UInt16] {
        var numbers: [UInt16] = []
        let time = MediaTime(nanoseconds: now * 1_000_000)
        while let item = self.stream.nextMissing(now: time, roundTrip: .milliseconds(roundTrip)) {
            numbers.append(item.sequence)
            for bit in UInt16(0)..<16 where item.following >> bit & 1 == 1 {
                numbers.append(item.sequence &+ bit &+ 1)
            }
        }
        return numbers
    }
}

@Suite("What a receiver reports")
struct ReceiveStreamReportTests {
    @Test("nothing is said about a stream before its first packet")
    func silent() {
        var stream = Stream()
        #expect(stream.stream.report(now: .zero) == nil)
        #expect(!stream.stream.isStarted)
    }

    @Test("loss is counted over the interval and in all")
    func loss() throws {
        var stream = Stream()
        for number in UInt64(100)..<200 where number % 4 != 1 { stream.receive(number) }
        let first = try stream.report()
        #expect(first.ssrc == 7)
        #expect(first.highestSequence == 199)
        #expect(first.cumulativeLost == 25)
        #expect(first.fractionLost == 64)
        for number in UInt64(200)..<300 { stream.receive(number) }
        let second = try stream.report()
        #expect(second.fractionLost == 0)
        #expect(second.cumulativeLost == 25)
        #expect(stream.stream.lost == 25)
    }

    @Test("a retransmission mends the picture, not the report")
    func repaired() throws {
        var stream = Stream()
        stream.receive(10)
        stream.receive(12)
        #expect(stream.receive(11, isRetransmission: true) == .recovered)
        #expect(try stream.report().cumulativeLost == 1)
    }

    @Test("steady packets have no jitter, uneven ones have, and a pause is none")
    func jitter() throws {
        var steady = Stream()
        for number in UInt64(1)..<200 { steady.receive(number) }
        #expect(try steady.report().jitter == 0)

        // Every second packet 10 ms late: the difference is always 900 ticks, and the estimate goes there.
        var uneven = Stream()
        for number in UInt64(1)..<400 { uneven.receive(number, late: number % 2 == 0 ? 10 : 0) }
        let before = try uneven.report().jitter
        #expect((890...900).contains(before))
        uneven.receive(400, late: 20_000)
        #expect(try uneven.report().jitter == before)
    }

    @Test("the delay since the last sender report is told in 1/65,536 s")
    func senderReport() throws {
        var stream = Stream()
        stream.receive(1)
        stream.stream.senderReported(ntp: 0x1111_2222_3333_4444, arrival: MediaTime(nanoseconds: 1_000_000_000))
        let block = try stream.report(atMilliseconds: 1_500)
        #expect(block.lastSenderReport == 0x2222_3333)
        #expect(block.delaySinceLastSenderReport == 0x8000)
    }

    @Test("a packet that came twice, or far too late, is dropped")
    func duplicates() {
        var stream = Stream()
        #expect(stream.receive(5_000) == .new)
        #expect(stream.receive(5_000) == .duplicate)
        #expect(stream.receive(5_002) == .new)
        #expect(stream.receive(5_001, isRetransmission: true) == .recovered)
        #expect(stream.receive(5_001) == .duplicate)
        stream.receive(7_000)
        #expect(stream.receive(5_500) == .duplicate)
        #expect(stream.receive(7_001, isRetransmission: true) == .duplicate)
    }
}

@Suite("Asking for lost packets")
struct ReceiveStreamMissingTests {
    @Test("a gap is asked for at the next tick, in as few items as it takes")
    func asks() {
        var stream = Stream()
        stream.receive(100)
        stream.receive(103)
        stream.receive(105)
        #expect(stream.asks(atMilliseconds: 120) == [101, 102, 104])
        #expect(stream.asks(atMilliseconds: 120) == [])
    }

    @Test("a number is asked for again after the round trip, five times, and then never more")
    func retries() {
        var stream = Stream()
        stream.receive(100)
        stream.receive(102)
        var times: [Int64] = []
        for now in stride(from: Int64(120), to: 2_000, by: 20) where stream.asks(atMilliseconds: now) == [101] {
            times.append(now)
        }
        #expect(times == [120, 180, 240, 300, 360])
        #expect(!stream.stream.isMissingAny)
        #expect(stream.stream.abandoned == 1)
    }

    @Test("the pause is at least 20 ms and at most 400 ms, whatever the round trip")
    func clamp() {
        for (roundTrip, pause) in [(Int64(1), Int64(20)), (5_000, 400)] {
            var stream = Stream()
            stream.receive(100)
            stream.receive(102)
            #expect(stream.asks(atMilliseconds: 120, roundTrip: roundTrip) == [101])
            #expect(stream.asks(atMilliseconds: 120 + pause - 1, roundTrip: roundTrip) == [])
            #expect(stream.asks(atMilliseconds: 120 + pause, roundTrip: roundTrip) == [101])
        }
    }

    @Test("nobody asks for what came late by itself")
    func reordered() {
        var stream = Stream()
        stream.receive(100)
        stream.receive(102)
        #expect(stream.receive(101) == .recovered)
        #expect(stream.asks(atMilliseconds: 120) == [])
    }

    @Test("a key frame ends all questions about the past")
    func keyFrame() {
        var stream = Stream()
        stream.receive(100)
        stream.receive(105)
        stream.receive(107, startsKeyFrame: true)
        #expect(stream.asks(atMilliseconds: 120) == [])
        stream.receive(109)
        #expect(stream.asks(atMilliseconds: 140) == [108])
        #expect(stream.stream.abandoned == 0)
    }

    @Test("a gap that is past repair is not asked for, and the decoder's need is told")
    func longGap() {
        var stream = Stream()
        stream.receive(100)
        stream.receive(400)
        #expect(stream.asks(atMilliseconds: 500) == [])
        #expect(stream.stream.abandoned == 299)
    }

    @Test("the list is bounded: the oldest numbers go first")
    func bounded() {
        var stream = Stream()
        for number in UInt64(0)...400 where number % 2 == 0 { stream.receive(number) }
        let asked = stream.asks(atMilliseconds: 500)
        #expect(asked.count == 128)
        #expect(asked.first == 145 && asked.last == 399)
        #expect(stream.stream.abandoned == 72)
    }

    @Test("audio is never asked for")
    func audio() {
        var stream = Stream(stream: ReceiveStream(ssrc: 7, clockRate: 48_000, asksForMissing: false))
        stream.receive(100)
        stream.receive(110)
        #expect(stream.asks(atMilliseconds: 200) == [])
    }

    @Test("numbers are asked for across a wrap")
    func wrap() {
        var stream = Stream()
        stream.receive(0x1_FFFE)
        stream.receive(0x2_0001)
        #expect(stream.asks(atMilliseconds: 200_000) == [0xFFFF, 0])
    }
}
