package import Edge
package import Meeting
internal import Persistence
internal import Privacy
internal import Redaction
package import Signalling

extension Desk {
    /// One's passkeys.
    package func passkeys(_ who: SignedIn) async throws(AccountRefusal) -> PasskeyList {
        let passkeys = try await self.kept { store throws(StorageFailure) in
            try await store.passkeys(of: who.account)
        }
        return PasskeyList(passkeys: passkeys.map(\.id))
    }

    /// What a browser needs to make one.
    package func passkeyCreation(
        _ who: SignedIn, at site: PasskeySite
    ) async throws(AccountRefusal) -> PasskeyCreation {
        let account = try await self.account(who)
        let passkeys = try await self.kept { store throws(StorageFailure) in
            try await store.passkeys(of: who.account)
        }
        guard passkeys.count < AccountLimits.passkeys else { throw AccountRefusal(.conflict) }
        let (email, known) = try self.opened { () throws(SealFailure) in
            var known: [[UInt8]] = []
            for passkey in passkeys { known.append(try passkey.credential.read(for: Authenticate.self, self.ledger)) }
            return (try account.email.read(for: Authenticate.self, self.ledger), known)
        }
        let challenge = self.challenges.make(
            for: .making(who.account), now: self.clock.wall(), using: &self.generator)
        return PasskeyCreation(
            challenge: challenge, rp: site.rp, user: who.account, name: Redacted(email), exclude: known)
    }

    /// One that a browser made.
    package func add(
        _ registration: PasskeyRegistration, of who: SignedIn, at site: PasskeySite
    ) async throws(AccountRefusal) -> PasskeyList {
        let now = self.clock.wall()
        let made: Passkey.Made
        do throws(PasskeyFailure) {
            let client = try ClientData(registration.clientData)
            guard self.challenges.holds(client.challenge, for: .making(who.account), now: now) else {
                throw .challenge
            }
            made = try Passkey.made(client, attestation: registration.attestation, at: site)
            guard self.challenges.spend(client.challenge, now: now) else { throw .challenge }
        } catch {
            throw AccountRefusal(.unauthorized)
        }
        let id: PasskeyID = self.random(16)
        let isKept = try await self.kept { store throws(StorageFailure) in
            try await store.add(made, as: id, of: who.account)
        }
        guard isKept else { throw AccountRefusal(.conflict) }
        return try await self.passkeys(who)
    }

    /// Takes one back.
    package func remove(_ passkey: PasskeyID, of who: SignedIn) async throws(AccountRefusal) {
        let isRemoved = try await self.kept { store throws(StorageFailure) in
            try await store.remove(passkey, of: who.account)
        }
        guard isRemoved else { throw AccountRefusal(.notFound) }
    }

    /// What a passkey has to sign.
    package func passkeyRequest(at site: PasskeySite) async -> PasskeyRequest {
        let challenge = self.challenges.make(for: .signIn, now: self.clock.wall(), using: &self.generator)
        return PasskeyRequest(challenge: challenge, rp: site.rp)
    }

    /// A passkey shows itself. It stands for both steps: its holder was verified by the device.
    package func signIn(
        _ assertion: PasskeyAssertion, at site: PasskeySite
    ) async throws(AccountRefusal) -> NewSession {
        let passkey = try await self.kept { store throws(StorageFailure) in
            try await store.passkey(assertion.credential)
        }
        guard let passkey else { throw AccountRefusal(.unauthorized) }
        let publicKey = try self.opened { () throws(SealFailure) in
            try passkey.publicKey.read(for: Authenticate.self, self.ledger)
        }
        let now = self.clock.wall()
        let count: UInt32
        do throws(PasskeyFailure) {
            let client = try ClientData(assertion.clientData)
            guard self.challenges.holds(client.challenge, for: .signIn, now: now) else { throw .challenge }
            count = try Passkey.check(
                client, assertion.clientData, authenticatorData: assertion.authenticatorData,
                signature: assertion.signature, publicKey: publicKey, signCount: passkey.signCount, at: site)
            guard self.challenges.spend(client.challenge, now: now) else { throw .challenge }
        } catch {
            throw AccountRefusal(.unauthorized)
        }
        let isUsed = try await self.kept { store throws(StorageFailure) in
            try await store.used(passkey, signCount: count)
        }
        guard isUsed else { throw AccountRefusal(.unauthorized) }
        return try await self.enter(try await self.existing(passkey.account))
    }
}
