/// The connection to the delivery service, as far as the engine knows it.
struct Line: Sendable {
    /// What a request was for, so that its answer is understood. An answer to nothing asked is ignored.
    enum Purpose: Equatable, Sendable {
        case descriptors
        case create
        case knock
        /// Shows a host's chain before there is a leaf.
        case showHost
        /// The same for somebody with a personal link, who knocks then.
        case showGuest
        /// Shows the place that we had and lost, to come back with a pass.
        case showFormer
        case groupInfo
        case tree
        /// The log from a snapshot on, for a joiner.
        case joinLog
        /// The log of what we missed.
        case log
        /// Whether we missed anything.
        case probe
        /// Whether the group is where we think it is, before we go on in it.
        case epoch
        /// A Commit of ours, by its number.
        case commit(UInt64)
        /// A Commit by which we join.
        case join(UInt64)
        /// A proposal to add us.
        case joinProposal
        case bind
        case profile
        /// Something said in the group.
        case app
        /// A message of the letter that is being said, by its number.
        case letter(UInt64)
        /// A question how old signs are.
        case challenge
        /// Passes that we gave, by number.
        case passes(UInt64)
        /// What we answered about a service, by number.
        case consent(UInt64)
        /// The secret of the next link, by the epoch in which it was said.
        case inviteUpdate(UInt64)
        case other

        /// Whether it belongs to one try to come in; a new try wants nothing of an old one's answers.
        var isEntry: Bool {
            switch self {
            case .descriptors, .showHost, .showGuest, .showFormer, .groupInfo, .tree, .joinLog: true
            default: false
            }
        }
    }

    var isOpen = false
    /// It holds our leaf: the group's messages come here, and its log may be read.
    var isBound = false
    /// Of this connection, for Bind; nothing before Hello.
    var challenge: [UInt8]?
    /// The server's signature key of this meeting: the only external sender we accept in a group.
    var serverKey: [UInt8] = []
    /// When to show our leaf again, after the server did not take it, or seems not to know it any more.
    var bindAgainAt: UInt64?
    private var next: UInt32 = 1
    private var waiting: [UInt32: (purpose: Purpose, at: UInt64)] = [:]

    /// More open questions than this nobody asks.
    static var waitingMax: Int { 64 }

    init(isOpen: Bool = false) { self.isOpen = isOpen }

    /// An answer that takes longer than this does not come.
    static var patience: UInt64 { 5_000 }
    /// So long after a refusal the leaf is shown again.
    static var bindPause: UInt64 { 1_000 }

    /// Numbers a question.
    mutating func ask(_ purpose: Purpose, now: UInt64) -> UInt32 {
        // What nobody waits for must not push out what somebody does.
        guard purpose != .other else { return self.number() }
        if self.waiting.count >= Self.waitingMax, let oldest = self.waiting.keys.min() { self.waiting[oldest] = nil }
        let request = self.number()
        self.waiting[request] = (purpose, now)
        return request
    }

    private mutating func number() -> UInt32 {
        defer { self.next = self.next == .max ? 1 : self.next + 1 }
        return self.next
    }

    /// What an answer answers; each once.
    mutating func take(_ request: UInt32) -> Purpose? { self.waiting.removeValue(forKey: request)?.purpose }

    /// Answers of the try before do not count any more.
    mutating func forgetEntry() { self.waiting = self.waiting.filter { !$0.value.purpose.isEntry } }

    /// Questions whose answers do not come any more, each once.
    mutating func takeExpired(now: UInt64) -> [Purpose] {
        let expired = self.waiting.filter { now >= $0.value.at + Self.patience }
        for request in expired.keys { self.waiting[request] = nil }
        return expired.sorted { $0.key < $1.key }.map { $0.value.purpose }
    }
}
