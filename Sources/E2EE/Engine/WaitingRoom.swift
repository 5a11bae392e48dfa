/// Everybody who waits, as a host's client knows them (`e2ee.md` 9).
struct WaitingRoom: Sendable {
    /// Somebody who waits.
    struct Guest: Sendable {
        let request: LobbyRequest
        let knock: LobbyKnock
        /// By which they and we have the same words; nothing where they have somebody else's.
        var answer: LobbyAnswer?
        /// The id of the link by which they knocked.
        let inviteID: [UInt8]
        var entry: LobbyEntry
        /// The id of the link of which we told them.
        var noted: [UInt8]?
        /// They come in although no person said so.
        var isUnasked = false
    }

    private var guests: [[UInt8]: Guest] = [:]
    /// In the order they came.
    private var hashes: [[UInt8]] = []
    /// References of key packages that were used: none is used twice, whoever knocks with it again.
    private var used: Set<[UInt8]> = []

    /// More people than this no host looks at.
    static var guestsMax: Int { 512 }

    /// For showing, the first first.
    var entries: [LobbyEntry] { self.hashes.compactMap { self.guests[$0]?.entry } }

    /// Everybody's hashes.
    var all: [[UInt8]] { self.hashes }

    /// Hashes of those who are people.
    var people: [[UInt8]] { self.hashes.filter { self.guests[$0]?.entry.service == nil } }

    subscript(hash: [UInt8]) -> Guest? { self.guests[hash] }

    /// Somebody came. False when they are known already, or nobody has room for them.
    mutating func add(_ guest: Guest) -> Bool {
        let hash = guest.entry.requestHash
        guard self.guests[hash] == nil, self.hashes.count < Self.guestsMax,
            !self.used.contains(guest.request.keyPackage)
        else { return false }
        // Who knocks again, with the same key, means the newer knock.
        let key = guest.knock.keyPackage.leafNode.signatureKey
        self.remove(
            self.hashes.filter { self.guests[$0]?.knock.keyPackage.leafNode.signatureKey == key }, isUsed: false)
        self.guests[hash] = guest
        self.hashes.append(hash)
        return true
    }

    /// Somebody's words are known.
    mutating func set(words: [UInt16], of hash: [UInt8]) { self.guests[hash]?.entry.words = words }

    /// Another answer than ours is the one that they got.
    mutating func set(answer: LobbyAnswer?, of hash: [UInt8]) { self.guests[hash]?.answer = answer }

    /// Somebody was told of a link.
    mutating func set(noted identifier: [UInt8], of hash: [UInt8]) { self.guests[hash]?.noted = identifier }

    /// A person wants these in.
    mutating func wanted(_ hashes: [[UInt8]]) { for hash in hashes { self.guests[hash]?.isUnasked = false } }

    /// People who came in, or were refused.
    mutating func remove(_ hashes: [[UInt8]], isUsed: Bool = true) {
        for hash in hashes {
            guard let guest = self.guests.removeValue(forKey: hash) else { continue }
            if isUsed, self.used.count < 4 * Self.guestsMax { self.used.insert(guest.request.keyPackage) }
            self.hashes.removeAll { $0 == hash }
        }
    }

    /// These people, as many as a Commit may have.
    func guests(_ hashes: [[UInt8]]) -> [Guest] {
        Array(hashes.compactMap { self.guests[$0] }.prefix(Self.addsMax))
    }

    /// `e2ee.md` 4.1.
    static var addsMax: Int { 128 }
}
