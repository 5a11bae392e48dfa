extension Entry {
    /// Whom data is about. The list is that of `privacy.md` 2.1.
    package enum Subject: Sendable {
        case user, guest, host, invitee, registrant, staff, none

        /// Whoever acts without an account, and so finds what is kept of them by a receipt code alone (`privacy.md` 4.3).
        package var isFoundByReceipt: Bool { self == .guest || self == .registrant }
    }

    /// How something lies in its place.
    package enum Form: Equatable, Sendable {
        /// As it is.
        case clear
        /// AES-256-GCM under the key of the person it is about; without that key it is noise (`privacy.md` 3.5).
        case sealedPerSubject
        /// Only members of a meeting hold the key; the server never had it.
        case memberCiphertext
        /// HMAC-SHA-256 under a key of this installation: to be found again, not to be read.
        case keyedHash
        /// The same under a code that only the person it is about holds, cut to 16 bytes: they find what is kept of them by it,
        /// and nobody else can tell whose it is (`privacy.md` 5.4).
        case receiptTag
    }

    /// As whom data is kept. A controller of its own the supplier would be only for further processing, and the list of
    /// that is empty (`privacy.md` 6.4).
    package enum Role: Sendable {
        case processor
    }

    /// Where in the world something is.
    package enum Region: Sendable {
        /// Where the installation is.
        case installation
        /// On the person's own device.
        case device
        /// In memory of the installation.
        case memory
    }

    /// Who may see something in the product (`privacy.md` 1).
    package enum Reader: Sendable {
        case guest, user, host, keyHolder, admin, privacyOfficer, supportEngineer, delegatedOperator, operatorOfMachine
        case reviewer
    }

    /// From whom data comes (GDPR Art. 15(1)(g)).
    package enum Source: Sendable {
        case theSubject, anotherPerson, identityProvider, computed
    }

    /// A purpose with its legal basis.
    package struct Use: Equatable, Sendable {
        /// What for.
        package let purpose: PurposeName
        /// By which right.
        package let basis: LegalBasis

        /// A purpose with its legal basis.
        package init(_ purpose: PurposeName, _ basis: LegalBasis) {
            self.purpose = purpose
            self.basis = basis
        }
    }

    /// Why a field is needed, and why so long, in both languages.
    package struct Necessity: Equatable, Sendable {
        /// How long a sentence may be: long enough to say something, short enough to be read.
        package static let characters = 20...300

        /// Dutch, written first.
        package let nl: String
        /// English.
        package let en: String

        /// Why a field is needed.
        package init(nl: String, en: String) {
            self.nl = nl
            self.en = en
        }
    }
}
