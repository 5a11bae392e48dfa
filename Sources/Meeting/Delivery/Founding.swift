/// A group as its founder announced it, in its first epoch.
struct FoundingState: Sendable {
    let groupInfo: [UInt8]
    let tree: [UInt8]
}

/// Groups that were named by `Create` and are not there yet: whoever binds with the right to found one founds it
/// (`e2ee.md` 5, rule 4).
struct Founding: Sendable {
    /// So long a founder may take to bind.
    static let patience = Duration.seconds(10)
    /// Two megabytes each at most.
    static let claimsAtMost = 8

    struct Claim: Sendable {
        let group: GroupID
        let state: FoundingState
        let creator: Added
        /// Its connection has shown a host's or co-host's certificate.
        let isCertified: Bool
        let until: ContinuousClock.Instant
    }

    private(set) var claims: [ConnectionID: Claim] = [:]

    /// Takes a claim. Whoever has a certificate is never turned away: the oldest claim makes room, one without a
    /// certificate first, and is handed back.
    mutating func claim(
        _ claim: Claim, by connection: ConnectionID
    ) throws(DeliveryFailure) -> (connection: ConnectionID, claim: Claim)? {
        guard self.claims[connection] == nil else { throw .conflict }
        var loser: (connection: ConnectionID, claim: Claim)?
        if self.claims.count >= Self.claimsAtMost {
            guard claim.isCertified, let first = self.inOrder.first else { throw .rate }
            self.claims[first.connection] = nil
            loser = first
        }
        self.claims[connection] = claim
        return loser
    }

    mutating func drop(_ connection: ConnectionID) { self.claims[connection] = nil }

    /// Takes the claims out whose founder did not bind in time.
    mutating func takeExpired(now: ContinuousClock.Instant) -> [(connection: ConnectionID, claim: Claim)] {
        let over = self.inOrder.filter { $0.claim.until <= now }
        for item in over { self.claims[item.connection] = nil }
        return over
    }

    /// Those that make room first, first.
    var inOrder: [(connection: ConnectionID, claim: Claim)] {
        self.claims.map { (connection: $0.key, claim: $0.value) }.sorted { left, right in
            if left.claim.isCertified != right.claim.isCertified { return right.claim.isCertified }
            return (left.claim.until, left.connection.rawValue) < (right.claim.until, right.connection.rawValue)
        }
    }

    var deadline: ContinuousClock.Instant? { self.claims.values.map(\.until).min() }
}
