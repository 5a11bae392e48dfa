/// What this person answered about services, and what of it has yet to be said; and in a service's own engine what people
/// answered it. It has no clock and signs nothing.
///
/// Statements wait here and not in the `Outbox`: there content may stand before them that a closed gate keeps back, and each
/// statement names the epoch in which it is said.
struct Consents: Sendable {
    /// A statement that no service has heard yet.
    private struct Due: Sendable {
        let decision: ConsentDecision
        var againAt: UInt64 = 0
        /// It is on its way.
        var flight: (number: UInt64, message: AppMessage)?
    }

    /// What somebody answered us.
    private struct Heard: Sendable {
        let scope: ConsentScope
        let time: UInt64
    }

    private(set) var book = ConsentBook()
    /// How many answers there were.
    private(set) var changes: UInt64 = 0
    /// By the service's key.
    private var due: [[UInt8]: Due] = [:]
    /// By the person's key, of this group.
    private var heard: [[UInt8]: Heard] = [:]
    private var groupID: [UInt8] = []
    private var count: UInt64 = 0
    /// What our last statement said of the time.
    private var stamped: UInt64 = 0

    /// Nothing was answered.
    init() {}

    /// What was answered before, as it was kept.
    init(_ saved: [SavedConsent]) { self.book = ConsentBook(saved) }

    /// The person answers. False when there is no room for it.
    mutating func answer(_ consent: SavedConsent, _ place: Place<some CryptoProvider>) -> Bool {
        let wasGiven = self.book.saved.contains { $0.service == consent.service && !$0.scope.isEmpty }
        guard self.book.set(consent, among: place.services) else { return false }
        self.changes &+= 1
        self.due[consent.service] = Due(
            decision: !consent.scope.isEmpty ? .yes : wasGiven ? .withdrawn : .no)
        return true
    }

    /// These have not heard our answer, or not here: they are new, or we are.
    mutating func sayAgain(to services: [Occupant]) {
        for service in services where self.due[service.key] == nil {
            guard let consent = self.book.consent(to: service) else { continue }
            self.due[service.key] = Due(decision: consent.scope.isEmpty ? .no : .yes)
        }
    }

    /// An epoch: of who is not in it any more nothing counts, and a statement names the group it is for.
    mutating func follow(_ place: Place<some CryptoProvider>) {
        if place.groupID != self.groupID { self.heard = [:] }
        self.groupID = place.groupID
        self.due = self.due.filter { due in place.services.contains { $0.key == due.key } }
        self.heard = self.heard.filter { place.occupant(withKey: $0.key) != nil }
    }

    // MARK: Saying it

    /// What is to be said to a service now, if anything is.
    func decision(for service: [UInt8], now: UInt64) -> ConsentDecision? {
        guard let due = self.due[service], due.flight == nil, now >= due.againAt else { return nil }
        return due.decision
    }

    /// The time of a statement: more than that of the one before, also in the same millisecond.
    mutating func stamp(_ unix: UInt64) -> UInt64 {
        self.stamped = max(self.stamped &+ 1, unix)
        return self.stamped
    }

    /// A number by which the service's answer belongs to it.
    mutating func number() -> UInt64 {
        self.count += 1
        return self.count
    }

    /// It could not be said now.
    mutating func postpone(_ service: [UInt8], until: UInt64) { self.due[service]?.againAt = until }

    /// It is on its way.
    mutating func sent(_ message: AppMessage, to service: [UInt8], _ number: UInt64) {
        self.due[service]?.flight = (number, message)
    }

    /// It stands in the order, and nothing else was answered meanwhile.
    mutating func arrived(_ number: UInt64) -> (message: AppMessage, decision: ConsentDecision)? {
        guard let (key, due) = self.due.first(where: { $0.value.flight?.number == number }), let flight = due.flight
        else { return nil }
        self.due[key] = nil
        return (flight.message, due.decision)
    }

    /// It does not, or nobody knows: it is said again.
    mutating func failed(_ number: UInt64, pause: UInt64, now: UInt64) {
        guard let (key, _) = self.due.first(where: { $0.value.flight?.number == number }) else { return }
        self.due[key]?.flight = nil
        self.due[key]?.againAt = now + pause
    }

    /// No answer comes any more.
    mutating func failed() { for key in Array(self.due.keys) { self.due[key]?.flight = nil } }

    // MARK: For a service

    /// Somebody answered us. A server may hand out what was said in one epoch in another order: a yes counts if it is the newest,
    /// a no always.
    mutating func hear(_ statement: ConsentStatement) {
        if let before = self.heard[statement.person], statement.time <= before.time {
            guard statement.decision != .yes else { return }
            return self.heard[statement.person] = Heard(scope: [], time: before.time)
        }
        self.heard[statement.person] = Heard(scope: statement.scope, time: statement.time)
    }

    /// What we may use of somebody.
    func usable(of person: [UInt8]) -> ConsentScope { self.heard[person]?.scope ?? [] }
}
