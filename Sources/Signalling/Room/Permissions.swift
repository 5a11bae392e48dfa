/// What somebody may begin to send or to bring, as those who lead have it. It switches nothing on: no message does that
/// for another (promise P-029).
package struct Permissions: Equatable, Sendable {
    /// What is allowed or not, one by one.
    package enum Right: String, CaseIterable, Sendable {
        /// Own voice.
        case microphone
        /// Own picture.
        case camera
        /// A shared screen, and its sound with it.
        case screen
        /// Sealed files that lie on the server.
        case files
    }

    /// What is sent, and can be stopped.
    package enum Use: String, CaseIterable, Sendable {
        /// Own voice.
        case microphone
        /// Own picture.
        case camera
        /// A shared screen, and its sound with it.
        case screen

        /// What has to be allowed for it.
        package var right: Right {
            switch self {
            case .microphone: .microphone
            case .camera: .camera
            case .screen: .screen
            }
        }
    }

    /// Whether the own voice may begin.
    package var microphone: Bool
    /// Whether the own picture may begin.
    package var camera: Bool
    /// Whether a shared screen may begin, and its sound.
    package var screen: Bool
    /// Whether a file may be brought.
    package var files: Bool

    /// What may begin; files only where that is said.
    package init(microphone: Bool, camera: Bool, screen: Bool, files: Bool = false) {
        self.microphone = microphone
        self.camera = camera
        self.screen = screen
        self.files = files
    }

    /// Everything, for whoever leads.
    package static let all = Permissions(microphone: true, camera: true, screen: true, files: true)

    /// For everybody else, where nobody has said otherwise and no description of the meeting does.
    package static let atFirst = Permissions(microphone: true, camera: true, screen: true)

    /// Whether one of them may begin.
    package subscript(right: Right) -> Bool {
        get {
            switch right {
            case .microphone: self.microphone
            case .camera: self.camera
            case .screen: self.screen
            case .files: self.files
            }
        }
        set {
            switch right {
            case .microphone: self.microphone = newValue
            case .camera: self.camera = newValue
            case .screen: self.screen = newValue
            case .files: self.files = newValue
            }
        }
    }

    static let record = Record<Self>(
        "Permissions", Self.init,
        .required("microphone", \.microphone, .bool),
        .required("camera", \.camera, .bool),
        .required("screen", \.screen, .bool),
        .required("files", \.files, .bool))
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
