/// What somebody may begin to send, as those who lead have it. It switches nothing on: no message does that for another
/// (promise P-029).
package struct Permissions: Equatable, Sendable {
    /// What is allowed or not, one by one.
    package enum Use: String, CaseIterable, Sendable {
        /// Own voice.
        case microphone
        /// Own picture.
        case camera
        /// A shared screen, and its sound with it.
        case screen
    }

    /// Whether the own voice may begin.
    package var microphone: Bool
    /// Whether the own picture may begin.
    package var camera: Bool
    /// Whether a shared screen may begin, and its sound.
    package var screen: Bool

    /// What may begin.
    package init(microphone: Bool, camera: Bool, screen: Bool) {
        self.microphone = microphone
        self.camera = camera
        self.screen = screen
    }

    /// Everything, as long as nobody has said otherwise.
    package static let all = Permissions(microphone: true, camera: true, screen: true)

    /// Whether one of them may begin.
    package subscript(use: Use) -> Bool {
        get {
            switch use {
            case .microphone: self.microphone
            case .camera: self.camera
            case .screen: self.screen
            }
        }
        set {
            switch use {
            case .microphone: self.microphone = newValue
            case .camera: self.camera = newValue
            case .screen: self.screen = newValue
            }
        }
    }

    static let record = Record<Self>(
        "Permissions", Self.init,
        .required("microphone", \.microphone, .bool),
        .required("camera", \.camera, .bool),
        .required("screen", \.screen, .bool))
}

extension Publication.Use {
    /// Whose permission it needs: the sound of a screen goes with the screen.
    package var permission: Permissions.Use {
        switch self {
        case .microphone: .microphone
        case .camera: .camera
        case .screen, .screenAudio: .screen
        }
    }
}
