package import BeraadTesting
internal import E2EE

/// A running meeting of a host and two guests, one of whom waits, to which a fuzzer says things: as the server to any of
/// them, and as any of them to the server. Everything in it follows from one seed, so that what it says can be what was said
/// before, with a change in it.
package enum MeetingScript {
    private static let seed: UInt64 = 90

    /// The meeting before anything is said, and its people: host, guest, somebody who waits.
    package static func meeting(_ prepare: (TestMeeting) -> Void = { _ in }) -> (TestMeeting, [TestMember])? {
        guard let meeting = try? TestMeeting(seed: self.seed, hasRealKEM: false) else { return nil }
        prepare(meeting)
        guard let host = try? meeting.enter("Anna", isHost: true), meeting.run(until: { host.isLive }),
            let guest = try? meeting.enter("Bram"), meeting.run(until: { host.lobby.count == 1 })
        else { return nil }
        meeting.tell(host, .admit([]))
        guard meeting.run(until: { guest.isLive && host.isLive }), let waiting = try? meeting.enter("Chris"),
            meeting.run(until: { host.lobby.count == 1 })
        else { return nil }
        return (meeting, [host, guest, waiting])
    }

    /// Steps: who and what[1], then length[2] and a frame, or a time.
    static func run(_ bytes: [UInt8]) {
        guard let (meeting, people) = self.meeting() else { preconditionFailure("the meeting itself works") }
        var script = Script(bytes)
        for _ in 0..<16 where !script.isAtEnd {
            let step = script.u8()
            let person = people[Int(step >> 2) % people.count]
            switch step % 4 {
            case 0, 1: meeting.hear(script.datagram(), as: person)
            case 2: meeting.say(script.datagram(), as: person)
            default: meeting.run(UInt64(script.u8()) * 100)
            }
        }
        meeting.run(3_000)
        for person in people where person.isLive { precondition(person.baseKey != nil, "who may send has a key") }
    }
}
