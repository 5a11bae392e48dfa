internal import Wire

/// A STUN message to send; the age says whose credentials sign it.
enum ICESend {
    case success(PathKey, STUNTransactionID, ICECredentialBook.Age)
    case roleConflict(PathKey, STUNTransactionID, ICECredentialBook.Age)
    case unknownAttributes(PathKey, STUNMessage, ICECredentialBook.Age)
    case challenge(PathKey, STUNTransactionID, ICECredentialBook.Age)
    case check(PathKey, STUNTransactionID, nominates: Bool)
}

extension ICEAgent {
    /// What to send next, if anything is due.
    mutating func next(now: MediaTime) -> ICESend? {
        if let answer = self.answers.popFirst() { return answer }
        for at in self.paths.indices where self.paths[at].nextTry <= now {
            if let request = self.tryAgain(at, now: now) { return request }
        }
        return nil
    }

    private mutating func tryAgain(_ at: Int, now: MediaTime) -> ICESend? {
        switch self.role {
        case .server:
            guard let request = self.paths[at].request, self.paths[at].triesLeft > 0 else {
                // Nobody answered there: the nomination is forgotten, a new check may start another challenge.
                self.paths[at].request = nil
                self.paths[at].nextTry = .never
                return nil
            }
            self.paths[at].triesLeft -= 1
            self.paths[at].nextTry = now + EndpointLimits.challengeInterval
            return .challenge(self.paths[at].key, request, self.book.known(now: now))
        case .client:
            let request = self.makeTransaction()
            self.paths[at].request = request
            let isSettled = self.paths[at].key == self.selected && now - self.paths[at].lastHeard < .seconds(4)
            self.paths[at].nextTry = now + (isSettled ? EndpointLimits.consentInterval : EndpointLimits.checkInterval)
            return .check(self.paths[at].key, request, nominates: self.paths[at].isNominated)
        }
    }

    /// When `next` has something again.
    var deadline: MediaTime {
        var earliest = MediaTime.never
        for path in self.paths where path.nextTry < earliest { earliest = path.nextTry }
        return self.answers.isEmpty ? earliest : .zero
    }

    /// Writes `send` into `out`; answers its path and length, 0 when it did not fit or may not go. Everything a server
    /// says to an unproven path counts against what came from there. Answers are smaller than their requests and always
    /// go; a challenge that would be too much is a lost one.
    @_lifetime(out: copy out)
    mutating func write(_ send: ICESend, into out: inout MutableRawSpan) -> (path: PathKey, byteCount: Int) {
        switch send {
        case .success(let key, let transaction, let age):
            let count = STUNWriter.success(
                mapped: STUNAddress(key), transaction: transaction, key: self.book[age].localPassword.rawSpan,
                into: &out)
            return self.counted(key, count)
        case .roleConflict(let key, let transaction, let age):
            let count = STUNWriter.roleConflict(
                transaction: transaction, key: self.book[age].localPassword.rawSpan, into: &out)
            return self.counted(key, count)
        case .unknownAttributes(let key, let request, let age):
            let count = STUNWriter.unknownAttributes(
                of: request, key: self.book[age].localPassword.rawSpan, into: &out)
            return self.counted(key, count)
        case .challenge(let key, let transaction, let age):
            let role = STUNWriter.Role.controlled(tieBreaker: self.tieBreaker)
            let count = self.writeRequest(transaction, role, self.book[age], nominates: false, into: &out)
            return (key, self.allows(key, byteCount: count) ? count : 0)
        case .check(let key, let transaction, let nominates):
            let role = STUNWriter.Role.controlling(tieBreaker: self.tieBreaker)
            return (key, self.writeRequest(transaction, role, self.book.current, nominates: nominates, into: &out))
        }
    }

    private mutating func counted(_ key: PathKey, _ count: Int) -> (path: PathKey, byteCount: Int) {
        if let at = self.index(of: key) { self.paths[at].bytesOut &+= UInt64(count) }
        return (key, count)
    }

    @_lifetime(out: copy out)
    private func writeRequest(
        _ transaction: STUNTransactionID, _ role: STUNWriter.Role, _ credentials: ICECredentialPair, nominates: Bool,
        into out: inout MutableRawSpan
    ) -> Int {
        // RFC 8445 §5.1.2.1: type preference 110 of a peer-reflexive candidate, highest local preference, component 1.
        let request = STUNWriter.Request(
            username: credentials.username, priority: 110 << 24 | 0xFFFF << 8 | 255, role: role,
            useCandidate: nominates)
        return STUNWriter.request(
            request, transaction: transaction, key: credentials.remotePassword.rawSpan, into: &out)
    }
}
