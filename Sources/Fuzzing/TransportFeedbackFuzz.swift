import MediaCore
import Wire

/// A script of arrivals for the transport-cc recorder; each report must read back, and tell nothing that did not happen.
enum TransportFeedbackFuzz {
    static func run(_ bytes: [UInt8]) {
        var script = Script(bytes)
        var recorder = TransportFeedbackRecorder()
        var now = MediaTime.zero
        var arrivals: [UInt16: Set<Int64>] = [:]
        var number = script.u16()
        while !script.isAtEnd {
            let step = script.u8()
            switch step {
            case 0..<0xC0: number &+= UInt16(step & 0x0F)
            case 0xC0..<0xE0: number &-= UInt16(step & 0x1F)
            case 0xE0..<0xF0: number &+= script.u16()
            default:
                self.drain(&recorder, room: 24 + Int(step & 0x0F) * 80, arrivals)
                continue
            }
            now = now + .microseconds(Int64(script.u8()) << Int64(step & 0x0F))
            recorder.record(number, arrival: now)
            arrivals[number, default: []].insert(now.nanoseconds / 250_000)
        }
        self.drain(&recorder, room: 1_232, arrivals)
        precondition(!recorder.isPending, "everything is told in the end")
    }

    private static func drain(
        _ recorder: inout TransportFeedbackRecorder, room: Int, _ arrivals: [UInt16: Set<Int64>]
    ) {
        while true {
            let bytes = written(room) { out in
                var writer = RTCPWriter()
                return recorder.write(sender: 1, media: 2, &writer, into: &out) ? writer.count : 0
            }
            guard !bytes.isEmpty else { return }
            let span = bytes.rawSpan
            var reader = RTCPReader()
            guard case .transportFeedback(let feedback)? = reader.next(span) else {
                preconditionFailure("we read what we write")
            }
            var told = feedback.arrivals()
            while let arrival = told.next(span) {
                guard let ticks = arrival.ticks else { continue }
                // The reference time wraps at 24 bits of 64 ms; the script can go on for longer.
                let happened = arrivals[arrival.sequence, default: []].contains { ($0 - ticks) & 0xFFFF_FFFF == 0 }
                precondition(happened, "a report tells what was recorded")
            }
        }
    }
}
