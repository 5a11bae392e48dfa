internal import Crypto
package import Signalling
internal import Wire

/// A meeting's passcode as the server keeps it: HMAC-SHA-256 under a key of the installation, with the meeting's id. Eight
/// digits are soon tried by whoever has the hash and the key; whoever has the database alone has no key.
package struct PasscodeHash: Equatable, Sendable {
    /// How many bytes there are.
    package static let byteCount = 32

    /// The bytes.
    package let bytes: [UInt8]

    init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    fileprivate init(_ passcode: Passcode, of meeting: MeetingID, _ key: SymmetricKey) {
        // The id has one length, so no two pairs are the same bytes.
        let named = meeting.decoded + Array(passcode.text.utf8)
        self.bytes = Array(HMAC<SHA256>.authenticationCode(for: named, using: key))
    }

    /// Whether somebody typed the passcode of that meeting, in a time that does not tell where it differs.
    package func matches(_ passcode: Passcode, of meeting: MeetingID, _ key: PasscodeKey) -> Bool {
        equalInConstantTime(self.bytes, key.hash(passcode, of: meeting).bytes)
    }
}

/// What passcodes are hashed under. It follows from the secret of the installation, and is the same after a restart.
package struct PasscodeKey: Sendable {
    private let key: SymmetricKey

    /// From at least 32 random bytes (HKDF, RFC 5869).
    package init(installationSecret: [UInt8]) {
        self.key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: installationSecret), info: Array("Beraad 1 passcodes".utf8),
            outputByteCount: PasscodeHash.byteCount)
    }

    /// What is kept of a meeting's passcode.
    package func hash(_ passcode: Passcode, of meeting: MeetingID) -> PasscodeHash {
        PasscodeHash(passcode, of: meeting, self.key)
    }
}
