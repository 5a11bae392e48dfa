/// When each of the others who lead gave a sign last, as far as that is known (`docs/decisions/0010`). One host's word keeps the gate
/// open, so nobody notices by that whether another one is kept from us, or we from them: people are told who is silent.
struct HostSigns: Sendable {
    /// By key, of those who are in now; by our clock.
    private var moments: [[UInt8]: UInt64] = [:]

    /// Milliseconds without a sign after which somebody is silent: so long the gate waits for the last of them.
    static var silentAfter: UInt64 { ProofClock.closedAfter }

    /// Who leads now. Whoever is new among them has so long as well.
    mutating func follow(_ keys: [[UInt8]], now: UInt64) {
        for known in self.moments.keys where !keys.contains(known) { self.moments[known] = nil }
        for key in keys where self.moments[key] == nil { self.moments[key] = now }
    }

    /// A sign was given, or came where nobody measured when it was given. Of whoever leads nothing it is none.
    mutating func note(_ key: [UInt8], at moment: UInt64) {
        guard let before = self.moments[key] else { return }
        self.moments[key] = max(before, moment)
    }

    /// Our clock stood still for so long: all that was seen is so much older.
    mutating func age(by milliseconds: UInt64) {
        for (key, moment) in self.moments { self.moments[key] = moment - min(moment, milliseconds) }
    }

    /// Whether somebody leads and was not heard for long.
    func isSilent(_ key: [UInt8], now: UInt64) -> Bool {
        guard let moment = self.moments[key] else { return false }
        return now >= moment && now - moment >= Self.silentAfter
    }
}
