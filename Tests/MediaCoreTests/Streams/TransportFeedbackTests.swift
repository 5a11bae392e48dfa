import BeraadTesting
import MediaCore
import Testing
import Wire

@Suite("Transport-wide feedback")
struct TransportFeedbackTests {
    /// What a sender learns from `bytes`: number and time in 250 us, in order.
    private func arrivals(_ bytes: [UInt8]) -> [TransportFeedback.Arrival]? {
        guard case .transportFeedback(let feedback)? = RTCPReaderTests.packets(bytes).packets.first else { return nil }
        var reader = feedback.arrivals()
        var arrivals: [TransportFeedback.Arrival] = []
        while let arrival = reader.next(bytes.rawSpan) { arrivals.append(arrival) }
        return arrivals.count == feedback.packetCount ? arrivals : nil
    }

    private func reports(_ recorder: inout TransportFeedbackRecorder, room: Int = 1_200) -> [[UInt8]] {
        var reports: [[UInt8]] = []
        while true {
            let bytes = written(room) { out in
                var writer = RTCPWriter()
                return recorder.write(sender: 1, media: 2, &writer, into: &out) ? writer.count : 0
            }
            guard !bytes.isEmpty else { return reports }
            reports.append(bytes)
        }
    }

    @Test("a report with run and vector chunks reads as the draft draws them")
    func handMade() throws {
        // Base 5, 12 numbers, reference 2 (128 ms), report 3. Chunks: run of 3 small; 1-bit vector 0 1 0 …;
        // the count of 12 cuts the vector at 9. Deltas 4, 0, 255, 1.
        let bytes = hex("8FCD0006 00000001 00000002 0005000C 00000203 2003 9000 0400FF01")
        let read = try #require(self.arrivals(bytes))
        #expect(read.map(\.sequence) == Array(5...16))
        let reference = Int64(2 * 256)
        #expect(read.prefix(3).map(\.ticks) == [reference + 4, reference + 4, reference + 259])
        #expect(read[3].ticks == nil && read[4].ticks == reference + 260)
        #expect(read.dropFirst(5).allSatisfy { $0.ticks == nil })
    }

    @Test("two-bit vectors carry large and negative steps")
    func twoBit() throws {
        // Symbols: small, large, not received, large (negative), 3 not received.
        let bytes = hex("8FCD0006 00000001 00000002 FFFF0004 FFFFFF00 D880 08 7FFF 8000 00")
        let read = try #require(self.arrivals(bytes))
        #expect(read.map(\.sequence) == [0xFFFF, 0, 1, 2])
        #expect(read.map(\.ticks) == [-248, 32_519, nil, -249])
    }

    @Test("a report that promises more than it holds is malformed")
    func malformed() {
        for text in [
            "8FCD0005 00000001 00000002 0005000C 00000203 2003 9000",
            "8FCD0005 00000001 00000002 00050000 00000203 2003 9000",
            "8FCD0005 00000001 00000002 0005FFFF 00000203 1FFF 1FFF",
            "8FCD0005 00000001 00000002 00050001 00000203 0000 0000",
            "8FCD0004 00000001 00000002 00050001 00000203",
        ] {
            #expect(RTCPReaderTests.packets(hex(text)).isMalformed, "\(text)")
        }
    }

    @Test("what arrived is what the sender reads, through loss, reordering, pauses and wraps")
    func roundTrip() throws {
        for seed in UInt64(1)...40 {
            var generator = SeededGenerator(seed: seed)
            var recorder = TransportFeedbackRecorder()
            var sent: [UInt16: Int64] = [:]
            var learnt: [UInt16: Int64] = [:]
            var now: Int64 = Int64(generator.next() % 10_000_000_000)
            var number = UInt16(truncatingIfNeeded: generator.next())
            let loss = Double(seed % 5) * 0.15
            for _ in 0..<20 {
                var round: [(UInt16, Int64)] = []
                for _ in 0..<Int(generator.next() % 120) {
                    number &+= 1
                    now += Int64(generator.next() % 4_000_000)
                    if generator.happens(0.01) { now += Int64(generator.next() % 12_000_000_000) }
                    if !generator.happens(loss) { round.append((number, now)) }
                }
                for index in round.indices.dropFirst() where generator.happens(0.1) { round.swapAt(index, index - 1) }
                for (number, arrival) in round {
                    recorder.record(number, arrival: MediaTime(nanoseconds: arrival))
                    sent[number] = arrival / 250_000
                }
                for report in self.reports(&recorder, room: seed % 3 == 0 ? 120 : 1_200) {
                    #expect(report.count <= 1_200 && report.count % 4 == 0)
                    for arrival in try #require(self.arrivals(report)) { learnt[arrival.sequence] = arrival.ticks }
                }
                #expect(!recorder.isPending)
            }
            #expect(learnt == sent, "seed \(seed)")
        }
    }

    @Test("a report speaks of a thousand numbers at most, and the next one goes on")
    func bounded() throws {
        var recorder = TransportFeedbackRecorder()
        recorder.record(0, arrival: .zero)
        recorder.record(1_020, arrival: .zero + .milliseconds(10))
        let reports = self.reports(&recorder)
        let counts = try reports.map { try #require(self.arrivals($0)).count }
        #expect(counts == [1_000, 21])
    }

    @Test("a late packet is reported in the next report")
    func late() throws {
        var recorder = TransportFeedbackRecorder()
        for number in UInt16(1)...10 where number != 4 { recorder.record(number, arrival: .zero + .milliseconds(1)) }
        #expect(try #require(self.arrivals(self.reports(&recorder)[0]))[3].ticks == nil)
        recorder.record(4, arrival: .zero + .milliseconds(30))
        let next = try #require(self.arrivals(self.reports(&recorder)[0]))
        #expect(next.first?.sequence == 4)
        #expect(next.first?.ticks == 120)
    }

    @Test("a copy does not move the first arrival, and a packet from long ago is not told")
    func ignored() {
        var recorder = TransportFeedbackRecorder()
        recorder.record(1_000, arrival: .zero)
        #expect(self.reports(&recorder).count == 1)
        recorder.record(1_000, arrival: .zero + .milliseconds(99))
        recorder.record(700, arrival: .zero)
        #expect(!recorder.isPending)
    }

    @Test("reports are numbered")
    func counted() {
        var recorder = TransportFeedbackRecorder()
        for number in UInt16(0)..<3 {
            recorder.record(number, arrival: .zero)
            #expect(self.reports(&recorder).map { $0[19] } == [UInt8(number)])
        }
    }

    @Test("jumps of any size neither trap nor grow anything")
    func jumps() {
        var generator = SeededGenerator(seed: 3)
        var recorder = TransportFeedbackRecorder()
        for step in 0..<3_000 {
            recorder.record(
                UInt16(truncatingIfNeeded: generator.next()),
                arrival: MediaTime(nanoseconds: Int64(truncatingIfNeeded: generator.next() >> 2)))
            if step % 50 == 0 {
                for report in self.reports(&recorder) { #expect(!RTCPReaderTests.packets(report).isMalformed) }
            }
        }
    }
}
