package import Forwarding

/// One meeting's media. It lives on one worker.
package struct RoomID: Hashable, Sendable, BitwiseCopyable {
    /// Chosen by the control plane, never reused.
    package var rawValue: UInt64

    /// The room with this number.
    package init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// One WebRTC transport on the server, as the meeting names it.
package struct EndpointID: Hashable, Sendable, BitwiseCopyable {
    /// Chosen by the control plane, never reused.
    package var rawValue: UInt64

    /// The endpoint with this number.
    package init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// One encoded source; `Forwarding` owns the word.
package typealias PublicationID = Forwarding.PublicationID

/// One line of a want list; `Forwarding` owns the word.
package typealias Want = Forwarding.Want
