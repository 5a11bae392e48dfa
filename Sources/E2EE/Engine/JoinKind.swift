/// The ways in (`e2ee.md` 4.1, 4.4).
package enum JoinKind: UInt8, Equatable, Sendable {
    /// Somebody let us in.
    case welcome
    /// In place of our old leaf.
    case resync
    /// Through an open door.
    case invite
    /// With a pass.
    case reentry
    /// As host or co-host.
    case role
}
