internal import Crypto

/// A state of a group that somebody says to be in.
struct FoundingState: Sendable {
    /// Two clients are in the same state if group, epoch and tree are the same.
    struct Key: Hashable, Sendable {
        let group: GroupID
        let epoch: UInt64
        let treeHash: [UInt8]

        init(group: GroupID, epoch: UInt64, tree: [UInt8]) {
            self.group = group
            self.epoch = epoch
            self.treeHash = Array(SHA256.hash(data: tree))
        }
    }

    let groupInfo: [UInt8]
    let tree: [UInt8]
}

/// Groups that were named by `Create` and are not there yet: whoever binds with the right to found one founds it. After
/// a restart several members come with the group they were in: the state of a certified leaf wins, else that of most
/// (`e2ee.md` 5, rule 4).
struct Founding: Sendable {
    /// So long the server waits for others after a restart.
    static let election = Duration.seconds(2)
    /// So long a founder may take to bind.
    static let patience = Duration.seconds(10)
    static let claimsAtMost = 512
    /// Distinct states, two megabytes each at most.
    static let statesAtMost = 8

    struct Claim: Sendable {
        let key: FoundingState.Key
        let creator: Added
        /// The question that is answered when it is settled.
        var request: UInt32?
        var binding: GroupBinding?
    }

    var claims: [ConnectionID: Claim] = [:]
    var states: [FoundingState.Key: FoundingState] = [:]
    var settlesAt: ContinuousClock.Instant?

    mutating func claim(
        _ claim: Claim, _ state: FoundingState, by connection: ConnectionID, now: ContinuousClock.Instant
    ) throws(DeliveryFailure) {
        guard self.claims[connection] == nil else { throw .conflict }
        guard self.claims.count < Self.claimsAtMost,
            self.states[claim.key] != nil || self.states.count < Self.statesAtMost
        else { throw .rate }
        self.claims[connection] = claim
        if self.states[claim.key] == nil { self.states[claim.key] = state }
        let end = now + (claim.key.epoch == 0 ? Self.patience : Self.election)
        self.settlesAt = min(self.settlesAt ?? end, end)
    }

    mutating func drop(_ connection: ConnectionID) {
        guard let claim = self.claims.removeValue(forKey: connection) else { return }
        if !self.claims.values.contains(where: { $0.key == claim.key }) { self.states[claim.key] = nil }
        if self.claims.isEmpty { self.settlesAt = nil }
    }

    /// The state of most members that have shown to hold their leaf; of equals the latest epoch, then the smallest hash,
    /// so that chance decides nothing.
    var majority: FoundingState.Key? {
        var votes: [FoundingState.Key: Int] = [:]
        for claim in self.claims.values where claim.binding != nil && claim.key.epoch > 0 {
            votes[claim.key, default: 0] += 1
        }
        return votes.max { left, right in
            if left.value != right.value { return left.value < right.value }
            if left.key.epoch != right.key.epoch { return left.key.epoch < right.key.epoch }
            return right.key.treeHash.lexicographicallyPrecedes(left.key.treeHash)
        }?.key
    }
}
