/// What a member knows about the epoch.
extension Group {
    /// The context all members agree on.
    package var context: GroupContext {
        get throws(E2EEError) { try self.state().context }
    }

    /// The tree.
    package var tree: RatchetTree {
        get throws(E2EEError) { try self.state().tree }
    }

    /// Our leaf.
    package var ownLeaf: UInt32 {
        get throws(E2EEError) { try self.state().ownLeaf }
    }

    /// Proposals that wait for a Commit.
    package var proposals: [ResolvedProposal] {
        get throws(E2EEError) { try self.state().proposals }
    }

    /// Set when a ReInit closed the group.
    package var reInit: ReInit? {
        get throws(E2EEError) { try self.state().reInit }
    }

    /// Equal for two members exactly when they are in the same epoch of the same group (§8.7).
    package var epochAuthenticator: [UInt8] {
        get throws(E2EEError) { try self.state().epochAuthenticator }
    }

    /// Opens what somebody sealed to our leaf's encryption key, beside the group's own messages (`e2ee.md`, Notation: Seal).
    borrowing func open(
        _ sealed: HPKECiphertext, _ label: StaticString, _ context: Span<UInt8>
    ) throws(E2EEError) -> Secret {
        let state = try self.state()
        guard let key = state.keys.key(2 * Int(state.ownLeaf)) else { throw E2EEError(.usage, .unknown) }
        return try Labelled<Crypto>.open(state.crypto.provider, key.secret, label, context, sealed)
    }

    /// A secret of the epoch for the application (§8.5). After `dropExporter` there are none.
    package borrowing func export(
        _ label: [UInt8], context: [UInt8], count: Int
    ) throws(E2EEError) -> Secret {
        let state = try self.state()
        guard let exporter = state.secrets.exporter else { throw E2EEError(.usage, .wornOut) }
        guard (0...255 * state.crypto.hashByteCount).contains(count) else { throw E2EEError(.usage, .length) }
        return KeySchedule(crypto: state.crypto).export(exporter.secret, label, context, count: count)
    }

    /// Forgets the exporter secret: what was exported stays safe when this device is taken later in the epoch.
    package mutating func dropExporter() throws(E2EEError) {
        try self.changeAlways { (state: inout GroupState<Crypto>) in state.secrets.exporter = nil }
    }

    /// The state of the group for joiners, signed by us (§12.4.3).
    package borrowing func groupInfo(
        hasTree: Bool = false, hasExternalPub: Bool = true, extensions: [Extension] = []
    ) throws(E2EEError) -> GroupInfo {
        try self.state().groupInfo(hasTree: hasTree, hasExternalPub: hasExternalPub, extensions)
    }

    /// What a subgroup, or the group after a ReInit, continues: this epoch.
    package borrowing func origin(_ purpose: GroupPurpose) throws(E2EEError) -> GroupOrigin {
        let state = try self.state()
        guard purpose != .ordinary, (purpose == .reInit) == (state.reInit != nil) else {
            throw E2EEError(.usage, .preSharedKey)
        }
        return GroupOrigin(
            purpose: purpose, groupID: state.context.groupID, epoch: state.context.epoch,
            cipherSuite: state.context.cipherSuite,
            members: Set(state.tree.members.compactMap { state.tree.leaf($0)?.credential }), reInit: state.reInit,
            key: state.secrets.resumption)
    }

    /// Forgets the resumption PSKs of epochs before this one (`e2ee.md` 13: after 120 seconds).
    package mutating func dropPastResumption() throws(E2EEError) {
        try self.changeAlways { (state: inout GroupState<Crypto>) in
            state.resumption.forget(before: state.context.epoch)
        }
    }
}
