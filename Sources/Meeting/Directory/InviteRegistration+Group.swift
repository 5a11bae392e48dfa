package import Signalling

extension InviteRegistration {
    /// The meeting's description, when it has a group.
    package var meetingDescriptor: MeetingDescriptor? {
        self.descriptor.flatMap { try? MeetingDescriptor(decoding: $0.bytes) }  // what does not parse is none
    }

    /// What the delivery service needs; nil for a meeting without a group.
    package func deliveryMeeting(id: MeetingID) -> DeliveryMeeting? {
        guard let descriptor = self.meetingDescriptor, let lobby = self.lobby, let id = Base64URL.decode(id.text) else {
            return nil
        }
        return DeliveryMeeting(
            id: id, instance: descriptor.instance, descriptor: descriptor, lobbyDescriptor: lobby.bytes)
    }

    /// Both descriptions or none, of this meeting, and signed by whom it says. Clients check both against their link.
    func isSound(for id: MeetingID) -> Bool {
        guard self.descriptor != nil || self.lobby != nil else { return true }
        guard let descriptor = self.meetingDescriptor, self.lobby != nil else { return false }
        return descriptor.meeting == Base64URL.decode(id.text) && descriptor.isSigned
    }

    /// How people come in.
    package var door: Room.Door? {
        self.meetingDescriptor.map { $0.admission == .open || $0.admission == .members ? .open : .waiting }
    }
}
