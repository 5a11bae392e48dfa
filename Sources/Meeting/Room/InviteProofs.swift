internal import Signalling

/// Proofs of holding the meeting's link: of the one in force, and of those before, which still bring people to the door, where
/// they knock and the host reads which link it was (`e2ee.md` 9).
struct InviteProofs: Sendable {
    /// What a proof is worth.
    enum Standing: Equatable {
        case inForce, former
    }

    /// Links from before the oldest of these bring nobody anywhere; but for the one that the meeting was registered with.
    static let formerAtMost = 8

    /// Brings people to the door for ever: no word of anybody in the room takes it away.
    private let registered: InviteID
    private var inForce: InviteID
    /// The last one that a host named: nor does any word of a co-host take that away.
    private var byHost: InviteID?
    private var former: [InviteID] = []

    init(_ invite: InviteID) {
        self.registered = invite
        self.inForce = invite
    }

    /// Nil for a proof of nothing. All are compared, so that the time does not tell which one came close.
    func standing(of proof: InviteID) -> Standing? {
        let isInForce = proof.matches(self.inForce)
        let kept = self.former + [self.registered] + (self.byHost.map { [$0] } ?? [])
        let isFormer = kept.count { proof.matches($0) } > 0
        return isInForce ? .inForce : isFormer ? .former : nil
    }

    /// Whether this is another one than that in force.
    func isNews(_ invite: InviteID) -> Bool { invite != self.inForce }

    /// Another link is in force.
    mutating func renew(_ invite: InviteID, byHost isByHost: Bool) {
        if isByHost { self.byHost = invite }
        guard self.isNews(invite) else { return }
        self.former.removeAll { $0 == invite }
        if self.inForce != self.registered { self.former.append(self.inForce) }
        if self.former.count > Self.formerAtMost { self.former.removeFirst() }
        self.inForce = invite
    }
}
