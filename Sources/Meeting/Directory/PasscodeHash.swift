internal import Crypto
internal import Redaction
package import Signalling

/// A meeting's passcode as the server keeps it: HMAC-SHA-256 under the meeting's own key. Eight digits are soon tried by
/// whoever has the hash and the key; whoever has the database alone has no key.
package struct PasscodeHash: Equatable, Sendable, Unprintable {
    /// How many bytes there are.
    package static let byteCount = 32

    /// The bytes.
    package let bytes: [UInt8]

    init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    fileprivate init(_ passcode: Passcode, under key: [UInt8]) {
        self.bytes = Array(
            HMAC<SHA256>.authenticationCode(for: Array(passcode.text.utf8), using: SymmetricKey(data: key)))
    }
}

/// What passcodes are hashed under: a key for each meeting, from the secret of the installation and so the same after a
/// restart.
package struct PasscodeKeys: Sendable {
    private let root: SymmetricKey

    /// From at least 32 random bytes.
    package init(installationSecret: [UInt8]) {
        self.root = SymmetricKey(data: installationSecret)
    }

    /// The 32 bytes of one meeting: what HMAC-SHA-256 makes of its id, which nobody without the secret can.
    package func key(of meeting: MeetingID) -> [UInt8] {
        Array(
            HMAC<SHA256>.authenticationCode(for: Array("Beraad 1 passcodes".utf8) + meeting.decoded, using: self.root))
    }

    /// What is kept of a meeting's passcode.
    package func hash(_ passcode: Passcode, of meeting: MeetingID) -> PasscodeHash {
        PasscodeHash(passcode, under: self.key(of: meeting))
    }

    /// What is kept of a passcode that a host set; nil where it was hashed under another key than the meeting's.
    package func hash(of mark: PasscodeMark, in meeting: MeetingID) -> PasscodeHash? {
        let key = self.key(of: meeting)
        return mark.bytes.starts(with: key) ? PasscodeHash(Array(mark.bytes.dropFirst(key.count))) : nil
    }

    /// What a meeting's door checks by; nil where no passcode is asked.
    package func mark(of meeting: RegisteredMeeting) -> PasscodeMark? {
        meeting.passcode.flatMap { PasscodeMark(bytes: self.key(of: meeting.id) + $0.bytes) }
    }
}
