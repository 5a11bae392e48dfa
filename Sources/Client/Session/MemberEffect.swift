package import MediaCore

/// What the member wants done, in order.
package enum MemberEffect: Sendable {
    /// Send this as one binary message.
    case send([UInt8])
    /// This connection is of no use; make another.
    case reconnect
    /// Keys and gate changed, all at once; whether somebody came with them who needs a whole picture.
    case keys([KeyChange], hasNewcomers: Bool)
    /// Send no more of this: a host asked for it, or does not allow it.
    case stop(MediaKind)
    /// It is over.
    case end(ClientFailure?)
}
