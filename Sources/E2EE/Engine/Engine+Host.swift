internal import Wire

/// The waiting room, from inside (`e2ee.md` 9): for whoever may admit, and has the key that opens the cards.
extension Engine {
    /// Whether we may let people in, in a group that was proven to us. Who knocks before that is kept: the service says it
    /// once.
    var mayAdmit: Bool { mutating get { self.mayShow && self.place?.own.rights.contains(.admit) == true } }

    /// Somebody knocks: their card is opened, and an answer goes out to which they reveal what they committed to.
    mutating func knocked(_ request: LobbyRequest, now: EngineTime) {
        guard let access = self.access, let lobbyKey = access.lobbyKey, self.place?.own.rights.contains(.admit) == true,
            let identity = self.identity,
            let chain = self.chain
        else { return }
        let hash = request.hash(self.crypto)
        if let known = self.waitingRoom[hash] {
            // The answer got lost.
            if known.entry.words == nil, let answer = known.answer { self.send(.answer(answer.encoded)) }
            return
        }
        do throws(E2EEError) {
            let knock = try Lobby.open(request, access.invites, lobbyKey: lobbyKey.secret, self.instance, self.crypto)
            guard case .keyPackage(let lifetime) = knock.keyPackage.leafNode.source,
                lifetime.contains(now.unixSeconds)
            else { throw E2EEError(.validation, .keyPackage) }
            guard !self.isPutOut(knock.keyPackage.leafNode) else { return try self.turnAway(request, chain, identity) }
            var answer = LobbyAnswer(
                requestHash: hash, nonce: try self.crypto.randomBytes(32), wordlist: self.config.wordlist,
                issuer: chain)
            try answer.sign(identity.signatureKey.secret, self.crypto)
            let wasIn = self.isValid(knock.pass, for: knock.keyPackage.leafNode)
            let entry = LobbyEntry(
                requestHash: hash, name: knock.card.name, note: knock.card.note, words: nil,
                isFromLink: knock.isFromLink, wasIn: wasIn)
            let guest = WaitingRoom.Guest(
                request: request, knock: knock, answer: answer,
                inviteID: access.invites[knock.secretIndex].identifier, entry: entry)
            guard self.waitingRoom.add(guest) else { return }
            self.send(.answer(answer.encoded))
            if self.comesBack(knock, wasIn: wasIn) { self.want(.admit([hash])) }
        } catch {
            // Not from this link, or damaged: nobody to show.
            self.report(.welcome)
        }
    }

    /// Whether somebody comes in without being asked for: whom we let in before, by the same key, or who has a pass. The line
    /// broke, and nothing about them has changed. Whoever was sent away by hand is asked for.
    private func comesBack(_ knock: LobbyKnock, wasIn: Bool) -> Bool {
        let key = knock.keyPackage.leafNode.signatureKey
        guard let policy = self.place?.policy, !self.people.isSentBack(key) else { return false }
        let hasPass = wasIn && knock.isFromLink
        if policy.flags.contains(.locked) { return hasPass }
        return self.people.admitted.contains(key) || (hasPass && policy.admission != .closed)
    }

    /// Whether somebody comes by a key or a personal link that was put out.
    private func isPutOut(_ leafNode: LeafNode) -> Bool {
        guard let policy = self.place?.policy else { return false }
        let keys = BeraadLeaf(of: leafNode)?.chain?.certificates.map { $0.subjectKey } ?? []
        return policy.isOut(leafNode.signatureKey) || keys.contains { policy.isOut($0) }
    }

    /// Says no at once, and asks nobody: it was decided before.
    private mutating func turnAway(
        _ request: LobbyRequest, _ chain: Chain, _ identity: LeafIdentity
    ) throws(E2EEError) {
        var words = LobbyNote(text: [], inviteSecret: nil, issuer: chain)
        try words.sign(identity.signatureKey.secret, self.crypto)
        let sealed = try Lobby.seal(words, to: request, self.crypto)
        self.send(.note(LobbyNoteFrame(requestHash: request.hash(self.crypto), sealed: sealed, decision: .refused)))
    }

    /// Whoever came in, by whomever, waits no more.
    mutating func clearWaitingRoom(_ place: Place<Crypto>) {
        self.waitingRoom.remove(
            self.waitingRoom.all.filter { hash in
                guard let guest = self.waitingRoom[hash] else { return false }
                return place.occupant(withKey: guest.knock.keyPackage.leafNode.signatureKey)?.leafNode
                    == guest.knock.keyPackage.leafNode
            })
    }

    /// Somebody shows what they committed to before they knew our nonce: only now are the words what both see.
    mutating func revealed(_ reveal: LobbyReveal) {
        guard let guest = self.waitingRoom[reveal.requestHash], let answer = guest.answer, guest.entry.words == nil,
            equalInConstantTime(Lobby.commitment(of: reveal.nonce, self.crypto), guest.request.commitment)
        else { return }
        let words = MeetingCode.words(guest.request, answer, nonce: reveal.nonce, self.crypto)
        self.waitingRoom.set(words: words.map { UInt16($0) }, of: reveal.requestHash)
    }

    /// Says no, with a word.
    mutating func refuse(_ hash: [UInt8], note: [UInt8]) {
        guard self.mayAdmit, let guest = self.waitingRoom[hash], let chain = self.chain, let identity = self.identity
        else { return self.tell(.refused(.refuse(hash, note: note))) }
        do throws(E2EEError) {
            var words = LobbyNote(text: note, inviteSecret: nil, issuer: chain)
            try words.sign(identity.signatureKey.secret, self.crypto)
            let sealed = try Lobby.seal(words, to: guest.request, self.crypto)
            self.send(.note(LobbyNoteFrame(requestHash: hash, sealed: sealed, decision: .refused)))
            self.waitingRoom.remove([hash])
        } catch {
            self.tell(.refused(.refuse(hash, note: note)))
        }
    }
}
