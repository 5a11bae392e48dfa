/// Which secrets a member holds at this moment, by name and number and never by value: so that a test, and a report of a
/// fault, can say whether the deletion schedule of `e2ee.md` 13 was kept.
package struct GroupHoldings: Equatable, Sendable {
    /// The exporter secret.
    package let hasExporter: Bool
    /// The encryption secret; it should have become the secret tree.
    package let hasEncryptionSecret: Bool
    /// Nodes of the secret tree whose secret was not used yet.
    package let secretTreeNodes: [Int]
    /// Leaves whose ratchets have started.
    package let startedLeaves: [UInt32]
    /// Skipped application keys that wait for a late message, over all leaves.
    package let waitingKeys: Int
    /// Nodes of the ratchet tree whose private key we know.
    package let pathNodes: [Int]
    /// Epochs whose resumption PSK we have.
    package let resumptionEpochs: [UInt64]
    /// Proposals that wait.
    package let proposals: Int
}

extension Group {
    /// What is held now; nothing when we are out.
    package var holdings: GroupHoldings? {
        guard let state = try? self.state() else { return nil }  // out: that is the answer
        let epochs = state.resumption.names.compactMap { name -> UInt64? in
            if case .resumption(_, _, let epoch) = name { epoch } else { nil }
        }
        let started = state.secretTree.started
        return GroupHoldings(
            hasExporter: state.secrets.exporter != nil, hasEncryptionSecret: state.secrets.encryption != nil,
            secretTreeNodes: state.secretTree.unused, startedLeaves: started.map { $0.leaf },
            waitingKeys: started.reduce(0) { $0 + $1.application.count }, pathNodes: state.keys.known,
            resumptionEpochs: epochs.sorted(), proposals: state.proposals.count)
    }
}
