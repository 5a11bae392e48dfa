package import MediaCore

/// Lip-sync: what publishers' sender reports say becomes what subscribers' say, on our clock (`media.md` 3.3).
extension RoomMedia {
    /// A sender report of a section of `member`.
    package mutating func senderReport(
        of member: MemberHandle, section: UInt16, encoding: UInt8, ntp: UInt64, rtpTime: UInt32, arrival: MediaTime
    ) {
        guard self.holds(member), section < Bounds.sections, encoding == 0 else { return }
        let at = self.members[member.index].clock.time(ofReport: ntp, arrival: arrival)
        guard let row = self.members[member.index].sections[Int(section)] else { return }
        self.publications[row].clock = ClockMapping(rtpTime: rtpTime, at: at)
        let rate: UInt32 = self.publications[row].kind == .audio ? 48_000 : 90_000
        let subscriptions = self.publications[row].subscriptions
        for place in 0..<self.publications[row].count {
            let subscriber = subscriptions[place].member
            if self.follow(rtpTime, at: at, rate: rate, in: Int(subscriptions[place].slot), of: subscriber) {
                self.members[subscriber].streamIsNew = true
                self.notice(subscriber)
            }
        }
    }

    /// Between reports the endpoint runs the clock on by itself; only a drift one could notice is worth telling.
    private func follow(_ rtpTime: UInt32, at: MediaTime, rate: UInt32, in slot: Int, of member: UInt32) -> Bool {
        let slots = self.members[member].slots
        guard slots[slot].rewriter.phase == .flowing else { return false }
        let mapping = ClockMapping(rtpTime: rtpTime &+ slots[slot].rewriter.timestampDelta, at: at)
        if let told = slots[slot].toldClock, mapping.drift(from: told, rate: rate).magnitude < 1_000_000 {
            return false
        }
        slots[slot].clock = mapping
        return true
    }
}
