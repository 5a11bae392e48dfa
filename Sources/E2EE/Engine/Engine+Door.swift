internal import Wire

/// The waiting room, from outside (`e2ee.md` 9).
extension Engine {
    /// Asks to be let in: name and note sealed to the host, a key package that is used once, and a commitment; and a pass, if we
    /// were in before.
    mutating func knock(now: EngineTime) {
        guard let identity = self.identity, let access = self.access, let door = self.lobbyDescriptor else { return }
        do throws(E2EEError) {
            let own = try MeetingGroup.keyPackage(identity, now: now.unixSeconds, self.crypto)
            let nonce = try self.crypto.randomBytes(32)
            let card = LobbyCard(name: self.config.name, note: self.config.note, language: self.config.language)
            let request = try Lobby.request(
                own.keyPackage, card, nonce: nonce, pass: self.passes.newest, door, access.invite, self.crypto)
            self.entry.clearTry()
            self.entry.former = nil
            self.entry.isLinkOld = false
            self.line.forgetEntry()
            self.entry.knock = Entry.Knock(
                own: own, request: request, nonce: nonce, againAt: now.monotonic + 10_000)
            self.enter(.knocking)
            self.send(.knock(request.encoded), for: .knock)
        } catch {
            self.enter(.out(.fault))
        }
    }

    /// Nobody said anything for a while: the same knock again, under the same words.
    mutating func knockAgain(now: EngineTime) {
        guard self.state == .knocking, self.line.challenge != nil, var knock = self.entry.knock,
            now.monotonic >= knock.againAt
        else { return }
        knock.wait(now: now.monotonic)
        self.entry.knock = knock
        self.send(.knock(knock.request.encoded), for: .knock)
    }

    mutating func knockFailed(_ error: ServerFrame.DeliveryError, now: EngineTime) {
        guard self.state == .knocking else { return }
        // Nobody new comes in from where we are: asking again changes nothing.
        if error == .denied { return self.enter(.out(.denied)) }
        self.entry.retryAt = now.monotonic + (error == .rate ? 30_000 : 1_000)
    }

    /// Something at the door, for whoever waits or whoever may open.
    mutating func follow(_ message: LobbyFrame, now: EngineTime) {
        switch message {
        case .answer(let answer):
            self.state == .knocking ? self.answered(answer, now: now) : self.answeredByAnother(answer, now: now)
        case .note(let note): self.noted(note, now: now)
        case .request(let request): self.knocked(request, now: now)
        case .reveal(let reveal): self.revealed(reveal)
        }
    }

    private var doorRule: ChainRule<Crypto>? { self.descriptor.map { ChainRule($0, revoked: [], self.crypto) } }

    /// A host is there: the first one who answers is the one whose words are compared.
    private mutating func answered(_ answer: LobbyAnswer, now: EngineTime) {
        guard self.state == .knocking, var knock = self.entry.knock, !knock.isAnswered, let rule = self.doorRule,
            answer.isValid(requestHash: knock.request.hash(self.crypto), rule), answer.issuer.isCurrent(now.unixSeconds)
        else { return }
        knock.isAnswered = true
        self.entry.knock = knock
        self.send(.reveal(LobbyReveal(requestHash: answer.requestHash, nonce: knock.nonce).encoded))
        let words = MeetingCode.words(knock.request, answer, nonce: knock.nonce, self.crypto)
        self.tell(.waitingWords(wordlist: answer.wordlist, words.map { UInt16($0) }))
    }

    /// A word from the host; a refusal is final.
    private mutating func noted(_ frame: LobbyNoteFrame, now: EngineTime) {
        guard self.state == .knocking, let knock = self.entry.knock, let rule = self.doorRule else { return }
        do throws(E2EEError) {
            let note = try Lobby.open(frame.sealed, to: knock.request, knock.own, rule)
            if !note.text.isEmpty { self.tell(.note(note.text)) }
            // The Welcome that follows is made by it. Only host links open the cards of those who wait, so nobody else has
            // it to tell; and a co-host who was put out, which is not known out here, could bring a newcomer back to a link
            // of before.
            if let secret = note.inviteSecret {
                guard note.issuer.role == .host, let author = note.issuer.subjectKey else {
                    return self.report(.welcome)
                }
                try self.keepInvite(secret, by: author, isOfHost: true)
            }
            if frame.decision == .refused { self.enter(.out(.refused)) }
        } catch {
            // The server cannot refuse anybody in the host's name.
            self.report(.welcome)
        }
    }
}
