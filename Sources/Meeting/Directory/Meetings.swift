package import Signalling

/// The meetings of this server that are not planned, in memory only: which exist, who may register their invite, and when
/// each is forgotten.
package struct Meetings: Sendable {
    /// A meeting nobody is in is forgotten after so long, counted from its creation or from the last person's leaving.
    package static let lifetime = Duration.seconds(12 * 3_600)
    /// One that cannot be joined yet is forgotten after so long: it only takes a place.
    package static let unregisteredLifetime = Duration.seconds(600)
    /// As many may one account have at a time.
    package static let ofAccountAtMost = 60

    /// What became of a wish for a meeting.
    package enum Creation: Equatable, Sendable {
        /// There it is.
        case created(MeetingCreated)
        /// The server has as many as it carries.
        case full
        /// The account has as many as it may have.
        case enough
    }

    /// What became of a registration.
    package enum Registration: Equatable, Sendable {
        /// The meeting can be joined.
        case registered
        /// No such meeting.
        case unknown
        /// Not with this token.
        case unauthorized
        /// Its invite is registered already.
        case conflict
        /// What its authority is said to have signed is not that.
        case malformed
        /// The organisation requires this measure, and the meeting lacks it.
        case lacks(SafetyMeasure)
        /// It could not be kept; nobody's fault but the disk's.
        case failed
        /// The token was used too often.
        case tooFast(retrySeconds: Int)
    }

    private struct Entry {
        let token: CreationToken
        /// Whose place it takes; nil for whoever works on the server's own machine, and after the account was closed.
        var account: AccountID?
        var registered: RegisteredMeeting?
        /// Nil while somebody is in.
        var emptySince: ContinuousClock.Instant?

        /// When it is forgotten, if nobody comes.
        var end: ContinuousClock.Instant? {
            let lifetime = self.registered == nil ? Meetings.unregisteredLifetime : Meetings.lifetime
            return self.emptySince.map { $0 + lifetime }
        }
    }

    private let atMost: Int
    private var entries: [MeetingID: Entry] = [:]

    /// No meetings yet, and never more than `atMost`.
    package init(atMost: Int) {
        self.atMost = atMost
    }

    /// How many there are.
    package var count: Int { self.entries.count }

    /// A new meeting, not joinable before its invite is registered. An account takes only so many places.
    package mutating func create(
        by account: AccountID?, now: ContinuousClock.Instant, using generator: inout some RandomNumberGenerator
    ) -> Creation {
        if account != nil, self.entries.values.count(where: { $0.account == account }) >= Self.ofAccountAtMost {
            return .enough
        }
        guard self.entries.count < self.atMost else { return .full }
        let created = MeetingCreated(
            id: .random(byteCount: 16, using: &generator), token: .random(byteCount: 32, using: &generator))
        self.entries[created.id] = Entry(token: created.token, account: account, emptySince: now)
        return .created(created)
    }

    /// What a token is worth.
    package func claim(_ id: MeetingID, token: CreationToken) -> MeetingClaim {
        guard let entry = self.entries[id] else { return .unknown }
        guard entry.token.matches(token) else { return .unauthorized }
        return entry.registered.map { .registered($0) } ?? .open
    }

    /// Makes a meeting joinable, once.
    package mutating func register(_ meeting: RegisteredMeeting, token: CreationToken) -> Registration {
        guard let entry = self.entries[meeting.id] else { return .unknown }
        guard entry.token.matches(token) else { return .unauthorized }
        guard entry.registered == nil else { return .conflict }
        self.entries[meeting.id]?.registered = meeting
        return .registered
    }

    /// Changes the personal links of a meeting that can be joined.
    package mutating func change(
        _ id: MeetingID, token: CreationToken, _ change: (inout RegisteredMeeting) -> TicketChange
    ) -> TicketChange {
        guard let entry = self.entries[id] else { return .unknown }
        guard entry.token.matches(token) else { return .unauthorized }
        guard var registered = entry.registered else { return .conflict }
        let outcome = change(&registered)
        self.entries[id]?.registered = registered
        return outcome
    }

    /// What a joinable meeting was registered with; nil for any other.
    package func registered(_ id: MeetingID) -> RegisteredMeeting? {
        self.entries[id]?.registered
    }

    /// A meeting is no more; false where there was none that could be joined.
    package mutating func forget(_ id: MeetingID) -> Bool {
        self.entries.removeValue(forKey: id)?.registered != nil
    }

    /// An account was closed: what it made goes on, and nobody knows any more that it did.
    package mutating func disown(_ account: AccountID) {
        for id in self.entries.keys where self.entries[id]?.account == account { self.entries[id]?.account = nil }
    }

    /// Somebody is in now.
    package mutating func occupy(_ id: MeetingID) {
        self.entries[id]?.emptySince = nil
    }

    /// Nobody is in; it may have been so before.
    package mutating func vacate(_ id: MeetingID, now: ContinuousClock.Instant) {
        guard let entry = self.entries[id], entry.emptySince == nil else { return }
        self.entries[id]?.emptySince = now
    }

    /// Forgets what has been empty for its lifetime, and says which that was.
    package mutating func expire(now: ContinuousClock.Instant) -> [MeetingID] {
        let expired = self.entries.filter { $0.value.end.map { $0 <= now } ?? false }.map(\.key)
        for id in expired { self.entries[id] = nil }
        return expired
    }
}
