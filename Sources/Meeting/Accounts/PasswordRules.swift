internal import Foundation

/// What a new password may be: long enough, and not the address. No rules about digits and signs, which people answer
/// with `Welcome1!` (NIST SP 800-63B §5.1.1.2).
package enum PasswordRules {
    /// Unicode scalars after composition (NFC).
    package static let length = 12...128

    /// What is wrong with a new password.
    package enum Fault: Equatable, Sendable {
        case tooShort, tooLong, isAddress
    }

    /// Nil = it will do. `address` is the account's, in small letters.
    package static func fault(of typed: String, address: String) -> Fault? {
        let composed = typed.precomposedStringWithCanonicalMapping
        let count = composed.unicodeScalars.count
        if count < Self.length.lowerBound { return .tooShort }
        if count > Self.length.upperBound { return .tooLong }
        return composed.lowercased().precomposedStringWithCanonicalMapping == address ? .isAddress : nil
    }

    /// The bytes that are hashed: the same ones whatever keyboard composed the letters.
    package static func bytes(of typed: String) -> [UInt8] {
        Array(typed.precomposedStringWithCanonicalMapping.utf8)
    }
}
