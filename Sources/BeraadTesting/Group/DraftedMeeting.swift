internal import Crypto
internal import E2EE
package import Signalling

/// What a host's client registers for a meeting, made by the engine: the same for the same id, time and seed. All of them
/// have one authority, so that links which are made later are of the same meeting.
package struct DraftedMeeting: Sendable {
    /// One personal link.
    package struct Ticket: Equatable, Sendable {
        /// What the server hands out.
        package let certificate: TicketCertificate
        /// By what it is asked for, and taken back.
        package let hash: TicketHash
        /// What stands behind # in the link.
        package let fragment: [UInt8]
    }

    /// What a meeting allows, other than usual.
    package enum Wish: CaseIterable, Sendable {
        /// Nothing.
        case plain
        /// Everybody with the link comes in.
        case open
        /// Those of an organisation come in.
        case members
        /// Nobody comes in.
        case closed
        /// A service that writes down what is said may be let in.
        case captions
        /// Members may record.
        case localRecording

        func fulfil(in draft: inout MeetingDraft) {
            switch self {
            case .plain: break
            case .open: draft.openDoor()
            case .members: draft.admission = .members
            case .closed: draft.admission = .closed
            case .captions: draft.services = .captions
            case .localRecording: draft.features.insert(.localRecording)
            }
        }
    }

    /// What the client sends.
    package let registration: InviteRegistration
    /// Its personal links.
    package let tickets: [Ticket]

    /// A text or a number of bytes that is none: the test is wrong.
    package struct Unexpected: Error {
        /// Says no more.
        package init() {}
    }

    /// A meeting from a minute before `unixSeconds` on, for an hour and more.
    package init(
        _ id: MeetingID, unixSeconds: UInt64 = TestMeeting.unix, seed: UInt64 = 1, tickets count: Int = 0,
        passcode: String? = nil, wish: Wish = .plain
    ) throws {
        let crypto = SeededCryptoProvider(seed: seed, hasRealKEM: true)
        let link = try Link(
            hostOf: id.decoded, inviteSecret: Secret(copying: [UInt8](repeating: 3, count: 16).span),
            authoritySeed: Secret(copying: [UInt8](repeating: 4, count: 32).span), crypto)
        var draft = MeetingDraft(notBefore: unixSeconds - 60, notAfter: unixSeconds + 7_200)
        wish.fulfil(in: &draft)
        let signed = try draft.signed(by: link, crypto)
        var tickets: [Ticket] = []
        for _ in 0..<count {
            let personal = try link.personal(
                [.enter], instance: 0, notBefore: unixSeconds - 60, notAfter: unixSeconds + 7_200, crypto)
            guard let certificate = TicketCertificate(personal.certificate.encoded),
                let key = try personal.link.publicKey(crypto)
            else { throw Unexpected() }
            tickets.append(
                Ticket(
                    certificate: certificate, hash: TicketHash(bytes: Array(SHA256.hash(data: key))),
                    fragment: personal.link.fragment()))
        }
        guard let descriptor = Descriptor(signed.meeting.encoded), let lobby = Descriptor(signed.lobby.encoded) else {
            throw Unexpected()
        }
        let invite = InviteID(bytes: InviteKeys(link.invite(crypto), crypto).identifier)
        self.tickets = tickets
        self.registration = InviteRegistration(
            inviteID: invite, capacity: 25, descriptor: descriptor, lobby: lobby,
            tickets: count == 0 ? nil : tickets.map(\.certificate), passcode: passcode.flatMap { Passcode($0) })
    }
}
