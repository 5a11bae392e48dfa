/// A link of our making, or ours of before, on its way into force (`e2ee.md` 3.1, Rotation): first everybody is told its
/// secret, then the policy names its id. Whoever came in between was not told, and so it is said again in every epoch that
/// begins meanwhile.
struct Rotation: Sendable {
    let invite: OfferedInvite
    /// The person wants it, and is told if it does not come to that.
    let isAsked: Bool
    /// A Commit that names it left us. It may stand in the order, whatever we heard since.
    private(set) var isCommitted = false
    /// After that it is given up, and said to be.
    let until: UInt64
    /// The epoch in which everybody was told.
    private(set) var toldIn: UInt64?
    /// The epoch in which it was said, while the service has not answered.
    private var askedIn: UInt64?
    private var againAt: UInt64 = 0

    /// As long as anybody goes on without a sign of the host.
    static var patience: UInt64 { 20_000 }
    private static var pause: UInt64 { 500 }

    init(_ invite: OfferedInvite, isAsked: Bool, now: UInt64) {
        self.invite = invite
        self.isAsked = isAsked
        self.until = now + Self.patience
    }

    /// Of the invite: what the policy will name.
    var identifier: [UInt8] { self.invite.keys.identifier }

    /// Whether everybody of this epoch is to be told now.
    func isDue(in epoch: UInt64, now: UInt64) -> Bool {
        self.toldIn != epoch && self.askedIn != epoch && now >= self.againAt
    }

    /// A Commit that names it is sent.
    mutating func committed() { self.isCommitted = true }

    /// It was said.
    mutating func said(in epoch: UInt64) { self.askedIn = epoch }

    /// It stands in the order.
    mutating func told(in epoch: UInt64) {
        self.toldIn = epoch
        self.askedIn = nil
    }

    /// It could not be said, or nobody knows whether it was.
    mutating func failed(now: UInt64) {
        self.askedIn = nil
        self.againAt = now + Self.pause
    }
}
