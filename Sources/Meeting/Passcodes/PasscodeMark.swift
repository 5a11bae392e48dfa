internal import Crypto
internal import Redaction
package import Signalling

/// What is kept of a passcode: HMAC-SHA256 under the meeting's key, so that neither memory nor disk holds the code. Eight
/// digits are guessed from key and code in a moment: it hides the passcode from whoever reads past it, no more.
package struct PasscodeMark: Equatable, Sendable, Unprintable {
    private static let keyBytes = 32
    /// Key, then code: 64 bytes.
    package let bytes: [UInt8]

    /// The mark of a passcode, with a new key.
    package init(_ passcode: Passcode, using generator: inout some RandomNumberGenerator) {
        var key: [UInt8] = []
        for _ in 0..<Self.keyBytes { key.append(UInt8.random(in: .min ... .max, using: &generator)) }
        self.init(passcode, key: key)
    }

    /// The mark of a passcode under a key of 32 bytes.
    init(_ passcode: Passcode, key: [UInt8]) {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(passcode.text.utf8), using: SymmetricKey(data: key))
        self.bytes = key + Array(code)
    }

    /// One that was kept; nil for any other number of bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.keyBytes + SHA256.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Whether this is it, in a time that does not tell how close it came.
    package func matches(_ passcode: Passcode) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(
            Array(self.bytes.dropFirst(Self.keyBytes)), authenticating: Array(passcode.text.utf8),
            using: SymmetricKey(data: Array(self.bytes.prefix(Self.keyBytes))))
    }
}
