/// Versions of MLS (RFC 9420 §6). There is one.
package enum ProtocolVersion {
    /// mls10
    package static let mls10: UInt16 = 1
}
