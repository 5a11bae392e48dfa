/// What a value looks like on the wire, as data: the TypeScript declarations, the samples of the tests and the OpenAPI
/// document are made from it. The same declaration makes the reader and the writer, so they cannot drift apart.
package indirect enum Outline: Equatable, Sendable {
    /// A string.
    case text(TextForm)
    /// A whole number within bounds.
    case whole(ClosedRange<Int>)
    /// `true` or `false`.
    case bool
    /// One of these words.
    case choice([String])
    /// An array of at most so many elements.
    case list(Outline, atMost: Int)
    /// The value or `null`.
    case nullable(Outline)
    /// A string type with a name of its own, such as an id.
    case named(String, TextForm)
    /// An object with these fields and no others.
    case record(RecordOutline)
    /// Objects told apart by `type` (and by `area`, for a message).
    case union(UnionOutline)
}

/// An object.
package struct RecordOutline: Equatable, Sendable {
    /// The name in TypeScript.
    package let name: String
    /// Its fields in the order they are written.
    package let fields: [FieldOutline]
}

/// One field of an object.
package struct FieldOutline: Equatable, Sendable {
    /// Whether a field may be left out.
    package enum Presence: Sendable {
        /// Always there.
        case required
        /// May be absent, but is never `null` for that.
        case optional
    }

    /// The name on the wire.
    package let name: String
    /// What it holds.
    package let outline: Outline
    /// Whether it may be left out.
    package let presence: Presence
}

/// A closed union.
package struct UnionOutline: Equatable, Sendable {
    /// The name in Swift and in TypeScript.
    package let name: String
    /// The area of a message; nil for a union inside one.
    package let area: String?
    /// Its cases.
    package let cases: [CaseOutline]
}

/// One case of a union.
package struct CaseOutline: Equatable, Sendable {
    /// The value of `type`.
    package let type: String
    /// Fields beside `area` and `type`.
    package let fields: [FieldOutline]
}
