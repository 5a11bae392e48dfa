/// Many participants in one process, who come and go by a plan: what a server, and the keys of a meeting, bear.
actor Crowd {
    private let plan: CrowdPlan
    private let makePeer: @Sendable (Int) throws -> MeetingPeer
    private let clock = ContinuousClock()
    private let started: ContinuousClock.Instant
    private var inside: [Int: MeetingPeer] = [:]
    /// Of those who are gone, and who came at all.
    private var past = CrowdReport()

    /// Nobody waits longer than this for their turn.
    private static let turn = Duration.milliseconds(20)
    /// Why somebody counts as lost who went without ever having been in.
    private static let neverIn = "never in"
    /// How long a crowd may take to agree once nobody comes or goes.
    private static let patience = Duration.seconds(20)

    /// A crowd in which nobody has come; `makePeer` makes a person from their number.
    init(_ plan: CrowdPlan, makePeer: @escaping @Sendable (Int) throws -> MeetingPeer) {
        self.plan = plan
        self.makePeer = makePeer
        self.started = self.clock.now
    }

    /// Lets people come and go for a while, then waits until all agree, and sends everybody home. `tell` hears how it is,
    /// every second; the answer is how it was in the end.
    func run(
        for duration: Duration?, tell: (CrowdReport) -> Void, isOver: () -> Bool
    ) async throws -> CrowdReport {
        try await self.comeAndGo(for: duration, tell: tell, isOver: isOver)
        let deadline = self.clock.now + Self.patience
        var report = await self.report()
        while !report.agrees, self.clock.now < deadline {
            // A cancelled sleep only makes the next look come sooner.
            try? await Task.sleep(for: .milliseconds(200))
            report = await self.report()
        }
        await withDiscardingTaskGroup { group in
            for peer in self.inside.values { group.addTask { await peer.leave() } }
        }
        return report
    }

    private func comeAndGo(
        for duration: Duration?, tell: (CrowdReport) -> Void, isOver: () -> Bool
    ) async throws {
        var plan = self.plan
        var nextLine = Duration.seconds(1)
        try await withThrowingDiscardingTaskGroup { group in
            while !isOver() {
                let elapsed = self.clock.now - self.started
                if let duration, elapsed >= duration { break }
                for move in plan.moves(until: elapsed) {
                    switch move {
                    case .arrive(let number): try await self.arrive(number)
                    case .leave(let number): group.addTask { await self.leave(number) }
                    }
                }
                if elapsed >= nextLine {
                    nextLine += .seconds(1)
                    tell(await self.report())
                }
                // A cancelled sleep only makes the next turn come sooner.
                try? await Task.sleep(for: Self.turn)
            }
        }
    }

    private func arrive(_ number: Int) async throws {
        let peer = try self.makePeer(number)
        self.past.arrived += 1
        self.inside[number] = peer
        await peer.start()
    }

    private func leave(_ number: Int) async {
        // Somebody who fell out is gone already.
        guard let peer = self.inside[number] else { return }
        let isHere = await !peer.hasEnded
        guard isHere, self.inside[number] != nil else { return }
        self.inside[number] = nil
        let wasIn = await peer.report().connectMilliseconds != nil
        await peer.leave()
        self.past.left += 1
        if !wasIn { self.past.lost[Self.neverIn, default: 0] += 1 }
        self.past.count(await peer.report())
    }

    /// How everybody is doing.
    private func report() async -> CrowdReport {
        var reports: [PeerReport] = []
        for (number, peer) in self.inside {
            let isGone = await peer.hasEnded
            let report = await peer.report()
            guard self.inside[number] != nil else { continue }
            guard isGone else {
                reports.append(report)
                continue
            }
            self.inside[number] = nil
            self.past.lost[await peer.ended.map { "\($0)" } ?? "over", default: 0] += 1
            self.past.count(report)
        }
        var report = self.past
        report.seconds = (self.clock.now - self.started) / .seconds(1)
        for peer in reports { report.count(peer) }
        report.stand(reports)
        return report
    }
}
