/// How much waits to be written to one WebSocket, how much may, and for how long. It has no clock and no socket.
package struct Backlog: Sendable {
    /// What is counted together.
    package enum Kind: Sendable {
        /// Words of JSON, and what WebSockets say to each other.
        case words
        /// Frames of the group.
        case frame
    }

    /// Several whole snapshots, or minutes of an ordinary meeting.
    package static let wordsAtMost = 262_144
    private static let itemsAtMost = 2_048
    /// Who reads more slowly than this is no reader: a phone on a bad line has twice as much.
    package static let bytesPerSecond = 32_768

    private var bytes = 0
    private var frameBytes = 0
    private var sizes: [Int] = []
    /// The first that waits stands in `sizes` here; those before it were written.
    private var first = 0
    /// Since when the first one waits.
    private var since: ContinuousClock.Instant?
    /// The system took it, and has not necessarily sent it.
    private var taken = 0

    /// Nothing waits.
    package init() {}

    /// One more waits; false when it is too much.
    package mutating func put(
        _ byteCount: Int, _ kind: Kind, framesAtMost: Int, now: ContinuousClock.Instant
    ) -> Bool {
        if self.count == 0 { self.since = now }
        self.sizes.append(byteCount)
        self.add(byteCount, kind)
        return self.bytes <= Self.wordsAtMost && self.frameBytes <= framesAtMost && self.count <= Self.itemsAtMost
    }

    /// The first one was written.
    package mutating func written(_ byteCount: Int, _ kind: Kind, now: ContinuousClock.Instant) {
        guard self.count > 0 else { return }
        self.add(-byteCount, kind)
        self.taken = byteCount
        self.first += 1
        self.since = self.count > 0 ? now : nil
        guard self.first >= 64 else { return }
        self.sizes.removeFirst(self.first)
        self.first = 0
    }

    /// Whether the first one waits longer than the slowest reader needs for it and for what was written before it.
    package func isOverdue(_ patience: Duration, now: ContinuousClock.Instant) -> Bool {
        guard let since = self.since else { return false }
        let seconds = Double(self.sizes[self.first] + self.taken) / Double(Self.bytesPerSecond)
        return since + patience + .seconds(seconds) <= now
    }

    private var count: Int { self.sizes.count - self.first }

    private mutating func add(_ byteCount: Int, _ kind: Kind) {
        switch kind {
        case .words: self.bytes += byteCount
        case .frame: self.frameBytes += byteCount
        }
    }
}
