package import Edge
internal import Meeting
internal import Persistence
internal import Privacy
package import Redaction
package import Signalling

extension Desk {
    /// The account that an address and a password open, or nil. The try is counted before anything is looked up, so that a
    /// pause takes as long whether there is an account or not; one that nobody has time for is taken back.
    func tries(
        _ typed: Redacted<String>, at email: Personal<AccountEmail>, from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) -> StoredAccount? {
        try await self.tries(typed, at: email, counting: try self.target(email), from: prefix)
    }

    private func tries(
        _ typed: Redacted<String>, at email: Personal<AccountEmail>, counting target: [UInt8],
        from prefix: Redacted<[UInt8]>?, withNetwork isCounted: Bool = true
    ) async throws(AccountRefusal) -> StoredAccount? {
        try self.begin(target, from: isCounted ? prefix : nil)
        let right: StoredAccount?
        do throws(AccountRefusal) {
            let known = try await self.kept { store throws(StorageFailure) in try await store.account(at: email) }
            right = try await self.check(typed, known, for: target, from: prefix)
        } catch {
            self.attempts.takeBack(target, from: isCounted ? prefix : nil, now: self.clock.instant())
            throw error
        }
        guard let right else { return nil }
        self.succeeded(target, from: isCounted ? prefix : nil)
        return right
    }

    /// The account, if a password is its own, with the verifier that it was right by. Without an account as much is done
    /// for nothing.
    private func check(
        _ typed: Redacted<String>, _ account: StoredAccount?, for owner: [UInt8], from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) -> StoredAccount? {
        let hash = try account.map { account throws(AccountRefusal) in try self.hash(of: account) } ?? self.nobody
        let bytes = PasswordRules.bytes(of: typed.exposed)
        let key = try await self.work.hash(bytes, salt: hash.salt, hash.cost, for: owner, from: prefix)
        guard hash.matches(key), let account else { return nil }
        guard hash.cost != self.cost else { return account }
        // The cost has changed since: this is the moment to hash anew, unless the password is another one by now.
        let verifier = try await self.verifier(of: typed, for: owner, from: prefix)
        return try await self.kept { store throws(StorageFailure) in
            try await store.setPassword(verifier, of: account)
        }
    }

    /// What a new password is kept as.
    func verifier(
        of typed: Redacted<String>, for owner: [UInt8], from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) -> Personal<PasswordVerifier> {
        let salt = Self.bytes(PasswordHash.saltBytes, &self.generator)
        let key = try await self.work.hash(
            PasswordRules.bytes(of: typed.exposed), salt: salt, self.cost, for: owner, from: prefix)
        return Personal(PasswordHash(cost: self.cost, salt: salt, key: key).text)
    }

    /// Whether a new password will do.
    func examine(_ typed: Redacted<String>, for email: Personal<AccountEmail>) throws(AccountRefusal) {
        let address = try self.opened { () throws(SealFailure) in try email.read(for: Authenticate.self, self.ledger) }
        switch PasswordRules.fault(of: typed.exposed, address: address) {
        case nil: return
        case .tooShort: throw AccountRefusal(.passwordTooShort)
        case .tooLong: throw AccountRefusal(.passwordTooLong)
        case .isAddress: throw AccountRefusal(.passwordIsAddress)
        }
    }

    /// Counts a try; whoever tries too often waits.
    func begin(_ target: [UInt8], from prefix: Redacted<[UInt8]>?) throws(AccountRefusal) {
        let wait = self.attempts.begin(
            target, from: prefix, now: self.clock.instant(), using: &self.generator)
        try self.checkPause(wait)
    }

    /// Whoever has to wait is told so.
    func checkPause(_ wait: Int?) throws(AccountRefusal) {
        guard let wait else { return }
        self.log(.signInsTooFast)
        throw AccountRefusal(.tooFast, retrySeconds: wait)
    }

    /// The try was right.
    func succeeded(_ target: [UInt8], from prefix: Redacted<[UInt8]>?) {
        self.attempts.succeeded(target, from: prefix, now: self.clock.instant(), using: &self.generator)
    }

    /// Whose work hashing is, and what tries are counted by: those of whoever is signed in.
    private static func owner(_ account: AccountID) -> [UInt8] { [2] + account.decoded }

    /// What guesses at a password at the door are counted by.
    private func target(_ email: Personal<AccountEmail>) throws(AccountRefusal) -> [UInt8] {
        let address = try self.opened { () throws(SealFailure) in try email.read(for: Authenticate.self, self.ledger) }
        return [0] + Array(address.utf8)
    }

    /// Takes the password again.
    package func confirm(
        _ who: SignedIn, _ confirmation: PasswordConfirmation, from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) {
        _ = try await self.examine(confirmation.password, of: try await self.account(who), from: prefix)
        let now = self.now()
        try await self.kept { store throws(StorageFailure) in try await store.confirm(who.token, now: now) }
    }

    /// Another password, and every other browser signed out.
    package func changePassword(
        _ who: SignedIn, _ change: PasswordChange, from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) -> NewSession {
        let account = try await self.account(who)
        try self.examine(change.new, for: account.email)
        let checked = try await self.examine(change.current, of: account, from: prefix)
        let verifier = try await self.verifier(of: change.new, for: Self.owner(account.id), from: prefix)
        let token: SessionToken = self.random(32)
        let now = self.now()
        let changed = try await self.kept { store throws(StorageFailure) in
            try await store.changePassword(verifier, of: checked, signingIn: token, now: now)
        }
        guard let changed else { throw AccountRefusal(.unauthorized) }
        return NewSession(token: token, info: try await self.info(changed, isConfirmed: true))
    }

    /// The account of whoever is signed in, as it is now.
    func account(_ who: SignedIn) async throws(AccountRefusal) -> StoredAccount {
        let account = try await self.kept { store throws(StorageFailure) in try await store.account(who.account) }
        guard let account else { throw AccountRefusal(.unauthorized) }
        return account
    }

    /// The password of somebody who is signed in. Their guesses are counted apart from those at the door and without the
    /// network, so that nobody who is not signed in can make them wait. Answers the account with the verifier that it was
    /// right by.
    private func examine(
        _ typed: Redacted<String>, of account: StoredAccount, from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) -> StoredAccount {
        let found = try await self.tries(
            typed, at: account.email, counting: Self.owner(account.id), from: prefix, withNetwork: false)
        guard let found, found.id == account.id else { throw AccountRefusal(.unauthorized) }
        return found
    }

    private func hash(of account: StoredAccount) throws(AccountRefusal) -> PasswordHash {
        let text = try self.opened { () throws(SealFailure) in
            try account.password.read(for: Authenticate.self, self.ledger)
        }
        guard let hash = PasswordHash(text) else {
            self.log(.storageFailed)
            throw AccountRefusal(.failed)
        }
        return hash
    }
}
