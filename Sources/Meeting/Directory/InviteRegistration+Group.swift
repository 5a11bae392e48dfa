package import Signalling

extension InviteRegistration {
    /// What the delivery service needs; nil for a description that is none, with which no meeting is registered.
    package func deliveryMeeting(id: MeetingID) -> DeliveryMeeting? {
        // What does not parse is none.
        guard let descriptor = try? MeetingDescriptor(decoding: self.descriptor.bytes),
            let id = Base64URL.decode(id.text)
        else { return nil }
        return DeliveryMeeting(
            id: id, instance: descriptor.instance, descriptor: descriptor, lobbyDescriptor: self.lobby.bytes,
            certificates: self.certificates)
    }

    /// Certificates of personal links, by SHA-256 of the ticket key, which is what its holder asks by.
    private var certificates: [[UInt8]: [UInt8]] {
        var certificates: [[UInt8]: [UInt8]] = [:]
        for certificate in self.ticketCertificates { certificates[certificate.subject.hash] = certificate.bytes }
        return certificates
    }

    private var ticketCertificates: [RoleCertificate] {
        // What does not parse is none.
        (self.tickets ?? []).compactMap { try? RoleCertificate(decoding: $0.bytes) }
    }

    /// Of this meeting, and signed by whom it says. Clients check both descriptions against their link.
    func isSound(for id: MeetingID) -> Bool {
        guard let meeting = self.deliveryMeeting(id: id), let descriptor = meeting.descriptor else { return false }
        return descriptor.meeting == meeting.id && descriptor.isSigned
            && self.ticketCertificates.count == self.tickets?.count ?? 0
            && self.ticketCertificates.allSatisfy { $0.isTicket(under: descriptor) }
    }
}

extension DeliveryMeeting {
    /// How people come in.
    package var door: Room.Door {
        switch self.descriptor?.admission {
        case .open, .members: .open
        case .waiting, .closed, nil: .waiting
        }
    }

    /// How far those who come to the door may go.
    package var gate: DeliveryGate { self.door.gate }
}
