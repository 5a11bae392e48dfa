package import Signalling

/// What a meeting was registered with, and what became of its personal links and its passcode since.
package struct RegisteredMeeting: Equatable, Sendable {
    /// The meeting, as in its link.
    package let id: MeetingID
    /// Proof of holding the link.
    package let inviteID: InviteID
    /// How many people fit.
    package let capacity: Int
    /// The authority's description of the meeting.
    package let descriptor: MeetingDescriptor
    /// Its description of the door, as it came.
    package let lobby: [UInt8]
    /// Certificates of personal links that open something.
    package private(set) var tickets: [RoleCertificate]
    /// Keys of personal links that were taken back.
    package private(set) var revoked: [LeafKey]
    /// What a passcode is checked against; nil where none is asked.
    package var passcode: PasscodeHash?

    init(
        id: MeetingID, inviteID: InviteID, capacity: Int, descriptor: MeetingDescriptor, lobby: [UInt8],
        tickets: [RoleCertificate], revoked: [LeafKey], passcode: PasscodeHash?
    ) {
        self.id = id
        self.inviteID = inviteID
        self.capacity = capacity
        self.descriptor = descriptor
        self.lobby = lobby
        self.tickets = tickets
        self.revoked = revoked
        self.passcode = passcode
    }

    /// Nil for what is not of this meeting, or not signed by whom it says. Clients check both descriptions against their
    /// link.
    package init?(_ registration: InviteRegistration, for id: MeetingID, _ passcodes: PasscodeKeys) {
        // What does not parse is none.
        guard let descriptor = try? MeetingDescriptor(decoding: registration.descriptor.bytes),
            descriptor.meeting == id.decoded, descriptor.isSigned
        else { return nil }
        self.init(
            id: id, inviteID: registration.inviteID, capacity: registration.capacity, descriptor: descriptor,
            lobby: registration.lobby.bytes, tickets: [], revoked: [],
            passcode: registration.passcode.map { passcodes.hash($0, of: id) })
        guard self.add(registration.tickets ?? []) == .added else { return nil }
    }

    /// Takes more personal links, all of them or none.
    package mutating func add(_ certificates: [TicketCertificate]) -> TicketChange {
        guard let new = self.checked(certificates) else { return .malformed }
        return self.add(checked: new)
    }

    /// Those of these certificates that are not here already, byte for byte; nil unless all are of the meeting's authority.
    package func checked(_ certificates: [TicketCertificate]) -> [RoleCertificate]? {
        var known = Set(self.tickets.map(\.bytes))
        var new: [RoleCertificate] = []
        for certificate in certificates where known.insert(certificate.bytes).inserted {
            // What does not parse is none.
            guard let ticket = try? RoleCertificate(decoding: certificate.bytes),
                ticket.isTicket(under: self.descriptor)
            else { return nil }
            new.append(ticket)
        }
        return new
    }

    /// Takes personal links whose signatures were verified, all of them or none. Another certificate for a key takes the place of
    /// the one before.
    package mutating func add(checked new: [RoleCertificate]) -> TicketChange {
        var tickets = self.tickets
        for ticket in new {
            guard !self.revoked.contains(ticket.subject) else { return .conflict }
            if let index = tickets.firstIndex(where: { $0.subject == ticket.subject }) {
                tickets[index] = ticket
            } else {
                tickets.append(ticket)
            }
        }
        guard tickets.count <= TicketLimits.alive, tickets.count + self.revoked.count <= TicketLimits.ever else {
            return .conflict
        }
        self.tickets = tickets
        return .added
    }

    /// Takes a personal link back; again changes nothing.
    package mutating func revoke(_ hash: TicketHash) -> TicketChange {
        let hash = hash.decoded
        if let key = self.revoked.first(where: { $0.hash == hash }) { return .revoked(key) }
        guard let index = self.tickets.firstIndex(where: { $0.subject.hash == hash }) else { return .noTicket }
        let key = self.tickets.remove(at: index).subject
        self.revoked.append(key)
        return .revoked(key)
    }

    /// What the delivery service needs of it.
    package var delivery: DeliveryMeeting {
        var certificates: [[UInt8]: [UInt8]] = [:]
        for ticket in self.tickets { certificates[ticket.subject.hash] = ticket.bytes }
        return DeliveryMeeting(
            id: self.descriptor.meeting, instance: self.descriptor.instance, descriptor: self.descriptor,
            lobbyDescriptor: self.lobby, certificates: certificates, revoked: Set(self.revoked))
    }
}
