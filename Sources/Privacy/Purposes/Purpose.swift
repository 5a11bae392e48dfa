/// A purpose as a type: what a field may be read for is then a question for the compiler (`privacy.md` 6.1).
package protocol Purpose: Sendable {
    /// The same purpose as a value.
    static var name: PurposeName { get }
}

/// To know who signs in.
package enum Authenticate: Purpose {
    /// The same purpose as a value.
    package static let name = PurposeName.authenticate
}

/// To give and take rights.
package enum Authorise: Purpose {
    /// The same purpose as a value.
    package static let name = PurposeName.authorise
}

/// To make a meeting possible.
package enum ProvideMeeting: Purpose {
    /// The same purpose as a value.
    package static let name = PurposeName.provideMeeting
}
