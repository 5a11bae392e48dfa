/// Numbers of RFC 9420 that a reader of heads needs (§6, §17.2).
package enum MLSNumbers {
    /// The only version there is.
    package static let version: UInt16 = 1
    /// Signed, not encrypted.
    package static let publicMessage: UInt16 = 1
    /// Signed and encrypted.
    package static let privateMessage: UInt16 = 2
    /// For the members a Commit adds.
    package static let welcome: UInt16 = 3
    /// For joiners by external Commit.
    package static let groupInfo: UInt16 = 4
    /// For whoever adds its client.
    package static let keyPackage: UInt16 = 5
}
