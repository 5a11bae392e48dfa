package import E2EE

/// The keys of one epoch of a `TestRoom`, as the engines of everybody in it would hand them out.
package struct TestEpoch {
    /// Its number.
    package let number: UInt64
    let baseKey: [UInt8]
    let occupants: [MediaOccupant]
    let added: [UInt32]
    let removed: [UInt32]

    /// Room for 32 leaves.
    static let leafBits = 5

    /// The keys for whoever sits on `leaf`.
    package func keys(for leaf: UInt32) -> MediaEpoch {
        MediaEpoch(
            epoch: self.number, baseKey: HeldSecret(Secret(copying: self.baseKey.span)), leafBits: Self.leafBits,
            ownLeaf: leaf, occupants: self.occupants, added: self.added, removed: self.removed)
    }
}
