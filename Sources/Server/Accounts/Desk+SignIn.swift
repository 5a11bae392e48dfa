package import Edge
internal import Foundation
internal import Meeting
internal import Persistence
internal import Privacy
package import Redaction
package import Signalling

extension Desk {
    /// Makes an account with a link. All that is told of a link that opens nothing is that.
    package func create(
        _ creation: AccountCreation, from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) -> NewSession {
        let now = self.now()
        let link = try await self.link(creation.token, from: prefix, now: now)
        guard let link, link.kind.makesAccount else { throw AccountRefusal(.unauthorized) }
        guard let address = AccountEmail.canonical(creation.email.exposed) else { throw AccountRefusal(.notAnAddress) }
        let name = creation.name.exposed.trimmingCharacters(in: .whitespaces)
        guard !name.isEmpty else { throw AccountRefusal(.malformed) }
        let email = Personal<AccountEmail>(address)
        try self.examine(creation.password, for: email)
        // Before the work is done: it is for somebody who then has an account.
        let known = try await self.kept { store throws(StorageFailure) in try await store.account(at: email) }
        guard known == nil else { throw try await self.taken(creation.token) }
        let verifier = try await self.verifier(
            of: creation.password, for: Self.owner(creation.token), from: prefix)
        let new = NewAccount(id: self.random(16), email: email, name: Personal(name), password: verifier)
        let outcome = try await self.kept { store throws(StorageFailure) in
            try await store.create(new, with: creation.token, now: now)
        }
        switch outcome {
        case .made: self.log(.accountMade)
        case .linkUnknown: throw AccountRefusal(.unauthorized)
        case .addressTaken: throw try await self.taken(creation.token)
        }
        return try await self.enter(try await self.existing(new.id))
    }

    /// An address is taken: the link remembers that it was said.
    private func taken(_ link: LinkToken) async throws(AccountRefusal) -> AccountRefusal {
        let isCounted = try await self.kept { store throws(StorageFailure) in try await store.refuse(link) }
        return AccountRefusal(isCounted ? .conflict : .unauthorized)
    }

    /// Address and password. Whatever is wrong, the answer and the work are the same.
    package func signIn(
        _ signIn: SignIn, from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) -> PasswordOutcome {
        guard let address = AccountEmail.canonical(signIn.email.exposed) else { throw AccountRefusal(.unauthorized) }
        let account = try await self.tries(signIn.password, at: Personal(address), from: prefix)
        guard let account else { throw AccountRefusal(.unauthorized) }
        let codes = try await self.kept { store throws(StorageFailure) in try await store.codes(of: account.id) }
        guard codes != nil else { return .signedIn(try await self.enter(account)) }
        return .secondStep(SecondStep(step: try self.step(of: account)))
    }

    private func step(of account: StoredAccount) throws(AccountRefusal) -> StepToken {
        let now = self.clock.instant()
        self.steps = self.steps.filter { now < $0.value.until }
        guard self.steps.count < Self.stepsAtMost else { throw AccountRefusal(.busy, retrySeconds: 60) }
        let token: StepToken = self.random(32)
        self.steps[token] = Step(
            account: account.id, password: account.sealedPassword, until: now + Self.stepLifetime)
        return token
    }

    /// The code that is needed as well. A step takes five tries; guesses at one account's codes are counted as those at its
    /// password are.
    package func secondStep(
        _ answer: SecondStepAnswer, from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) -> NewSession {
        guard let step = self.steps[answer.step], self.clock.instant() < step.until else {
            throw AccountRefusal(.unauthorized)
        }
        let target = [1] + step.account.decoded
        try self.begin(target, from: prefix)
        // Taken away while it is looked at, so that two at the same time are not one try.
        self.steps[answer.step] = nil
        let account = try await self.existing(step.account)
        guard account.sealedPassword == step.password else { throw AccountRefusal(.unauthorized) }
        guard try await self.isRight(answer.code, of: step.account) else {
            if step.tries + 1 < Self.stepTries {
                self.steps[answer.step] = Step(
                    account: step.account, password: step.password, until: step.until, tries: step.tries + 1)
            }
            throw AccountRefusal(.unauthorized)
        }
        self.succeeded(target, from: prefix)
        return try await self.enter(account)
    }

    private func isRight(_ typed: Redacted<String>, of account: AccountID) async throws(AccountRefusal) -> Bool {
        switch TypedCode(typed.exposed) {
        case nil: return false
        case .recovery(let code):
            return try await self.kept { store throws(StorageFailure) in
                try await store.use(recoveryCode: code, of: account)
            }
        case .digits(let digits):
            let codes = try await self.kept { store throws(StorageFailure) in try await store.codes(of: account) }
            guard let codes else { return false }
            let secret = try self.opened { () throws(SealFailure) in
                try codes.secret.read(for: Authenticate.self, self.ledger)
            }
            let step = SixDigits.accept(digits, secret: secret, after: codes.usedStep, now: self.clock.wall())
            guard let step else { return false }
            return try await self.kept { store throws(StorageFailure) in try await store.use(step: step, of: account) }
        }
    }

    /// Signs somebody in, unless their password is another one since the account was looked up.
    func enter(_ account: StoredAccount) async throws(AccountRefusal) -> NewSession {
        let token: SessionToken = self.random(32)
        let now = self.now()
        let isIn = try await self.kept { store throws(StorageFailure) in
            try await store.begin(token, of: account, now: now)
        }
        guard isIn else { throw AccountRefusal(.unauthorized) }
        return NewSession(token: token, info: try await self.info(account, isConfirmed: true))
    }

    /// Who is signed in, in full.
    package func info(_ who: SignedIn) async throws(AccountRefusal) -> SessionInfo {
        try await self.info(try await self.account(who), isConfirmed: who.isConfirmed)
    }

    func info(_ account: StoredAccount, isConfirmed: Bool) async throws(AccountRefusal) -> SessionInfo {
        let (codes, passkeys) = try await self.kept { store throws(StorageFailure) in
            (try await store.codes(of: account.id), try await store.passkeys(of: account.id).count)
        }
        let (email, name) = try self.opened { () throws(SealFailure) in
            (
                try account.email.read(for: Authenticate.self, self.ledger),
                try account.name.read(for: ProvideMeeting.self, self.ledger)
            )
        }
        return SessionInfo(
            account: account.id, email: Redacted(email), name: Redacted(name), roles: account.roles.list,
            recoveryCodes: codes?.recoveryCodes, passkeys: passkeys, renewed: account.renewed?.seconds,
            confirmed: isConfirmed, required: self.required.isEmpty ? nil : self.requiredInOrder)
    }

    /// An account that was there a moment ago.
    func existing(_ id: AccountID) async throws(AccountRefusal) -> StoredAccount {
        let account = try await self.kept { store throws(StorageFailure) in try await store.account(id) }
        guard let account else { throw AccountRefusal(.unauthorized) }
        return account
    }

    /// Signs out.
    package func signOut(_ who: SignedIn) async throws(AccountRefusal) {
        try await self.kept { store throws(StorageFailure) in try await store.end(who.token) }
    }

    /// Signs out everywhere.
    package func signOutEverywhere(_ who: SignedIn) async throws(AccountRefusal) {
        try await self.kept { store throws(StorageFailure) in try await store.endAll(of: who.account) }
    }
}
