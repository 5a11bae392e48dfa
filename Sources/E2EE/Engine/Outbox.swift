/// What waits to be said until the service has taken it: one letter after the other, so that people read them in the order in
/// which they were written. The group may be in another epoch when it gets there; then it is sealed anew, under the same id, by
/// which nobody hears it twice. It has no clock and seals nothing.
struct Outbox: Sendable {
    /// Whom it is for.
    enum Audience: Equatable, Sendable {
        case everybody
        /// People who have just come, by signature key: one message to all of them.
        case newcomers([[UInt8]])
        /// These alone, by signature key: a sealed message for each.
        case alone([[UInt8]])
    }

    /// Something to say.
    struct Letter: Sendable {
        let message: AppMessage
        let audience: Audience
        /// The person's wish that it is; nothing for what the engine says by itself.
        let command: EngineCommand?
        let until: UInt64
        /// To whom it has yet to be said; one empty key stands for all of its audience.
        fileprivate(set) var left: [[UInt8]]
        /// To whom it was said.
        fileprivate(set) var taken: [[UInt8]] = []
    }

    /// A message of a letter.
    struct Part: Sendable {
        /// By which the service's answer belongs to it.
        let number: UInt64
        /// To whom alone; empty for the whole audience.
        let key: [UInt8]
    }

    private var letters: [Letter] = []
    /// Messages of the first letter that no answer came to.
    private var flying: [UInt64: (key: [UInt8], until: UInt64)] = [:]
    private var againAt: UInt64 = 0
    private var count: UInt64 = 0

    /// Milliseconds: as long as anybody goes on without a sign of the host.
    static var patience: UInt64 { 20_000 }
    /// An answer that takes longer does not come.
    private static var answerPatience: UInt64 { Line.patience + 1_000 }
    /// More letters than this nobody writes while one is on its way.
    static var lettersMax: Int { 64 }
    /// So many messages at once, and a pause after them, leave room in the service's measure for what else is said.
    private static var partsAtOnce: Int { 8 }
    private static var pause: UInt64 { 500 }

    /// What is being said.
    var first: Letter? { self.letters.first }

    /// Takes a letter. False when there are too many.
    mutating func add(
        _ message: AppMessage, _ audience: Audience, _ command: EngineCommand? = nil, now: UInt64
    ) -> Bool {
        guard self.letters.count < Self.lettersMax else { return false }
        let left: [[UInt8]] = if case .alone(let keys) = audience { keys } else { [[]] }
        self.letters.append(
            Letter(
                message: message, audience: audience, command: command, until: now + Self.patience, left: left))
        return true
    }

    /// The next message to be made; nothing while it is not time, or answers are awaited.
    mutating func take(now: UInt64) -> Part? {
        guard now >= self.againAt, self.flying.count < Self.partsAtOnce, !self.letters.isEmpty,
            !self.letters[0].left.isEmpty
        else { return nil }
        self.count += 1
        let part = Part(number: self.count, key: self.letters[0].left.removeFirst())
        self.flying[part.number] = (part.key, now + Self.answerPatience)
        if self.flying.count == Self.partsAtOnce { self.againAt = now + Self.pause }
        return part
    }

    /// The service has taken it.
    mutating func arrived(_ number: UInt64) {
        guard let part = self.flying.removeValue(forKey: number), !self.letters.isEmpty else { return }
        self.letters[0].taken.append(part.key)
    }

    /// It has not, or nobody knows: again, after a pause.
    mutating func failed(_ number: UInt64, pause: UInt64, now: UInt64) {
        guard let part = self.flying.removeValue(forKey: number), !self.letters.isEmpty else { return }
        self.letters[0].left.append(part.key)
        self.againAt = now + pause
    }

    /// Nobody is there any more to whom it could be said, or it may not be said to them.
    mutating func skip(_ number: UInt64) { self.flying[number] = nil }

    /// No answer comes any more.
    mutating func failed(now: UInt64) {
        for number in self.flying.keys.sorted() { self.failed(number, pause: 0, now: now) }
    }

    /// The next letter that is given up, whatever became of it, once: there is nobody any more whom it was for.
    mutating func abandon() -> Letter? {
        self.flying = [:]
        self.againAt = 0
        return self.letters.isEmpty ? nil : self.letters.removeFirst()
    }

    /// The letter that is done, or given up, once.
    mutating func settled(now: UInt64) -> Letter? {
        for (number, part) in self.flying.sorted(by: { $0.key < $1.key }) where now >= part.until {
            self.failed(number, pause: 0, now: now)
        }
        guard let first = self.letters.first,
            now >= first.until || (first.left.isEmpty && self.flying.isEmpty)
        else { return nil }
        self.flying = [:]
        self.againAt = 0
        return self.letters.removeFirst()
    }
}
