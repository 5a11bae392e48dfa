/// For counting what Commits cost in groups of a thousand (`e2ee.md` 14): all members of an epoch share its secrets, so one
/// of them and the others' identities are enough to let anybody commit. No client has the identity of another.
extension Group {
    /// The epoch as the member at `leaf` sees it, but without the private keys of its path: it can propose and commit, and
    /// follow nobody.
    package borrowing func seat(_ leaf: UInt32, _ identity: LeafIdentity) throws(E2EEError) -> Group {
        var state = try self.state()
        guard state.tree.leaf(leaf)?.signatureKey == identity.signaturePublicKey else {
            throw E2EEError(.usage, .unknown)
        }
        state.keys = PathKeys(leaf: leaf)
        state.identity = identity
        return Group(state)
    }
}
