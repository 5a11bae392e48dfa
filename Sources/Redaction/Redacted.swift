/// A value that may not leak: a name, an address, a key. Whatever prints it prints `{REDACTED}`; code that must send it
/// on asks for `exposed` by name, which is easy to find in a review.
package struct Redacted<Value> {
    /// The value itself. Not for log lines.
    package var exposed: Value

    /// Hides `value`.
    package init(_ value: Value) { self.exposed = value }
}

extension Redacted: Unprintable {}
extension Redacted: Sendable where Value: Sendable {}
extension Redacted: Equatable where Value: Equatable {}
extension Redacted: Hashable where Value: Hashable {}
