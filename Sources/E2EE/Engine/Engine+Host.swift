internal import Wire

/// The waiting room, from inside (`e2ee.md` 9): for whoever may admit, and has the key that opens the cards. A host has it from the
/// link, a co-host from a host.
extension Engine {
    /// Whether we may let people in, in a group that was proven to us. Who knocks before that is kept: the service says it
    /// once.
    var mayAdmit: Bool { mutating get { self.mayShow && self.place?.own.rights.contains(.admit) == true } }

    /// Somebody knocks: their card is opened, and an answer goes out to which they reveal what they committed to.
    mutating func knocked(_ request: LobbyRequest, now: EngineTime) {
        guard let access = self.access, let lobbyKey = access.lobbyKey, let place = self.place,
            place.own.rights.contains(.admit), let identity = self.identity, let chain = self.admittingChain(place)
        else { return }
        let hash = request.hash(self.crypto)
        if let known = self.waitingRoom[hash] {
            // The answer got lost.
            if known.entry.words == nil, let answer = known.answer { self.send(.answer(answer.encoded)) }
            return
        }
        do throws(E2EEError) {
            let invites = access.invites
            let knock = try Lobby.open(request, invites, lobbyKey: lobbyKey.secret, self.instance, self.crypto)
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
                isFromLink: knock.isFromLink, wasIn: wasIn,
                service: BeraadLeaf(of: knock.keyPackage.leafNode)?.service)
            var guest = WaitingRoom.Guest(
                request: request, knock: knock, answer: answer,
                inviteID: invites[knock.secretIndex].identifier, entry: entry)
            guest.isUnasked = self.comesBack(knock)
            guard self.waitingRoom.add(guest) else { return }
            self.send(.answer(answer.encoded))
            if guest.isUnasked { self.wantBack(hash) }
        } catch {
            // Not from this link, or damaged: nobody to show. A link of before only hosts know again.
            if !access.isLobbyKeyGiven { self.report(.welcome) }
        }
    }

    /// Whether somebody who waits can follow us in: whoever has a link of before needs the secret of today's, and believes only a
    /// host about it (`docs/decisions/0009`).
    func canWelcome(_ hash: [UInt8]) -> Bool {
        guard let guest = self.waitingRoom[hash] else { return false }
        return self.hasHostLink || guest.inviteID == self.access?.invite.identifier
    }

    /// Whether somebody comes in without being asked for: whom we let in before, by the same key, or who has a pass. The line
    /// broke, and nothing about them has changed: they are in still, or we saw the server take them for lost. About everybody
    /// else a host is asked, also when we were not there to see how they went; and about whoever was something else under that key:
    /// a service that says it is a person, or another one.
    private func comesBack(_ knock: LobbyKnock) -> Bool {
        if self.isAwaited(knock) { return true }
        let leafNode = knock.keyPackage.leafNode, key = leafNode.signatureKey
        guard let place = self.place else { return false }
        let before: ServiceInfo?
        if let occupant = place.occupant(withKey: key) {
            before = occupant.profile?.service
        } else if self.people.departures[key] == .lost {
            before = self.people.departures.service(of: key)
        } else {
            return false
        }
        guard BeraadLeaf(of: leafNode)?.service == before else { return false }
        let hasPass = knock.isFromLink && self.isValid(knock.pass, for: leafNode)
        if place.policy.flags.contains(.locked) { return hasPass }
        return self.people.admitted.contains(key) || (hasPass && place.policy.admission != .closed)
    }

    /// Whether nobody was asked about somebody and somebody has to be by now: since they knocked they were taken out by hand.
    func isOvertaken(_ hash: [UInt8]) -> Bool {
        self.waitingRoom[hash].map { $0.isUnasked && !self.comesBack($0.knock) } ?? false
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

    /// Whoever waits got another answer than ours, for one counts. A host's is as good as our own: it was given before anything
    /// was opened, and hosts trust each other. With a co-host's, and a server of theirs, the words of two people could be made
    /// the same; then we show none.
    mutating func answeredByAnother(_ answer: LobbyAnswer, now: EngineTime) {
        guard let place = self.place, let guest = self.waitingRoom[answer.requestHash], guest.entry.words == nil,
            guest.answer != answer,
            answer.isValid(requestHash: answer.requestHash, ChainRule(place.policy, self.crypto)),
            answer.issuer.isCurrent(now.unixSeconds)
        else { return }
        self.waitingRoom.set(answer: answer.issuer.role == .host ? answer : nil, of: answer.requestHash)
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
        guard self.tellWaiting(note, .refused, hash) else { return self.tell(.refused(.refuse(hash, note: note))) }
        if let key = self.waitingRoom[hash]?.knock.keyPackage.leafNode.signatureKey { self.regathering?.forget([key]) }
        self.waitingRoom.remove([hash])
    }

    /// A word to somebody who waits, after which they wait as before.
    mutating func message(_ hash: [UInt8], text: [UInt8]) {
        guard !text.isEmpty, self.tellWaiting(text, .wait, hash) else {
            return self.tell(.refused(.message(hash, text: text)))
        }
    }

    /// Seals a word for somebody who waits; false where there is nobody, or it is not ours to say.
    private mutating func tellWaiting(
        _ text: [UInt8], _ decision: LobbyNoteFrame.Decision, _ hash: [UInt8]
    ) -> Bool {
        guard self.mayAdmit, let guest = self.waitingRoom[hash], let place = self.place,
            let chain = self.admittingChain(place), let identity = self.identity
        else { return false }
        do throws(E2EEError) {
            var words = LobbyNote(text: text, inviteSecret: nil, issuer: chain)
            try words.sign(identity.signatureKey.secret, self.crypto)
            let sealed = try Lobby.seal(words, to: guest.request, self.crypto)
            self.send(.note(LobbyNoteFrame(requestHash: hash, sealed: sealed, decision: decision)))
            return true
        } catch {
            return false
        }
    }
}
