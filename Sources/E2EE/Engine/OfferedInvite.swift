/// An invite secret that is not in force: somebody who may said that it comes next.
struct OfferedInvite: Sendable {
    let keys: InviteKeys
    let secret: HeldSecret
}
