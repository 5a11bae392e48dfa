/// How large a meeting can be on the wire.
package enum RoomLimits {
    /// With a hundred people a whole `joined` still fits one message of 64 KiB.
    package static let capacity = 1...100
    /// A tree of 500 members with all its blanks.
    package static let leaves = 0...2_047
}
