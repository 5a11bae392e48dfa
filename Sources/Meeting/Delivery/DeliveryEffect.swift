/// What the delivery service wants done. Its owner carries effects out in order.
package enum DeliveryEffect: Equatable, Sendable {
    /// Send this frame, as one binary message, to these connections.
    case send([ConnectionID], Frame)
    /// It has shown a certificate or a leaf, and owes the passcode no more. It takes a place of those who wait at the door,
    /// unless it leads the meeting or has a leaf in its own group.
    case settled(ConnectionID, needsPlace: Bool)
    /// Close a connection after everything sent to it.
    case end(ConnectionID)
}
