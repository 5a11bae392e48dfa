import E2EE
import Foundation
import Signalling
import Testing

/// What the creator of a meeting has: its links, and what it registers. Every meeting has the same secrets; each server
/// under test is new.
struct TestMeeting: Equatable {
    /// Who comes with which link.
    enum Role {
        case host, guest
        /// With a link of their own.
        case person(fragment: [UInt8])
    }

    let id: MeetingID
    let invite: InviteID
    let registration: InviteRegistration
    /// Seconds, as the descriptions were made.
    let unix: UInt64
    private let host: [UInt8]
    private let guest: [UInt8]

    /// The descriptions of a meeting; spoiled ones are not what the authority signed.
    init(_ id: MeetingID, capacity: Int = 25, spoiled: Bool = false, passcode: String? = nil) throws {
        let crypto = SwiftCryptoProvider()
        let link = try Link(
            hostOf: try #require(Signalling.Base64URL.decode(id.text)),
            inviteSecret: Secret(copying: [UInt8](repeating: 3, count: 16).span),
            authoritySeed: Secret(copying: [UInt8](repeating: 4, count: 32).span), crypto)
        let unix = UInt64(Date.now.timeIntervalSince1970)
        let signed = try MeetingDraft(notBefore: unix - 60, notAfter: unix + 3_600).signed(by: link, crypto)
        var descriptor = signed.meeting.encoded
        if spoiled { descriptor[60] ^= 1 }
        let invite = InviteID(bytes: InviteKeys(link.invite(crypto), crypto).identifier)
        self.id = id
        self.invite = invite
        self.registration = InviteRegistration(
            inviteID: invite, capacity: capacity, descriptor: try #require(Descriptor(descriptor)),
            lobby: try #require(Descriptor(signed.lobby.encoded)),
            passcode: try passcode.map { try #require(Passcode($0)) })
        self.unix = unix
        self.host = link.fragment()
        self.guest = link.guestFragment()
    }

    /// The id as it stands in a link.
    var path: [UInt8] { Array(self.id.text.utf8) }

    /// What stands behind # in somebody's link.
    func fragment(of role: Role) -> [UInt8] {
        switch role {
        case .host: self.host
        case .guest: self.guest
        case .person(let fragment): fragment
        }
    }
}
