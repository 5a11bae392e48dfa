/// An invite that is not in force: somebody who may said that it comes next.
struct OfferedInvite: Sendable {
    let keys: InviteKeys
    let secret: HeldSecret
    /// Signature key of whoever said so.
    let author: [UInt8]
    /// What a host says is not pushed out by anybody else.
    let isOfHost: Bool
}
