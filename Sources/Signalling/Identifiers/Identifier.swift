package import Redaction

/// An id or a secret that travels as text of a fixed form. It compares and hashes, and is never printed: whoever needs
/// the text for the wire asks for `text`.
package protocol Identifier: Hashable, Sendable, Unprintable {
    /// What its text looks like.
    static var form: TextForm { get }
    /// The text as it stands on the wire.
    var text: String { get }
    /// Takes a text that was already found to have the form.
    init(unchecked text: String)
}

extension Identifier {
    /// Takes a text of the right form, from wherever it comes.
    package init?(_ text: String) {
        guard Self.form.admits(text) else { return nil }
        self.init(unchecked: text)
    }

    /// An id from bytes; there must be as many as its form says.
    package init(bytes: [UInt8]) {
        let text = Base64URL.encode(bytes)
        precondition(Self.form.admits(text), "an id is made from as many bytes as its form says")
        self.init(unchecked: text)
    }
}
