/// What the delivery service wants done. Its owner carries effects out in order.
package enum DeliveryEffect: Equatable, Sendable {
    /// Send this frame, as one binary message, to these connections.
    case send([ConnectionID], Frame)
    /// It has shown a certificate or a leaf, and owes the passcode no more.
    case settled(ConnectionID)
    /// Close a connection after everything sent to it.
    case end(ConnectionID)
}
