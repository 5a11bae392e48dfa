internal import Foundation

/// The e-mail address of an account, in one spelling for one mailbox.
package enum AccountEmail: Field {
    /// The address as `canonical` gives it.
    package typealias Value = String

    /// Its row.
    package static let entry = Entry.column(
        "account", "email", .account, .sealedPerSubject, for: .signIn + .rights, .whileAccount,
        readers: [.user, .admin], from: .theSubject,
        nl: "Waarmee iemand inlogt, en waaraan een beheerder ziet van wie een account is.",
        en: "What somebody signs in with, and how an admin sees whose account it is.")

    /// Bytes of the longest address (RFC 5321 §4.5.3.1, less the brackets).
    package static let bytesAtMost = 254

    /// One spelling for one mailbox: in small letters, composed (NFC), without space around. Nil for what is no
    /// address. No mail is sent, so an address is only held to its form; some servers tell large letters from small
    /// ones before the @, and nobody's two mailboxes differ in that.
    package static func canonical(_ typed: String) -> String? {
        let text = typed.trimmingCharacters(in: .whitespaces).lowercased().precomposedStringWithCanonicalMapping
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, text.utf8.count <= Self.bytesAtMost,
            text.unicodeScalars.allSatisfy({ !$0.properties.isWhitespace && $0.properties.generalCategory != .control })
        else { return nil }
        return text
    }
}

/// Who may read addresses.
package protocol MayReadAccountEmail: Purpose {}
extension Authenticate: MayReadAccountEmail {}
extension Authorise: MayReadAccountEmail {}

extension Personal where F == AccountEmail {
    /// The address.
    package func read<P: MayReadAccountEmail>(
        for purpose: P.Type, _ ledger: PurposeLedger
    ) throws(SealFailure) -> String {
        try self.open(for: purpose, ledger)
    }

    /// By what the account of the address is found.
    package func mark(_ keys: InstallationKeys, _ ledger: PurposeLedger) throws(SealFailure) -> [UInt8] {
        keys.mark(.email, Array(try self.read(for: Authenticate.self, ledger).utf8))
    }
}
