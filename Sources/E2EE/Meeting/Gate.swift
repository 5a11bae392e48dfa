/// Whether a client sends, in one epoch (`e2ee.md` 8 and 10). It closes in the step that processes a Commit, and opens
/// only when no reason is left.
package struct Gate: Equatable, Sendable {
    /// Whether the state is `live`.
    package var isLive: Bool
    package var reasons: GateReasons

    /// A gate.
    package init(isLive: Bool, reasons: GateReasons) {
        self.isLive = isLive
        self.reasons = reasons
    }

    /// mayEncrypt: media goes out.
    package var isOpen: Bool { self.isLive && self.reasons.isEmpty }

    /// Whether an application message of this kind goes out. Profile, roster, invite, passes and content need an open
    /// gate, so that a fork or an unwanted recorder gets neither name nor text; what keeps the group going and says
    /// nothing of anybody, invite and passes, stays allowed when consent is all that is missing. An InviteUpdate also
    /// needs a fresh proof.
    package func maySend(kind: UInt8, hasFreshProof: Bool) -> Bool {
        if kind == 5, !hasFreshProof { return false }
        switch kind {
        case 4...6: return self.isOpen || (self.isLive && self.reasons == .consent)
        case 2, 3, 16...27, 41: return self.isOpen
        default: return true
        }
    }
}
