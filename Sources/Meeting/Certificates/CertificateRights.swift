/// What the subject of a certificate may do (`e2ee.md` 3.2).
package struct CertificateRights: OptionSet, Hashable, Sendable {
    /// The bits.
    package let rawValue: UInt16

    /// Rights from their bits.
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Let people in.
    package static let admit = Self(rawValue: 0x01)
    /// Take people out.
    package static let eject = Self(rawValue: 0x02)
    /// Start services.
    package static let services = Self(rawValue: 0x08)
    /// Make rooms beside the meeting.
    package static let breakout = Self(rawValue: 0x10)
    /// Say who may send what, and stop it.
    package static let moderate = Self(rawValue: 0x20)
    /// Issue certificates.
    package static let delegate = Self(rawValue: 0x40)
    /// Come in without waiting.
    package static let enter = Self(rawValue: 0x80)
    /// What an acting host may (`e2ee.md` 3.2, effective role).
    static let actingHost = Self(rawValue: 0x37)
}
