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
    /// By which messages of the first letter are known again in the order, by number: those that may have been taken.
    private var marks: [UInt64: [UInt8]] = [:]
    /// Letters that were given up while nobody knew what became of them, the newest last.
    private var doubtful: [(letter: Letter, marks: [[UInt8]])] = []
    private var againAt: UInt64 = 0
    private var count: UInt64 = 0

    /// Milliseconds: as long as anybody goes on without a sign of the host.
    static var patience: UInt64 { 20_000 }
    /// An answer that takes longer does not come.
    private static var answerPatience: UInt64 { Line.patience + 1_000 }
    /// More letters than this nobody writes while one is on its way.
    static var lettersMax: Int { 64 }
    /// More than these nobody finds again.
    private static var doubtfulMax: Int { 16 }
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

    /// It has not: again, after a pause.
    mutating func refused(_ number: UInt64, pause: UInt64, now: UInt64) {
        self.marks[number] = nil
        self.failed(number, pause: pause, now: now)
    }

    /// Nobody knows: again, after a pause.
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

    /// Whether the order may hold something of ours of which no answer came.
    var isInDoubt: Bool { !self.marks.isEmpty || !self.doubtful.isEmpty }

    /// What a sealed message is known by: its end, which is of a cipher, so that nobody else's is the same.
    static func mark(_ message: [UInt8]) -> [UInt8] { Array(message.suffix(32)) }

    /// A message to everybody is sealed; it comes back in the order.
    mutating func sealed(_ number: UInt64, as mark: [UInt8]) {
        if self.flying[number]?.key.isEmpty == true { self.marks[number] = mark }
    }

    /// A message with this mark stands in the order, whether its answer came or not. A letter that was given up is done then.
    mutating func saw(_ mark: [UInt8]) -> Letter? {
        if !self.letters.isEmpty, self.marks.contains(where: { $0.value == mark }) {
            self.marks = [:]
            self.flying = [:]
            self.letters[0].left = []
            self.letters[0].taken = [[]]
            return nil
        }
        guard let index = self.doubtful.firstIndex(where: { $0.marks.contains(mark) }) else { return nil }
        var letter = self.doubtful.remove(at: index).letter
        letter.taken = [[]]
        return letter
    }

    /// The next letter that is given up, whatever became of it, once: there is nobody any more whom it was for.
    mutating func abandon() -> Letter? {
        self.flying = [:]
        self.marks = [:]
        self.doubtful = []
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
        if first.taken.isEmpty, first.command != nil, !self.marks.isEmpty {
            self.doubtful.append((first, Array(self.marks.values)))
            if self.doubtful.count > Self.doubtfulMax { self.doubtful.removeFirst() }
        }
        self.flying = [:]
        self.marks = [:]
        self.againAt = 0
        return self.letters.removeFirst()
    }
}
