/// What was said in a group, as long as somebody may need it (`e2ee.md` 5, rule 7). In memory only, and bounded whatever
/// happens.
struct GroupLog: Sendable {
    private static let commitsAtMost = 256
    private static let age = Duration.seconds(600)
    private static let bytesAtMost = 16 << 20
    /// Where nobody uploads a snapshot the log since the last one is not kept for ever: beyond this joiners wait for one.
    private static let bytesWithoutSnapshot = 48 << 20
    /// Application messages that are kept, together.
    private static let messageBytesAtMost = 16 << 20
    /// Messages for some only, behind one number: a part of the log has to hold them all.
    private static let directedBytesAtMost = 512 << 10
    /// Of these one sender's: nobody keeps the others from writing to one person.
    private static let directedBytesOfOne = 128 << 10
    /// A part of the log holds about so much, and what stands behind its last number: one Commit of a megabyte, or all
    /// messages for some, fits a frame beside it.
    private static let partBytes = 256 << 10
    /// A line's number and length, at most.
    private static let lineBytes = 16

    /// What a message of the order is.
    enum Kind: Sendable {
        case commit, proposal
    }

    private struct Entry: Sendable {
        let seq: UInt64
        let kind: Kind
        let at: ContinuousClock.Instant
        let message: [UInt8]
    }

    private struct Message: Sendable {
        let seq: UInt64
        let recipients: [LeafIndex]
        let message: [UInt8]
        /// Counted with its recipients, so that short messages for many are not free.
        var byteCount: Int { self.message.count + 4 * self.recipients.count + 64 }
    }

    private var order: [Entry] = []
    private var messages: [Message] = []
    private var commits = 0
    private var orderBytes = 0
    private var messageBytes = 0
    private var directedBytes: [LeafIndex: Int] = [:]
    private var directedSeq: UInt64 = 0
    /// The highest number of the order that is no longer here.
    private(set) var trimmedThrough: UInt64 = 0

    /// Everything it holds, in bytes.
    var byteCount: Int { self.orderBytes + self.messageBytes }

    mutating func append(
        _ kind: Kind, _ message: [UInt8], seq: UInt64, snapshot: UInt64, now: ContinuousClock.Instant
    ) {
        self.order.append(Entry(seq: seq, kind: kind, at: now, message: message))
        self.orderBytes += message.count
        if kind == .commit { self.commits += 1 }
        self.trim(snapshot: snapshot, now: now)
    }

    /// Keeps an application message that everybody gets, which has a number of its own.
    mutating func append(message: [UInt8], seq: UInt64) {
        self.keep(Message(seq: seq, recipients: [], message: message))
    }

    /// Keeps one for some only, behind the number of the message before it. False when there is no room behind that number.
    mutating func append(message: [UInt8], for recipients: [LeafIndex], by sender: LeafIndex, seq: UInt64) -> Bool {
        let entry = Message(seq: seq, recipients: recipients, message: message)
        if self.directedSeq != seq { (self.directedSeq, self.directedBytes) = (seq, [:]) }
        let own = self.directedBytes[sender, default: 0] + entry.byteCount
        let all = self.directedBytes.values.reduce(entry.byteCount, +)
        guard own <= Self.directedBytesOfOne, all <= Self.directedBytesAtMost else { return false }
        self.directedBytes[sender] = own
        self.keep(entry)
        return true
    }

    private mutating func keep(_ entry: Message) {
        self.messages.append(entry)
        self.messageBytes += entry.byteCount
        var count = 0
        while self.messageBytes > Self.messageBytesAtMost, count < self.messages.count {
            self.messageBytes -= self.messages[count].byteCount
            count += 1
        }
        self.messages.removeFirst(count)
    }

    /// Drops what is too much or too old, but not what came after the snapshot.
    mutating func trim(snapshot: UInt64, now: ContinuousClock.Instant) {
        var count = 0
        while count < self.order.count, self.isTooMuch(self.order[count], snapshot: snapshot, now: now) {
            let entry = self.order[count]
            self.orderBytes -= entry.message.count
            if entry.kind == .commit { self.commits -= 1 }
            self.trimmedThrough = entry.seq
            count += 1
        }
        self.order.removeFirst(count)
    }

    private func isTooMuch(_ oldest: Entry, snapshot: UInt64, now: ContinuousClock.Instant) -> Bool {
        guard oldest.seq <= snapshot else { return self.orderBytes > Self.bytesWithoutSnapshot }
        return self.commits > Self.commitsAtMost || self.orderBytes > Self.bytesAtMost || oldest.at + Self.age <= now
    }

    /// Takes back everything from a number on.
    mutating func void(from seq: UInt64) {
        for entry in self.order where entry.seq >= seq {
            self.orderBytes -= entry.message.count
            if entry.kind == .commit { self.commits -= 1 }
        }
        for message in self.messages where message.seq >= seq { self.messageBytes -= message.byteCount }
        self.order.removeAll { $0.seq >= seq }
        self.messages.removeAll { $0.seq >= seq }
    }

    /// Commits and bytes behind a number: when there are many, somebody uploads a snapshot.
    func load(behind seq: UInt64) -> (commits: Int, bytes: Int) {
        self.order.reversed().prefix { $0.seq > seq }.reduce(into: (0, 0)) { load, entry in
            load.0 += entry.kind == .commit ? 1 : 0
            load.1 += entry.message.count
        }
    }

    /// The messages from a number on that a reader may see, in order, and the number to go on with; nil when some are no
    /// longer here. A joiner sees the order only, a member also what was said since it came in.
    func part(from: UInt64, last: UInt64, member: (leaf: LeafIndex, since: UInt64)?) -> (
        next: UInt64, lines: [LogLine]
    )? {
        guard from > self.trimmedThrough else { return nil }
        var lines: [LogLine] = []
        var bytes = 0
        var order = self.order.drop { $0.seq < from }
        // What is for some only stands behind a number that the reader may have had already.
        var messages = self.messages.filter { message in
            guard let member, message.seq >= member.since else { return false }
            return message.recipients.isEmpty
                ? message.seq >= from : message.seq + 1 >= from && message.recipients.contains(member.leaf)
        }[...]
        while true {
            let entry = order.first
            let message = messages.first
            let takesOrder = entry.map { entry in message.map { entry.seq <= $0.seq } ?? true } ?? false
            guard let seq = takesOrder ? entry?.seq : message?.seq,
                let content = takesOrder ? entry?.message : message?.message
            else { return (last + 1, lines) }
            // A part ends between two numbers, or a reader could not go on where it ended.
            if bytes > Self.partBytes, let previous = lines.last?.seq, previous < seq { return (seq, lines) }
            lines.append(LogLine(seq: seq, message: content))
            bytes += content.count + Self.lineBytes
            if takesOrder { order.removeFirst() } else { messages.removeFirst() }
        }
    }
}
