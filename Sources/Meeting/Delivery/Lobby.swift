/// Who waits at the door. Names and notes are sealed; what is known here is whose Welcome is whose, and how far the
/// conversation has come.
struct Lobby: Sendable {
    static let knocksAtMost = 512
    /// Together: all of them at once are a small part of what may wait for a host's line.
    static let bytesAtMost = 1 << 20

    /// How far a knock has come (`e2ee.md` 9: commit, answer, reveal).
    enum Stage {
        case knocked, answered, revealed
    }

    struct Knock: Sendable {
        let request: LobbyRequest
        let hash: RequestHash
        let reference: KeyPackageReference
        let number: UInt64
        var stage = Stage.knocked
        /// What was answered, for those who answer the door later: one answer counts.
        var answer: LobbyAnswer?
        /// What whoever knocked opened then.
        var reveal: LobbyReveal?

        var byteCount: Int { self.request.bytes.count + (self.answer?.bytes.count ?? 0) }
    }

    private(set) var knocks: [ConnectionID: Knock] = [:]
    private(set) var byteCount = 0
    private var connections: [RequestHash: ConnectionID] = [:]
    private var count: UInt64 = 0

    /// Whether there is a place for a knock of a connection: its last one goes, and so does the same of another.
    func hasPlace(for request: LobbyRequest, _ hash: RequestHash, of connection: ConnectionID) -> Bool {
        let goers = Set([connection, self.connections[hash]].compactMap(\.self)).compactMap { self.knocks[$0] }
        let kept = self.knock(hash)?.answer?.bytes.count ?? 0
        let bytes = goers.reduce(self.byteCount + request.bytes.count + kept) { $0 - $1.byteCount }
        return self.knocks.count - goers.count < Self.knocksAtMost && bytes <= Self.bytesAtMost
    }

    /// A connection knocks; what it said before is forgotten. The same knock once more goes on where it was, also on
    /// another connection: whoever knows its bytes is who knocked, and the line of before is broken.
    mutating func knock(_ request: LobbyRequest, by connection: ConnectionID) -> Knock {
        let hash = RequestHash(of: request.bytes)
        let same = self.knock(hash)
        if let before = self.connections[hash] { self.forget(before) }
        self.forget(connection)
        self.count += 1
        let knock = Knock(
            request: request, hash: hash, reference: KeyPackageReference(of: request.keyPackage), number: self.count,
            stage: same?.stage ?? .knocked, answer: same?.answer, reveal: same?.reveal)
        self.knocks[connection] = knock
        self.connections[hash] = connection
        self.byteCount += knock.byteCount
        return knock
    }

    mutating func forget(_ connection: ConnectionID) {
        guard let knock = self.knocks.removeValue(forKey: connection) else { return }
        self.connections[knock.hash] = nil
        self.byteCount -= knock.byteCount
    }

    /// Somebody has answered: the commitment may be opened.
    mutating func answered(_ answer: LobbyAnswer) {
        guard let connection = self.connections[answer.request], self.knocks[connection]?.stage == .knocked else {
            return
        }
        self.knocks[connection]?.stage = .answered
        self.knocks[connection]?.answer = answer
        self.byteCount += answer.bytes.count
    }

    /// Opens the commitment of a knock: once, by whoever knocked, and not before somebody answered. False when it may not.
    mutating func reveal(_ reveal: LobbyReveal, by connection: ConnectionID) -> Bool {
        guard self.connections[reveal.request] == connection, self.knocks[connection]?.stage == .answered else {
            return false
        }
        self.knocks[connection]?.stage = .revealed
        self.knocks[connection]?.reveal = reveal
        return true
    }

    func connection(of hash: RequestHash) -> ConnectionID? { self.connections[hash] }

    func knock(_ hash: RequestHash) -> Knock? { self.connections[hash].flatMap { self.knocks[$0] } }

    /// Everybody who knocked after a number, the first first.
    func waiting(after number: UInt64) -> [Knock] {
        guard self.count > number else { return [] }
        return self.knocks.values.filter { $0.number > number }.sorted { $0.number < $1.number }
    }
}
