/// Who was put out, as far as we followed it (`docs/decisions/0010`). A Void takes a Commit back, and so might a server who has
/// somebody's word for it; whoever saw somebody put out does not speak where they are again, until a host let them in anew.
struct PutOut: Sendable {
    /// By key, the last generation of passes in which it was out. Only with a later one a host takes somebody from the list.
    private var generations: [[UInt8]: UInt32] = [:]
    /// Somebody of them is in.
    private(set) var isBack = false

    /// More than four full lists nobody remembers.
    private static var countMax: Int { 1_024 }

    /// The policy and people of an epoch that we are in.
    mutating func follow<Crypto: CryptoProvider>(_ place: Place<Crypto>) {
        let policy = place.policy
        for entry in policy.revoked where entry.scope == .out {
            guard self.generations[entry.key] != nil || self.generations.count < Self.countMax else { continue }
            self.generations[entry.key] = max(self.generations[entry.key] ?? 0, policy.passGeneration)
        }
        self.isBack = self.isAnyBack(place)
    }

    private func isAnyBack<Crypto: CryptoProvider>(_ place: Place<Crypto>) -> Bool {
        guard !self.generations.isEmpty else { return false }
        let generation = place.policy.passGeneration
        for occupant in place.meeting.occupants {
            if self.isOut(occupant.key, generation) { return true }
            guard let chain = occupant.profile?.chain else { continue }
            for certificate in chain.certificates where self.isOut(certificate.subjectKey, generation) { return true }
        }
        return false
    }

    private func isOut(_ key: [UInt8], _ generation: UInt32) -> Bool {
        self.generations[key].map { $0 >= generation } ?? false
    }
}
