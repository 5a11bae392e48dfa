/// Why bytes are not a message. It names at most a field of our own schema and never repeats what was sent, so it may
/// stand in a log line.
package enum Malformed: Error, Equatable, Sendable {
    /// More bytes than a message may have.
    case tooLong
    /// Not JSON, or JSON we do not take: fractions, lone surrogates, a name twice, bytes after the end.
    case notJSON
    /// Nested deeper, or more members, than any message needs.
    case tooDeep
    /// `area` is missing or names none of ours.
    case unknownArea
    /// `type` is missing or names none of its area.
    case unknownType
    /// A required field is missing.
    case missing(field: StaticName)
    /// A field has another type, or is outside its bounds.
    case wrong(field: StaticName)
    /// A field that the schema does not have.
    case unknownField
}

/// A name from our own sources: a field of a schema, never text of a peer.
package struct StaticName: Equatable, Sendable, CustomStringConvertible {
    /// The name as it stands in the schema.
    package let description: String

    /// Only the fields of this module make names.
    init(_ name: String) {
        self.description = name
    }
}
