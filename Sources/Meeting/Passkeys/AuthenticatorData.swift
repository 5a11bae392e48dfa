/// What an authenticator says and signs (WebAuthn §6.1). Every byte of it is accounted for.
package struct AuthenticatorData: Sendable {
    /// A credential that it has made.
    struct Made: Sendable {
        let id: [UInt8]
        /// The COSE key as it stands there.
        let key: [UInt8]
    }

    private enum Flag: UInt8 {
        case present = 0x01
        case verified = 0x04
        case mayBeBackedUp = 0x08
        case isBackedUp = 0x10
        case hasCredential = 0x40
        case hasExtensions = 0x80
    }

    /// The least that is known of: hash of the site, flags, counter.
    private static let headBytes = 37
    /// AAGUID and the length of an id.
    private static let credentialHeadBytes = 18

    let rpHash: [UInt8]
    private let flags: UInt8
    let signCount: UInt32
    let made: Made?

    /// Reads what an authenticator says.
    package init(_ bytes: [UInt8]) throws(PasskeyFailure) {
        guard bytes.count >= Self.headBytes else { throw .authenticatorData }
        self.rpHash = Array(bytes[..<32])
        self.flags = bytes[32]
        self.signCount = bytes[33..<37].reduce(0) { $0 << 8 | UInt32($1) }
        var end = Self.headBytes
        if Self.has(.hasCredential, bytes[32]) {
            let found = try Self.made(bytes, from: end)
            self.made = found.credential
            end = found.end
        } else {
            self.made = nil
        }
        if Self.has(.hasExtensions, bytes[32]) {
            var reader = CBORReader(bytes, from: end)
            guard case .map? = try? reader.value() else { throw .authenticatorData }
            end = reader.position
        }
        // A copy of what cannot be copied is none that there is (§6.1.3).
        guard end == bytes.count, !Self.has(.isBackedUp, self.flags) || Self.has(.mayBeBackedUp, self.flags) else {
            throw .authenticatorData
        }
    }

    /// Somebody touched it, and it made sure who.
    package var isVerified: Bool { Self.has(.present, self.flags) && Self.has(.verified, self.flags) }

    private static func has(_ flag: Flag, _ flags: UInt8) -> Bool { flags & flag.rawValue != 0 }

    private static func made(_ bytes: [UInt8], from start: Int) throws(PasskeyFailure) -> (credential: Made, end: Int) {
        guard bytes.count - start > Self.credentialHeadBytes else { throw .authenticatorData }
        let length = Int(bytes[start + 16]) << 8 | Int(bytes[start + 17])
        let idStart = start + Self.credentialHeadBytes
        // §4: an id has 1,023 bytes at most.
        guard (1...1_023).contains(length), length <= bytes.count - idStart else { throw .authenticatorData }
        let keyStart = idStart + length
        var reader = CBORReader(bytes, from: keyStart)
        guard (try? reader.value()) != nil else { throw .authenticatorData }
        let made = Made(id: Array(bytes[idStart..<keyStart]), key: Array(bytes[keyStart..<reader.position]))
        return (made, reader.position)
    }
}
