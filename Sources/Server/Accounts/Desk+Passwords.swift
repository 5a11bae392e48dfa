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
        let target = try self.target(email)
        try self.begin(target, from: prefix)
        let account: StoredAccount?
        do throws(AccountRefusal) {
            account = try await self.kept { store throws(StorageFailure) in try await store.account(at: email) }
            guard try await self.check(typed, account) else { return nil }
        } catch {
            self.attempts.takeBack(target, from: prefix)
            throw error
        }
        self.attempts.succeeded(target, from: prefix)
        return account
    }

    /// Whether a password is an account's. Without an account as much is done for nothing.
    private func check(_ typed: Redacted<String>, _ account: StoredAccount?) async throws(AccountRefusal) -> Bool {
        let hash = try account.map { account throws(AccountRefusal) in try self.hash(of: account) } ?? self.nobody
        let bytes = PasswordRules.bytes(of: typed.exposed)
        let key = try await self.work.hash(bytes, salt: hash.salt, hash.cost)
        guard hash.matches(key), let account else { return false }
        // The cost has changed since: this is the moment to hash anew.
        if hash.cost != self.cost {
            let verifier = try await self.verifier(of: typed)
            try await self.kept { store throws(StorageFailure) in
                try await store.setPassword(verifier, of: account.id)
            }
        }
        return true
    }

    /// What a new password is kept as.
    func verifier(of typed: Redacted<String>) async throws(AccountRefusal) -> Personal<PasswordVerifier> {
        let salt = Self.bytes(PasswordHash.saltBytes, &self.generator)
        let key = try await self.work.hash(PasswordRules.bytes(of: typed.exposed), salt: salt, self.cost)
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
        guard let wait else { return }
        self.log(.signInsTooFast)
        throw AccountRefusal(.tooFast, retrySeconds: wait)
    }

    /// What guesses at a password are counted by.
    private func target(_ email: Personal<AccountEmail>) throws(AccountRefusal) -> [UInt8] {
        let address = try self.opened { () throws(SealFailure) in try email.read(for: Authenticate.self, self.ledger) }
        return [0] + Array(address.utf8)
    }

    /// Takes the password again.
    package func confirm(
        _ who: SignedIn, _ confirmation: PasswordConfirmation, from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) {
        try await self.examine(confirmation.password, of: try await self.account(who), from: prefix)
        let now = self.clock.wall()
        try await self.kept { store throws(StorageFailure) in try await store.confirm(who.token, now: now) }
    }

    /// Another password, and every other browser signed out.
    package func changePassword(
        _ who: SignedIn, _ change: PasswordChange, from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) -> NewSession {
        let account = try await self.account(who)
        try self.examine(change.new, for: account.email)
        try await self.examine(change.current, of: account, from: prefix)
        let verifier = try await self.verifier(of: change.new)
        try await self.kept { store throws(StorageFailure) in
            try await store.setPassword(verifier, of: account.id)
            try await store.endAll(of: account.id)
        }
        return try await self.enter(account)
    }

    /// A new password with a link. Whoever has codes is asked for one afterwards, as always.
    package func renew(_ renewal: PasswordRenewal) async throws(AccountRefusal) {
        let now = self.clock.wall()
        let link = try await self.kept { store throws(StorageFailure) in try await store.link(renewal.token, now: now) }
        guard let id = link?.account, link?.kind == .renewal,
            let account = try await self.kept({ store throws(StorageFailure) in try await store.account(id) })
        else { throw AccountRefusal(.unauthorized) }
        try self.examine(renewal.password, for: account.email)
        let verifier = try await self.verifier(of: renewal.password)
        let renewed = try await self.kept { store throws(StorageFailure) in
            try await store.renew(verifier, with: renewal.token, now: now)
        }
        guard renewed != nil else { throw AccountRefusal(.unauthorized) }
    }

    /// The account of whoever is signed in, as it is now.
    func account(_ who: SignedIn) async throws(AccountRefusal) -> StoredAccount {
        let account = try await self.kept { store throws(StorageFailure) in try await store.account(who.account) }
        guard let account else { throw AccountRefusal(.unauthorized) }
        return account
    }

    /// The password of somebody who is signed in: guesses are counted, as at the door.
    private func examine(
        _ typed: Redacted<String>, of account: StoredAccount, from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) {
        let found = try await self.tries(typed, at: account.email, from: prefix)
        guard found?.id == account.id else { throw AccountRefusal(.unauthorized) }
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
