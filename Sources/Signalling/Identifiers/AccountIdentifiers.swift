internal import Redaction

/// An account: 16 random bytes. Passkeys know it as the user handle, which must say nothing about anybody.
package struct AccountID: Identifier {
    /// 16 bytes.
    package static let form = TextForm.bytes(16)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// A passkey of an account, for taking it back: 16 random bytes of the server's own.
package struct PasskeyID: Identifier {
    /// 16 bytes.
    package static let form = TextForm.bytes(16)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// Somebody is signed in: 32 random bytes, in a cookie.
package struct SessionToken: Identifier {
    /// 32 bytes.
    package static let form = TextForm.bytes(32)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// The password was right, and a second step is needed yet: 32 random bytes, for minutes.
package struct StepToken: Identifier {
    /// 32 bytes.
    package static let form = TextForm.bytes(32)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// What stands behind # in a one-time link: 32 random bytes.
package struct LinkToken: Identifier {
    /// 32 bytes.
    package static let form = TextForm.bytes(32)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// What a passkey signs, once: 32 bytes that only this server makes.
package struct PasskeyChallenge: Identifier {
    /// 32 bytes.
    package static let form = TextForm.bytes(32)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

extension Identifier {
    /// The bytes of an id whose form is of bytes.
    package var decoded: [UInt8] {
        guard let bytes = Base64URL.decode(self.text) else {
            preconditionFailure("only ids made of bytes are asked for them")
        }
        return bytes
    }
}
