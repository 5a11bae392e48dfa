package import Redaction

/// What an app makes its codes from, shown once. It counts only after a first code was given.
package struct CodeOffer: Equatable, Sendable {
    /// 20 bytes in base 32 (RFC 4648 §6), as apps take it.
    package var secret: Redacted<String>

    /// What an app makes its codes from.
    package init(secret: Redacted<String>) { self.secret = secret }
}

extension CodeOffer: RecordBody {
    static let record = Record<Self>(
        "CodeOffer", Self.init, .required("secret", \.secret, .redacted(.token(32...32))))
}

/// A first code of the app.
package struct CodeConfirmation: Equatable, Sendable {
    /// As it was typed.
    package var code: Redacted<String>

    /// A first code of the app.
    package init(code: Redacted<String>) { self.code = code }
}

extension CodeConfirmation: RecordBody {
    static let record = Record<Self>(
        "CodeConfirmation", Self.init, .required("code", \.code, .redacted(AccountLimits.code)))
}

/// For a day without the app, shown once; each works once.
package struct RecoveryCodes: Equatable, Sendable {
    /// Four groups of four letters and digits.
    package var codes: [Redacted<String>]

    /// For a day without the app.
    package init(codes: [Redacted<String>]) { self.codes = codes }
}

extension RecoveryCodes: RecordBody {
    static let record = Record<Self>(
        "RecoveryCodes", Self.init,
        .required("codes", \.codes, .list(.redacted(.token(19...19)), atMost: AccountLimits.recoveryCodes)))
}
