internal import E2EE
internal import MediaCore

/// How a peer is doing, put together from the group, the session and media.
extension MeetingPeer {
    func makeReport() -> PeerReport {
        var report = self.progress
        report.seconds = (self.clock.now - self.started) / .seconds(1)
        report.isJoined = self.session.phase == .inside && self.line.socket != nil && !self.isOver
        var counters = self.past
        if let snapshot = self.media?.snapshot {
            for (key, more) in snapshot.counters { counters[key, default: PersonCounters()] += more }
            report.packetsSent += snapshot.statistics.mediaSent
            report.retransmitted += snapshot.statistics.retransmitted
            report.unauthenticated += snapshot.statistics.unauthenticated
        }
        if self.member != nil { self.tellMember(&report, counters) }
        if let nobody = counters[[]] {
            report.unattributed = nobody.video
            report.unattributed += nobody.audio
        }
        return report
    }

    private func tellMember(_ report: inout PeerReport, _ counters: [[UInt8]: PersonCounters]) {
        let roster = self.member?.roster ?? []
        report.state = self.member?.state.word ?? report.state
        report.gate = self.member?.gate?.words ?? []
        report.epoch = self.member?.epoch
        report.key = roster.first(where: \.isOwn)?.signatureKey
        report.code = self.member?.code
        report.faults = self.member?.faults ?? [:]
        report.resyncs = self.member?.resyncs ?? 0
        report.waiting = self.member?.waiting ?? []
        report.note = self.member?.note
        report.lines = self.member?.lines ?? []
        let away = Set(self.session.people.values.filter(\.isAway).map(\.leaf))
        let present = Dictionary(roster.map { ($0.signatureKey, $0) }) { first, _ in first }
        report.remotes = (self.member?.names ?? [:]).map { key, name in
            let counted = counters[key] ?? PersonCounters()
            return PeerReport.Remote(
                key: key, name: name, isPresent: present[key] != nil,
                isAway: present[key].map { away.contains($0.leaf) } ?? false, video: counted.video,
                audio: counted.audio)
        }.sorted { ($0.name, $0.video.frames) < ($1.name, $1.video.frames) }
    }
}
