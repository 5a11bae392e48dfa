/// The group that a new one continues by ReInit or branch, as a member of it remembers it (RFC 9420 §11.2, §11.3).
package struct GroupOrigin: Sendable {
    /// Which of the two.
    package let purpose: GroupPurpose
    let groupID: [UInt8]
    let epoch: UInt64
    let cipherSuite: UInt16
    let members: Set<Credential>
    let reInit: ReInit?
    let key: HeldSecret

    /// The name under which the new group's first Commit mixes in the key.
    package func preSharedKey(nonce: [UInt8]) -> Proposal? {
        guard let usage = self.purpose.usage else { return nil }
        return .preSharedKey(
            PreSharedKey(
                psk: PreSharedKeyID(
                    name: .resumption(usage, groupID: self.groupID, epoch: self.epoch), nonce: nonce)))
    }

    /// The key for the committer of that first Commit.
    package var preSharedKeys: PreSharedKeys {
        var keys = PreSharedKeys()
        keys.set(resumption: self.groupID, epoch: self.epoch, self.key)
        return keys
    }

    /// Whether a joined group is what it says to continue. Members are compared by their credentials.
    func check(_ info: GroupInfo, _ tree: RatchetTree, _ names: [PreSharedKeyID]) throws(E2EEError) {
        let context = info.groupContext
        guard context.epoch == 1 else { throw E2EEError(.validation, .wrongEpoch) }
        let credentials = Set(tree.members.compactMap { tree.leaf($0)?.credential })
        switch self.purpose {
        case .ordinary: throw E2EEError(.usage, .preSharedKey)
        case .branch:
            guard context.cipherSuite == self.cipherSuite, credentials.isSubset(of: self.members) else {
                throw E2EEError(.validation, .wrongGroup)
            }
        case .reInit:
            guard let reInit = self.reInit, reInit.version == ProtocolVersion.mls10,
                reInit.groupID == context.groupID, reInit.cipherSuite == context.cipherSuite,
                reInit.extensions == context.extensions, self.members.isSubset(of: credentials)
            else { throw E2EEError(.validation, .wrongGroup) }
        }
    }
}
