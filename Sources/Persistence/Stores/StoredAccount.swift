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
    package let password: Personal<PasswordVerifier>
    /// What its holder is.
    package let roles: Roles

    static let columns = "id, email, name, password, roles"

    init(_ row: Row, _ keys: any KeyStore) throws {
        let id = try row.id("id", AccountID.self)
        guard let roles = Roles(stored: try row.number("roles")) else { throw StorageFailure.damaged }
        let key = try keys.key(of: id.subject)
        self.id = id
        self.email = Personal(sealed: try row.bytes("email"), row: id.decoded, key: key)
        self.name = Personal(sealed: try row.bytes("name"), row: id.decoded, key: key)
        self.password = Personal(sealed: try row.bytes("password"), row: id.decoded, key: key)
        self.roles = roles
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
