/// How large a meeting can be on the wire.
package enum RoomLimits {
    /// With a hundred people a whole `joined` still fits one message of 64 KiB.
    package static let capacity = 1...100
    /// Leaf numbers have 8 bits in a key id (`docs/decisions/0002`).
    package static let leaves = 0...255
    /// Bits of a leaf number.
    package static let leafBits = 8
}
