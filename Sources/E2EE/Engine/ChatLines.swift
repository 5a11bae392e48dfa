/// Whose the chat messages are that were said here, the last ones: only their author changes one, and whoever may moderate takes
/// it back. What nobody remembers is changed by nobody.
struct ChatLines: Sendable {
    /// A message.
    struct Line: Equatable, Sendable {
        /// Signature key.
        let author: [UInt8]
        /// It was said to some alone, and so is what becomes of it.
        let isDirect: Bool
    }

    private var lines: [[UInt8]: Line] = [:]
    /// By id, the oldest first.
    private var order: [[UInt8]] = []

    /// More than anybody scrolls back.
    static var linesMax: Int { 4_096 }

    /// The message with an id.
    subscript(id: [UInt8]) -> Line? { self.lines[id] }

    /// A message was said. False when another one has its name: no two honest clients draw the same sixteen bytes.
    mutating func note(_ id: [UInt8], _ line: Line) -> Bool {
        if let known = self.lines[id] { return known == line }
        self.lines[id] = line
        self.order.append(id)
        if self.order.count > Self.linesMax { self.lines[self.order.removeFirst()] = nil }
        return true
    }

    /// It was taken back, for good.
    mutating func remove(_ id: [UInt8]) {
        guard self.lines.removeValue(forKey: id) != nil else { return }
        self.order.removeAll { $0 == id }
    }
}
