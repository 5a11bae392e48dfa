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
