/// A value that may not leak: a name, an address, a key. Whatever prints it, prints `{REDACTED}`; code that must send it
/// on asks for `exposed` by name, which is easy to find in a review.
package struct Redacted<Value> {
    /// The value itself. Not for log lines.
    package var exposed: Value

    /// Hides `value`.
    package init(_ value: Value) { self.exposed = value }
}

extension Redacted: Sendable where Value: Sendable {}
extension Redacted: Equatable where Value: Equatable {}
extension Redacted: Hashable where Value: Hashable {}

extension Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always the same eleven characters.
    package var description: String { "{REDACTED}" }
    /// Always the same eleven characters.
    package var debugDescription: String { "{REDACTED}" }
    /// Nothing to look into: `dump` and string interpolation of a surrounding type go through here.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
