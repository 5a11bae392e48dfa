import Foundation
import Meeting
import Persistence
import Privacy
import Signalling

/// Somebody with an account, made from one number.
struct Person {
    let number: UInt8
    let id: AccountID
    let token: LinkToken
    let session: SessionToken

    init(_ number: UInt8) {
        self.number = number
        self.id = AccountID(bytes: [UInt8](repeating: number, count: 16))
        self.token = LinkToken(bytes: [UInt8](repeating: number, count: 32))
        self.session = SessionToken(bytes: [UInt8](repeating: number, count: 32))
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

extension Store {
    /// Opens a folder of a test.
    init(_ folder: TestFolder, witness: (@Sendable () -> Void)? = nil) throws {
        try self.init(in: folder.url, ledger: PurposeLedger(), witness: witness)
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
