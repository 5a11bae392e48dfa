/// What a host asked for to keep somebody out, or from leading, until it came true. A server can swallow the Commit, or call it late for ever;
/// then the host has to know that whoever is shown to be there still has the keys (`e2ee.md` 14, withhold-commit and
/// starve-eject). It is tried on all the same.
struct Wishes: Sendable {
    private struct Wish: Sendable {
        let intent: Intent
        let command: EngineCommand
        let until: UInt64
    }

    private var open: [Wish] = []

    /// Milliseconds: as long as anybody goes on without a sign of the host.
    static var patience: UInt64 { 20_000 }

    /// Somebody wants something, and it matters when.
    mutating func make(_ intent: Intent, _ command: EngineCommand, now: UInt64) {
        switch intent {
        case .remove, .policy(.lock(true)), .policy(.noCohost), .policy(.ticket): break
        default: return
        }
        guard !self.open.contains(where: { $0.intent == intent }) else { return }
        self.open.append(Wish(intent: intent, command: command, until: now + Self.patience))
    }

    /// It came true, means nothing any more, or was refused.
    mutating func settle(_ intent: Intent) { self.open.removeAll { $0.intent == intent } }

    /// What did not come true for too long, each once.
    mutating func takeOverdue(now: UInt64) -> [EngineCommand] {
        let overdue = self.open.filter { now >= $0.until }
        self.open.removeAll { now >= $0.until }
        return overdue.map { $0.command }
    }
}
