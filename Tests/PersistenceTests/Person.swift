import BeraadTesting
import Foundation
import Meeting
import Persistence
import Privacy
import Signalling
import Testing

/// Somebody with an account, made from one number.
struct Person {
    let number: UInt8
    let id: AccountID
    let token: LinkToken
    let session: SessionToken
    /// Of the meetings that they plan.
    let creation: CreationToken

    init(_ number: UInt8) {
        self.number = number
        self.id = AccountID(bytes: [UInt8](repeating: number, count: 16))
        self.token = LinkToken(bytes: [UInt8](repeating: number, count: 32))
        self.session = SessionToken(bytes: [UInt8](repeating: number, count: 32))
        self.creation = CreationToken(bytes: [UInt8](repeating: number, count: 32))
    }

    var email: String { "person-\(self.number)@example.org" }
    var name: String { "Person \(self.number)" }
    static let verifier = "a verifier as long as one of scrypt is, more or less"

    var new: NewAccount {
        NewAccount(
            id: self.id, email: Personal(self.email), name: Personal(self.name), password: Personal(Self.verifier))
    }

    /// An account, with a link of its own.
    @discardableResult
    func enter(_ store: Store, _ roles: Roles = [.host], now: WallTime = Self.now) async throws -> Store.Creation {
        try await store.add(self.token, .invitation, roles: roles, now: now)
        return try await store.create(self.new, with: self.token, now: now)
    }

    static let now = WallTime(seconds: 1_800_000_000)
}

extension RegisteredMeeting {
    static let passcodes = PasscodeKeys(installationSecret: [UInt8](repeating: 7, count: 32))

    /// What a host's client registers for a meeting, as the server keeps it.
    init(drafted: DraftedMeeting, for id: MeetingID) throws {
        guard let meeting = RegisteredMeeting(drafted.registration, for: id, Self.passcodes) else {
            throw DraftedMeeting.Unexpected()
        }
        self = meeting
    }
}

extension Store {
    /// What is kept of a planned meeting that can be joined.
    func registered(_ id: MeetingID, now: WallTime = Person.now) async throws -> RegisteredMeeting? {
        guard let sealed = try await self.registration(of: id, now: now) else { return nil }
        return RegisteredMeeting(stored: try sealed.read(for: ProvideMeeting.self, PurposeLedger()))
    }

    /// Opens a folder of a test.
    init(_ folder: TestFolder, witness: (@Sendable () -> Void)? = nil) throws {
        try self.init(in: folder.url, ledger: PurposeLedger(), witness: witness)
    }

    /// Signs somebody in, by the password as it is now.
    func begin(_ token: SessionToken, of id: AccountID, now: WallTime) async throws {
        let account = try #require(try await self.account(id))
        let isIn = try await self.begin(token, of: account, now: now)
        try #require(isIn)
    }
}

extension StoredAccount {
    /// What a test can compare.
    var plain: String {
        get throws {
            let ledger = PurposeLedger()
            let email = try self.email.read(for: Authenticate.self, ledger)
            let name = try self.name.read(for: ProvideMeeting.self, ledger)
            let password = try self.password.read(for: Authenticate.self, ledger)
            return "\(email) \(name) \(password) \(self.roles.rawValue)"
        }
    }
}
