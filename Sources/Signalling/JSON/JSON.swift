/// A JSON value as signalling uses it: whole numbers only, members in the order they were written.
package enum JSON: Equatable, Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A whole number within ±2^53, which JavaScript holds exactly.
    case whole(Int)
    /// A string of valid Unicode.
    case text(String)
    /// An array.
    case list([JSON])
    /// An object; no name stands twice in what was parsed.
    case object([JSONMember])
}

/// One member of an object.
package struct JSONMember: Equatable, Sendable {
    /// The name.
    package let name: String
    /// The value.
    package let value: JSON

    /// A member.
    package init(_ name: String, _ value: JSON) {
        self.name = name
        self.value = value
    }
}

extension [JSONMember] {
    /// The value of the member called `name`.
    package subscript(name: String) -> JSON? {
        self.first { $0.name == name }?.value
    }
}
