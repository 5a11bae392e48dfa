import BeraadTesting
import E2EE
import Testing

/// Meetings over bad lines in which programs crash, and start again with what was kept (`e2ee.md` 14, "CTR never repeats
/// under restore, reload and worker crash").
@Suite("Crashes over bad lines")
struct RestoreStormTests {
    /// One meeting of four, and everybody there ever was in it.
    private final class Storm {
        let meeting: TestMeeting
        let nonces = NonceLog()
        var people: [TestMember] = []
        /// Programs that crashed.
        var dead: [TestMember] = []
        /// What each had kept a second ago: as if the last state had not been written any more.
        private var before: [HeldSecret?] = []
        private var generator: SeededGenerator

        init(seed: UInt64) throws {
            self.generator = SeededGenerator(seed: ~seed)
            self.meeting = try TestMeeting(seed: seed, hasRealKEM: false, nonces: self.nonces)
            self.meeting.keepsState = true
            self.meeting.weather.lost = Int(seed % 4) * 10
            self.meeting.weather.doubled = 20
            self.meeting.weather.late = 100
            self.meeting.weather.latest = 800
            self.meeting.weather.broken = Int(seed % 3) * 4
            self.people = [try self.meeting.enter("Anna", isHost: true)]
            for name in ["Bram", "Chris", "Dewi"] { self.people.append(try self.meeting.enter(name)) }
        }

        /// A second goes by: the host lets in whoever waits, and says yes when asked whether to go on.
        func second() {
            self.before = self.people.map(\.saved)
            self.meeting.run(1_000)
            let host = self.people[0]
            if !host.lobby.isEmpty { self.meeting.tell(host, .admit([])) }
            if host.gateReasons == .unhosted { self.meeting.tell(host, .continueUnhosted) }
        }

        /// Somebody's program crashes, and starts again.
        func crash() throws {
            let index = Int(self.generator.next() % 4), isLate = self.generator.happens(0.3)
            let member = self.people[index]
            guard let saved = member.saved, let older = self.before[index], member.isLive else { return }
            self.meeting.crash(member)
            self.dead.append(member)
            self.meeting.run(self.generator.next() % 3_000)
            self.people[index] = try self.meeting.restore(
                member.name, from: isLate ? older : saved, hasHostLink: index == 0)
        }

        var isWell: Bool {
            let inside = self.people.filter { if case .out = $0.state { false } else { true } }
            return inside.count > 1 && inside.allSatisfy { $0.isLive && $0.roster.count == inside.count }
                && Set(inside.map(\.baseKey)).count == 1
        }

        /// Everybody who ever got a key sent with it from the first counter on.
        func speak() throws {
            for member in self.people + self.dead {
                for epoch in member.mediaEpochs { try TestMember.speak(in: epoch, self.meeting.crypto) }
            }
        }
    }

    /// What a meeting came to, which is nothing when all is well; and how often somebody's program crashed in it.
    private func outcome(seed: UInt64) throws -> (fault: String?, crashes: Int) {
        let storm = try Storm(seed: seed)
        for number in 0..<30 {
            storm.second()
            if number > 5, number.isMultiple(of: 3) { try storm.crash() }
        }
        storm.meeting.weather = TestMeeting.Weather()
        var isWell = false
        for _ in 0..<90 where !isWell {
            storm.second()
            isWell = storm.isWell
        }
        try storm.speak()
        let (repeats, crashes) = (storm.nonces.repeats, storm.dead.count)
        if isWell, repeats == 0 { return (nil, crashes) }
        let fault =
            "\(repeats) repeats, \(crashes) crashes; "
            + storm.people.map {
                "\($0.name): \($0.state), gate \($0.gateReasons?.rawValue ?? 0), epoch \($0.epoch ?? 0), "
                    + "faults \($0.faults), last \($0.states.suffix(5))"
            }.joined(separator: "; ")
        return (fault, crashes)
    }

    @Test(
        "Meetings in which programs crash end with everybody hearing everybody, and no key is used with a counter twice",
        arguments: Array(stride(from: UInt64(0), to: 60, by: 15)))
    func meetings(_ first: UInt64) throws {
        var crashes = 0
        for seed in first..<first + 15 {
            let outcome = try self.outcome(seed: seed)
            crashes += outcome.crashes
            if let fault = outcome.fault { Issue.record("seed \(seed): \(fault)") }
        }
        #expect(crashes >= 30, "a few in most of them")
    }
}
