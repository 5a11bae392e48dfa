internal import E2EE
internal import NIOHTTP1
package import Signalling

/// Makes a meeting: the server gives the id, this client makes the secrets and signs what the meeting is, and the server
/// learns only the invite id and the two signed descriptions. A fragment never leaves this process but as text for the
/// person who asked.
public enum MeetingCreation {
    /// Seconds: a meeting can be entered from an hour ago on, as clocks differ, and for a week.
    private static let earlySeconds: UInt64 = 3_600
    private static let lateSeconds: UInt64 = 7 * 86_400

    /// A new meeting's links.
    public struct Links: ~Copyable, Sendable {
        /// The host's; guests' is made from it.
        public let host: MeetingLink
        /// Personal links, as text.
        public let personal: [String]
    }

    /// Creates a meeting for `capacity` people, 1 to 100, with as many personal links as are wanted, 0 to 100. Whoever has
    /// one of those need not wait when `mayEnter`. The topic, at most 512 bytes, is read with a link alone. Newcomers with the
    /// guest link are asked for the passcode, if there is one. Services of other sorts can never come in.
    package static func create(
        on server: ServerAddress, capacity: Int, door: MeetingDoor = .waiting, personal: Int = 0,
        mayEnter: Bool = false, topic: String = "", passcode: Passcode? = nil, services: [ServiceSort] = []
    ) async throws(ClientFailure) -> Links {
        let answer = try await HTTPExchange(address: server, method: .POST, path: "/api/v1/meetings").run()
        try Self.check(answer)
        guard let created = try? MeetingCreated(decoding: answer.body),
            let meetingID = E2EE.Base64URL.decode(Array(created.id.text.utf8).span)
        else { throw .notBeraad }

        let link = try Self.link(meetingID)
        let tickets = try Self.tickets(link, personal, mayEnter: mayEnter)
        var registration = try Self.registration(link, capacity: capacity, door, topic, services.set)
        registration.passcode = passcode
        if !tickets.isEmpty { registration.tickets = tickets.compactMap { TicketCertificate($0.certificate) } }
        let registered = try await HTTPExchange(
            address: server, method: .PUT, path: "/api/v1/meetings/\(created.id.text)/invite",
            headers: [("Authorization", "Bearer \(created.token.text)"), ("Content-Type", "application/json")],
            body: Array(registration.encoded.utf8)
        ).run()
        try Self.check(registered)
        let texts = tickets.map { ticket in
            "\(server.origin)/m/\(created.id.text)#" + String(decoding: ticket.fragment, as: UTF8.self)
        }
        return Links(host: MeetingLink(server: server, link: link), personal: texts)
    }

    /// Fragments of personal links, with the certificates the server keeps.
    private static func tickets(
        _ link: borrowing Link, _ count: Int, mayEnter: Bool
    ) throws(ClientFailure) -> [(fragment: [UInt8], certificate: [UInt8])] {
        let now = MediaClock.unixMilliseconds() / 1_000
        var tickets: [(fragment: [UInt8], certificate: [UInt8])] = []
        do throws(E2EEError) {
            for _ in 0..<count {
                let ticket = try link.personal(
                    mayEnter ? [.enter] : [], instance: 0, notBefore: now - min(now, Self.earlySeconds),
                    notAfter: now + Self.lateSeconds, SwiftCryptoProvider())
                tickets.append((ticket.link.fragment(), ticket.certificate.encoded))
            }
        } catch {
            throw .system
        }
        return tickets
    }

    private static func link(_ meetingID: [UInt8]) throws(ClientFailure) -> Link {
        do throws(E2EEError) { return try Link(newMeeting: meetingID, SwiftCryptoProvider()) } catch { throw .system }
    }

    private static func registration(
        _ link: borrowing Link, capacity: Int, _ door: MeetingDoor, _ topic: String, _ services: ServiceSet
    ) throws(ClientFailure) -> InviteRegistration {
        let crypto = SwiftCryptoProvider()
        guard topic.utf8.count <= 512 else { throw .system }  // longer than a card can have; the command refuses it
        let now = MediaClock.unixMilliseconds() / 1_000
        var draft = MeetingDraft(
            notBefore: now - min(now, Self.earlySeconds), notAfter: now + Self.lateSeconds)
        draft.card.title = Array(topic.utf8)
        draft.membersMax = UInt16(clamping: capacity)
        draft.services = services
        if door == .open { draft.openDoor() }
        let signed: (meeting: MeetingDescriptor, lobby: LobbyDescriptor)
        do throws(E2EEError) {
            signed = try draft.signed(by: link, crypto)
        } catch {
            throw .system
        }
        guard let descriptor = Descriptor(signed.meeting.encoded), let lobby = Descriptor(signed.lobby.encoded) else {
            throw .system  // larger than a description can be
        }
        let identifier = link.invite(crypto).derive(.identifier, crypto)
        return InviteRegistration(
            inviteID: InviteID(bytes: identifier.span.copied()), capacity: capacity, descriptor: descriptor,
            lobby: lobby)
    }

    private static func check(_ answer: HTTPExchange.Answer) throws(ClientFailure) {
        switch answer.status {
        case 200..<300: return
        case 401, 403: throw .forbidden
        case 429, 503: throw .busy
        case 400, 413, 422: throw .refused
        default: throw .notBeraad
        }
    }
}
