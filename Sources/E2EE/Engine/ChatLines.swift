/// Whose the chat messages are that were said here, the last ones: only their author changes one, and whoever may moderate takes
/// it back. What nobody remembers is changed by nobody. An id names a message of its author's and of nobody else's, so nobody
/// takes another's place by it; what was taken back keeps its id.
struct ChatLines: Sendable {
    /// A message.
    struct Line: Sendable {
        /// Signature key.
        let author: [UInt8]
        /// It was said to some alone, and so is what becomes of it.
        let isDirect: Bool
        /// It was taken back, for good.
        fileprivate(set) var isGone = false
    }

    /// By id; nearly always one.
    private var lines: [[UInt8]: [Line]] = [:]
    /// The oldest first.
    private var order: [(id: [UInt8], author: [UInt8])] = []

    /// More than anybody scrolls back.
    static var linesMax: Int { 4_096 }

    /// An author's message that was not taken back.
    func line(_ id: [UInt8], by author: [UInt8]) -> Line? {
        self.lines[id]?.first { $0.author == author && !$0.isGone }
    }

    /// Whether an id names something that everybody read, by whomever, and that was not taken back.
    func isOpen(_ id: [UInt8]) -> Bool { self.lines[id]?.contains { !$0.isDirect && !$0.isGone } ?? false }

    /// A message was said. False when its author has said one under this id before.
    mutating func note(_ id: [UInt8], by author: [UInt8], isDirect: Bool) -> Bool {
        var same = self.lines[id] ?? []
        guard !same.contains(where: { $0.author == author }) else { return false }
        same.append(Line(author: author, isDirect: isDirect))
        self.lines[id] = same
        self.order.append((id, author))
        if self.order.count > Self.linesMax { self.forgetOldest() }
        return true
    }

    private mutating func forgetOldest() {
        let (id, author) = self.order.removeFirst()
        let rest = (self.lines[id] ?? []).filter { $0.author != author }
        self.lines[id] = rest.isEmpty ? nil : rest
    }

    /// Somebody took back what is theirs under an id, and whoever moderates all that everybody read under it.
    mutating func takeBack(_ id: [UInt8], by author: [UInt8], isModerator: Bool) {
        guard var same = self.lines[id] else { return }
        for index in same.indices where same[index].author == author || (isModerator && !same[index].isDirect) {
            same[index].isGone = true
        }
        self.lines[id] = same
    }
}
