internal import Signalling

/// One sealed file that lies on the server: how much of it is there, whose it is, and which tokens open it. No name, no
/// key.
struct SharedFile: Sendable {
    /// What a token lets its holder do.
    enum Use: Equatable, Sendable {
        case bring, fetch
    }

    /// A token, and who has it: it is worth something only as long as its holder has a seat.
    struct Grant: Sendable {
        let token: BlobToken
        let holder: LeafKey
        let use: Use
    }

    /// How often a file may be opened anew before the oldest token dies: each receiver needs one, and another after a
    /// cut.
    static let grantsAtMost = 256
    /// A file of which nothing came for so long does not come any more; nor one that is not whole after so long.
    static let patience = Duration.seconds(600), longest = Duration.seconds(21_600)

    /// Who brought it: the key of their leaf, and the ticket or device by which they are known on another one.
    let owner: LeafKey
    let person: LeafKey?
    /// Bytes of the sealed object.
    let size: Int
    /// Bytes that are there.
    private(set) var written = 0
    private let began: ContinuousClock.Instant
    /// When something of it came last.
    private var touched: ContinuousClock.Instant
    /// A part is being written now.
    private var isWriting = false
    private var grants: [Grant]

    init(size: Int, of seat: Seat, _ token: BlobToken, now: ContinuousClock.Instant) {
        self.owner = seat.key
        self.person = seat.person
        self.size = size
        self.began = now
        self.touched = now
        self.grants = [Grant(token: token, holder: seat.key, use: .bring)]
    }

    var isComplete: Bool { self.written == self.size }

    var standing: BlobStanding { BlobStanding(offset: self.written, size: self.size) }

    /// When it is given up, unless more of it comes; nil once it is whole.
    var deadline: ContinuousClock.Instant? {
        self.isComplete ? nil : min(self.touched + Self.patience, self.began + Self.longest)
    }

    func isOf(_ seat: Seat) -> Bool {
        self.owner == seat.key || (self.person != nil && self.person == seat.person)
    }

    /// Who holds a token, for one use or whichever; every one is compared, so that the time does not tell which came
    /// close.
    func holder(of token: BlobToken, _ use: Use? = nil) -> LeafKey? {
        self.grants.filter { $0.token.matches(token) && (use == nil || $0.use == use) }.first?.holder
    }

    mutating func grant(_ token: BlobToken, to holder: LeafKey) {
        self.grants.append(Grant(token: token, holder: holder, use: .fetch))
        guard self.grants.count > Self.grantsAtMost else { return }
        // That of whoever brings it stays, as long as they do.
        if let oldest = self.grants.firstIndex(where: { $0.use == .fetch }) { self.grants.remove(at: oldest) }
    }

    /// Whoever has no seat any more holds nothing.
    mutating func forget(_ holder: LeafKey) { self.grants.removeAll { $0.holder == holder } }

    /// Whether a part may be written now: one at a time, in order, and not past the end.
    mutating func begin(at offset: Int, _ count: Int) -> Bool {
        guard !self.isWriting, offset == self.written, count > 0, count <= self.size - self.written else {
            return false
        }
        self.isWriting = true
        return true
    }

    /// So many bytes of it are there; none when it failed, and then nothing came.
    mutating func end(_ count: Int, now: ContinuousClock.Instant) {
        self.isWriting = false
        self.written += count
        if count > 0 { self.touched = now }
    }
}
