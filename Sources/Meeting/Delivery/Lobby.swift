/// Who waits at the door. Names and notes are sealed; what is known here is whose Welcome is whose.
struct Lobby: Sendable {
    static let knocksAtMost = 512

    struct Knock: Sendable {
        let request: LobbyRequest
        let hash: RequestHash
        let reference: KeyPackageReference
        let number: UInt64
    }

    private(set) var knocks: [ConnectionID: Knock] = [:]
    private var connections: [RequestHash: ConnectionID] = [:]
    private var count: UInt64 = 0

    /// A connection knocks; what it said before is forgotten. Nil when somebody else waits with the same words.
    mutating func knock(_ request: LobbyRequest, by connection: ConnectionID) -> Knock? {
        let hash = RequestHash(of: request.bytes)
        guard self.connections[hash] == nil || self.connections[hash] == connection else { return nil }
        self.forget(connection)
        self.count += 1
        let knock = Knock(
            request: request, hash: hash, reference: KeyPackageReference(of: request.keyPackage), number: self.count)
        self.knocks[connection] = knock
        self.connections[hash] = connection
        return knock
    }

    mutating func forget(_ connection: ConnectionID) {
        guard let knock = self.knocks.removeValue(forKey: connection) else { return }
        self.connections[knock.hash] = nil
    }

    func connection(of hash: RequestHash) -> ConnectionID? { self.connections[hash] }

    /// Everybody who waits, the first first.
    var waiting: [Knock] { self.knocks.values.sorted { $0.number < $1.number } }
}
