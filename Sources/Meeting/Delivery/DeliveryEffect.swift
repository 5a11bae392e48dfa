/// What the delivery service wants done. Its owner carries effects out in order.
package enum DeliveryEffect: Equatable, Sendable {
    /// Send this frame, as one binary message, to these connections.
    case send([ConnectionID], Frame)
    /// Close a connection after everything sent to it.
    case end(ConnectionID)
}
