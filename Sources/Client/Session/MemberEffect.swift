/// What the member wants done, in order.
package enum MemberEffect: Sendable {
    /// Send this as one binary message.
    case send([UInt8])
    /// This connection is of no use; make another.
    case reconnect
    /// Keys and gate changed, all at once; whether somebody came with them who needs a whole picture.
    case keys([KeyChange], hasNewcomers: Bool)
    /// It is over.
    case end(ClientFailure?)
}
