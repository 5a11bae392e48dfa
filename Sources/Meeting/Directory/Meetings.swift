package import Signalling

/// The meetings of this server that are not planned, in memory only: which exist, who may register their invite, and when
/// each is forgotten.
package struct Meetings: Sendable {
    /// A meeting nobody is in is forgotten after so long, counted from its creation or from the last person's leaving.
    package static let lifetime = Duration.seconds(12 * 3_600)

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
    }

    private struct Entry {
        let token: CreationToken
        var registered: RegisteredMeeting?
        /// Nil while somebody is in.
        var emptySince: ContinuousClock.Instant?
    }

    private let atMost: Int
    private var entries: [MeetingID: Entry] = [:]

    /// No meetings yet, and never more than `atMost`.
    package init(atMost: Int) {
        self.atMost = atMost
    }

    /// How many there are.
    package var count: Int { self.entries.count }

    /// A new meeting, not joinable before its invite is registered; nil when there are too many.
    package mutating func create(
        now: ContinuousClock.Instant, using generator: inout some RandomNumberGenerator
    ) -> MeetingCreated? {
        guard self.entries.count < self.atMost else { return nil }
        let created = MeetingCreated(
            id: .random(byteCount: 16, using: &generator), token: .random(byteCount: 32, using: &generator))
        self.entries[created.id] = Entry(token: created.token, emptySince: now)
        return created
    }

    /// Makes a meeting joinable, once.
    package mutating func register(
        _ registration: InviteRegistration, for id: MeetingID, token: CreationToken, _ passcodes: PasscodeKeys
    ) -> Registration {
        guard let entry = self.entries[id] else { return .unknown }
        guard entry.token.matches(token) else { return .unauthorized }
        guard entry.registered == nil else { return .conflict }
        guard let registered = RegisteredMeeting(registration, for: id, passcodes) else { return .malformed }
        self.entries[id]?.registered = registered
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
        let expired = self.entries.filter { $0.value.emptySince.map { $0 + Self.lifetime <= now } ?? false }.map(\.key)
        for id in expired { self.entries[id] = nil }
        return expired
    }

    /// When the next meeting is forgotten if nobody comes.
    package var deadline: ContinuousClock.Instant? {
        self.entries.values.compactMap { $0.emptySince.map { $0 + Self.lifetime } }.min()
    }
}
