internal import GRDB
package import Meeting
package import Privacy
package import Signalling

/// An account as it is kept.
package struct StoredAccount: Sendable {
    /// Its id.
    package let id: AccountID
    /// Its address.
    package let email: Personal<AccountEmail>
    /// Its holder's name.
    package let name: Personal<AccountName>
    /// What passwords are checked against.
    package private(set) var password: Personal<PasswordVerifier>
    /// What its holder is.
    package let roles: Roles
    /// The same verifier as it lies in the row, where no two are ever the same bytes. Whoever was let in by this one is let
    /// in only as long as no other stands in its place.
    package private(set) var sealedPassword: [UInt8]

    /// When its password was renewed by a link last; nil for never.
    package let renewed: WallTime?

    static let columns = "id, email, name, password, roles, renewed_at"

    init(_ row: Row, _ keys: any KeyStore) throws {
        let id = try row.id("id", AccountID.self)
        guard let roles = Roles(stored: try row.number("roles")) else { throw StorageFailure.damaged }
        let key = try keys.key(of: id.subject)
        self.id = id
        self.email = Personal(sealed: try row.bytes("email"), row: id.decoded, key: key)
        self.name = Personal(sealed: try row.bytes("name"), row: id.decoded, key: key)
        self.sealedPassword = try row.bytes("password")
        self.password = Personal(sealed: self.sealedPassword, row: id.decoded, key: key)
        self.roles = roles
        self.renewed = try row.numberIfAny("renewed_at").map { WallTime(seconds: $0) }
    }

    /// The same account with another verifier.
    func with(_ password: Personal<PasswordVerifier>, sealed: [UInt8]) -> Self {
        var account = self
        account.password = password
        account.sealedPassword = sealed
        return account
    }
}

/// An account that is to be kept.
package struct NewAccount: Sendable {
    /// Its id, new and random.
    package let id: AccountID
    /// Its address, in its one spelling.
    package let email: Personal<AccountEmail>
    /// Its holder's name.
    package let name: Personal<AccountName>
    /// What passwords are checked against.
    package let password: Personal<PasswordVerifier>

    /// An account that is to be kept.
    package init(
        id: AccountID, email: Personal<AccountEmail>, name: Personal<AccountName>, password: Personal<PasswordVerifier>
    ) {
        self.id = id
        self.email = email
        self.name = name
        self.password = password
    }
}
