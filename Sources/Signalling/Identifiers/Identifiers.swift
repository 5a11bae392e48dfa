internal import Redaction

/// A meeting: 16 random bytes, chosen by the server, part of the link.
package struct MeetingID: Identifier {
    /// 16 bytes.
    package static let form = TextForm.bytes(16)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// Proof of holding the link's fragment (`e2ee.md` 3.1): derived by the client, compared by the server.
package struct InviteID: Identifier {
    /// 16 bytes.
    package static let form = TextForm.bytes(16)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// What is asked beside the link: 6 to 16 letters or digits, told another way than the link. Case counts. Four digits would be
/// found within a day in the tries that there are (`PasscodeGuesses`).
package struct Passcode: Identifier {
    /// Programs make eight digits; people may choose.
    package static let form = TextForm.alphanumeric(6...16)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// A participant of one meeting: 16 random bytes, new at each join.
package struct ParticipantID: Identifier {
    /// 16 bytes.
    package static let form = TextForm.bytes(16)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// Lets a dropped connection take its old seat: 32 random bytes.
package struct ResumeToken: Identifier {
    /// 32 bytes.
    package static let form = TextForm.bytes(32)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// Lets the creator of a meeting register its invite: 32 random bytes.
package struct CreationToken: Identifier {
    /// 32 bytes.
    package static let form = TextForm.bytes(32)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// A sealed file that lies on the server: 16 random bytes, chosen by the server.
package struct BlobID: Identifier {
    /// 16 bytes.
    package static let form = TextForm.bytes(16)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// Lets one participant bring, or fetch, one sealed file: 32 random bytes.
package struct BlobToken: Identifier {
    /// 32 bytes.
    package static let form = TextForm.bytes(32)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// A description that the meeting's authority signed; what stands in it is read elsewhere.
package struct Descriptor: Identifier {
    /// No honest one is larger.
    package static let form = TextForm.base64(1...16_384)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }

    /// The description of some bytes; nil when there are none, or too many.
    package init?(_ bytes: [UInt8]) { self.init(Base64URL.encode(bytes)) }

    /// Its bytes.
    package var bytes: [UInt8] { Base64URL.decode(self.text) ?? [] }
}

/// The certificate of a personal link; what stands in it is read elsewhere.
package struct TicketCertificate: Identifier {
    /// All have one length.
    package static let form = TextForm.base64(179...179)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }

    /// The certificate of some bytes; nil for any other number of them.
    package init?(_ bytes: [UInt8]) { self.init(Base64URL.encode(bytes)) }

    /// Its bytes.
    package var bytes: [UInt8] { Base64URL.decode(self.text) ?? [] }
}

/// The key of a personal link, for taking the link back: SHA-256 of it.
package struct TicketHash: Identifier {
    /// 32 bytes.
    package static let form = TextForm.bytes(32)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// A section of somebody's connection that sends: `p` and a number, the same for as long as its owner is in.
package struct PublicationID: Identifier {
    /// `p1`, `p2`, …
    package static let form = TextForm.publication
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }

    /// The publication with a number.
    package init(number: UInt32) { self.text = "p\(number)" }
}

/// The media identification of a section (RFC 5888), chosen by the client.
package struct Mid: Identifier {
    /// The parser takes what RFC 8843 allows; an offer is held to 2 characters.
    package static let form = TextForm.token(1...16)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// Name of a simulcast encoding (RFC 8851).
package struct RID: Identifier {
    /// Short names only.
    package static let form = TextForm.token(1...16)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}

/// What a person without an account finds a row of theirs by: the first 16 bytes of HMAC-SHA-256 under their receipt code
/// (`privacy.md` 5.4). It is not told whose it is.
package struct ReceiptTag: Identifier {
    /// 16 bytes.
    package static let form = TextForm.bytes(16)
    /// The text on the wire.
    package let text: String
    /// Takes a checked text.
    package init(unchecked text: String) { self.text = text }
}
