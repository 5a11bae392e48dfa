/// The key that opens the cards of those who wait, in the hands of co-hosts (`e2ee.md` 9; `docs/decisions/0011`).
extension Engine {
    /// Gives it to those whom the policy makes co-hosts and who may let people in, if the host link gave it to us.
    mutating func shareLobbyKey(now: EngineTime) {
        guard let place = self.place, self.isGateOpen(now: now) else { return }
        let cohosts = place.policy.roles.compactMap { $0.subjectKey }.filter { key in
            place.occupant(withKey: key).map { self.sharesLobbyKey(with: $0, place) } ?? false
        }
        for key in self.lobbyKeyDesk.take(cohosts) {
            // Its body is made when it is sealed: nothing of the key lies in a letter.
            if !self.sayAgain(.lobbyKey, [], to: .alone([key]), now: now) { self.lobbyKeyDesk.forget(key) }
        }
    }

    /// Whether somebody else gets it from us.
    func sharesLobbyKey(with occupant: Occupant, _ place: Place<Crypto>) -> Bool {
        guard place.own.role == .host, self.access?.ownLobbyKey != nil, occupant.index != place.ownLeaf,
            let standing = place.roles[occupant.index]
        else { return false }
        return Self.mayHoldLobbyKey(standing)
    }

    /// A message as it is sealed.
    func filled(_ message: AppMessage) -> AppMessage {
        guard message.kind == .lobbyKey, let key = self.access?.ownLobbyKey else { return message }
        return AppMessage(
            kind: message.kind, id: message.id, sentMilliseconds: message.sentMilliseconds,
            body: LobbyKeyShare(key).encoded)
    }

    /// A host gave us the key. It is the one that the authority's word names, and no other.
    mutating func gotLobbyKey(_ body: [UInt8], by leaf: UInt32, _ place: Place<Crypto>) throws(E2EEError) {
        guard place.roles[leaf]?.role == .host, Self.mayHoldLobbyKey(place.own), let share = LobbyKeyShare(read: body)
        else { throw E2EEError(.validation, .sender) }
        // Of a second host, or again; and whoever goes on from a kept state does not know the door.
        guard let door = self.lobbyDescriptor, self.access?.lobbyKey == nil else { return }
        guard try LobbyKey.publicKey(of: share.key.secret, self.crypto) == door.lobbyKey else {
            throw E2EEError(.validation, .sender)
        }
        self.access?.keep(lobbyKey: share.key)
        // The service says once who waits, and again to whoever shows their leaf.
        self.bind()
    }

    private static func mayHoldLobbyKey(_ standing: Standing) -> Bool {
        standing.isCertified && standing.rights.contains(.admit)
    }

    /// An epoch began: whoever came with it, also in their own old place, has no key; and we have none any more if we may let
    /// nobody in.
    mutating func followLobbyKey(_ place: Place<Crypto>, added: [UInt32]) {
        for leaf in added { if let key = place.key(of: leaf) { self.lobbyKeyDesk.forget(key) } }
        if !Self.mayHoldLobbyKey(place.own) { self.dropLobbyKey() }
    }

    /// Forgets a key that was given to us, and what it opened.
    mutating func dropLobbyKey() {
        guard self.access?.dropGivenLobbyKey() == true else { return }
        self.waitingRoom = WaitingRoom()
    }
}
