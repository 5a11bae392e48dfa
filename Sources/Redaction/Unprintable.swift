/// A type whose values recognise a person, a meeting or a secret: it has no description, no debug text and no mirror, so
/// that no log line can hold it by accident.
package protocol Unprintable: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Unprintable {
    /// Always the same text.
    package var description: String { "{REDACTED}" }
    /// Always the same text.
    package var debugDescription: String { "{REDACTED}" }
    /// A mirror without children: `dump` and `String(reflecting:)` of a value that contains this one stay empty too.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
