package import Signalling

extension DeliveryMeeting {
    private static let screen: UInt32 = 0x80
    private static let microphone: UInt32 = 0x100
    private static let camera: UInt32 = 0x200
    private static let hostsScreen: UInt32 = 0x1000

    /// What whoever leads nothing may begin: what a new group of this meeting has switched on. Files wait for a host, and so does
    /// everybody's screen where hosts may share theirs.
    package var permissions: Permissions {
        guard let features = self.descriptor?.featuresMax else { return .atFirst }
        return Permissions(
            microphone: features & Self.microphone != 0, camera: features & Self.camera != 0,
            screen: features & Self.screen != 0 && features & Self.hostsScreen == 0)
    }

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
