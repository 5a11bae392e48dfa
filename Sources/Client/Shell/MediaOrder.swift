package import MediaCore

/// What the session tells its media.
package enum MediaOrder: Sendable, Equatable {
    /// The keyring has another epoch, or its gate moved.
    case keysChanged(hasNewcomers: Bool)
    /// A track begins or stops.
    case send(MediaKind, isOn: Bool)
    /// Who is in a slot, by the layout.
    case assign(mid: String, leaf: UInt32?)
    /// Other ICE credentials, and the server's addresses.
    case restart(local: ICECredentials, remote: ICECredentials, candidates: [PathKey])
    /// It is over.
    case close
}
