import MediaCore

/// A script of packets, retransmissions and ticks for a receiving stream, and the questions it asks to a sending history.
enum NACKFuzz {
    static func run(_ bytes: [UInt8]) {
        var script = Script(bytes)
        var stream = ReceiveStream(ssrc: 1, clockRate: 90_000, asksForMissing: true)
        var slab = PacketSlab(capacity: 80)
        var history = SendHistory(capacity: 64)
        var now = MediaTime.zero
        var number = UInt64(script.u16())
        while !script.isAtEnd {
            let step = script.u8()
            now = now + .milliseconds(Int64(step >> 3))
            switch step & 7 {
            case 0...3:
                number &+= UInt64(step & 3)
                self.send(number, now: now, &history, &slab)
                _ = self.receive(number, now: now, &stream)
            case 4: number &+= UInt64(script.u16())
            case 5:
                number = number > 300 ? number - UInt64(script.u8()) : number
                _ = self.receive(number, now: now, &stream, startsKeyFrame: step & 8 != 0)
            case 6: _ = stream.report(now: now)
            default: self.tick(&stream, &history, now: now)
            }
        }
        history.clear(slab: &slab)
        precondition(slab.used == 0, "every reference came back")
    }

    private static func send(
        _ number: UInt64, now: MediaTime, _ history: inout SendHistory, _ slab: inout PacketSlab
    ) {
        guard let packet = slab.allocate() else { preconditionFailure("a history of 64 leaves cells free") }
        let outgoing = Outgoing(stream: 0, packet: packet, sequence: number, timestamp: 0, marker: false)
        history.record(outgoing, now: now, slab: &slab)
        slab.release(packet)
    }

    private static func receive(
        _ number: UInt64, now: MediaTime, _ stream: inout ReceiveStream, isRetransmission: Bool = false,
        startsKeyFrame: Bool = false
    ) -> ReceiveStream.Arrival {
        stream.receive(
            sequence: number, timestamp: UInt32(truncatingIfNeeded: number), arrival: now,
            isRetransmission: isRetransmission, startsKeyFrame: startsKeyFrame)
    }

    /// Answers every second question.
    private static func tick(_ stream: inout ReceiveStream, _ history: inout SendHistory, now: MediaTime) {
        var questions = 0
        while let item = stream.nextMissing(now: now, roundTrip: .milliseconds(30)) {
            questions += 1
            precondition(questions <= 128, "questions are bounded")
            var answers: [UInt64] = []
            history.take(item, now: now, roundTrip: .milliseconds(30)) { answers.append($0.sequence) }
            precondition(answers.count <= 17, "one question, 17 packets")
            for number in answers where number & 1 == 0 {
                _ = self.receive(number, now: now, &stream, isRetransmission: true)
            }
        }
    }
}
