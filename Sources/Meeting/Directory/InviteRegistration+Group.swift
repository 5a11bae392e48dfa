package import Signalling

extension InviteRegistration {
    /// What the delivery service needs; nil for a description that is none, with which no meeting is registered.
    package func deliveryMeeting(id: MeetingID) -> DeliveryMeeting? {
        // What does not parse is none.
        guard let descriptor = try? MeetingDescriptor(decoding: self.descriptor.bytes),
            let id = Base64URL.decode(id.text)
        else { return nil }
        return DeliveryMeeting(
            id: id, instance: descriptor.instance, descriptor: descriptor, lobbyDescriptor: self.lobby.bytes)
    }

    /// Of this meeting, and signed by whom it says. Clients check both descriptions against their link.
    func isSound(for id: MeetingID) -> Bool {
        guard let meeting = self.deliveryMeeting(id: id), let descriptor = meeting.descriptor else { return false }
        return descriptor.meeting == meeting.id && descriptor.isSigned
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
}
