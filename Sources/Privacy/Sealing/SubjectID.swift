internal import Redaction

/// Whose key it is: 16 random bytes, the same that stand for the account in the database.
package struct SubjectID: Hashable, Sendable, Unprintable {
    /// How many bytes there are.
    package static let byteCount = 16

    /// The bytes.
    package let bytes: [UInt8]

    /// Nil for any other number of bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }
}
