/// What a service may get of a person (`e2ee.md` 10).
package struct ConsentScope: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let voice = ConsentScope(rawValue: 1)
    package static let picture = ConsentScope(rawValue: 2)
    package static let text = ConsentScope(rawValue: 4)
    /// Everything.
    package static let all: ConsentScope = [.voice, .picture, .text]
}

/// What a person answered about a service, for its key and all it says of itself.
package enum ConsentAnswer: UInt8, Equatable, Sendable {
    /// Nothing yet, or when it was something else: for somebody else, for less, elsewhere.
    case unasked = 0
    /// It may have everything.
    case yes = 1
    /// It may not, or not everything.
    case no = 2
}

/// What this person agreed to, by key and all that the service says of itself: whatever is new in it is asked for again (`e2ee.md`
/// 10).
package struct ConsentBook: Equatable, Sendable {
    private var given: [[UInt8]: SavedConsent] = [:]

    /// More answers than this nobody keeps.
    package static var countMax: Int { 256 }

    /// Nothing was agreed to.
    package init() {}

    /// What was agreed to before, as it was kept.
    package init(_ saved: [SavedConsent]) { for consent in saved { self.given[consent.service] = consent } }

    /// Everything that was answered, to be kept.
    package var saved: [SavedConsent] { Array(self.given.values) }

    /// The person agrees; with an empty scope, refuses or withdraws. When the book is full it forgets services that are not
    /// among `occupants`; false when it is full of those who are.
    package mutating func set(_ consent: SavedConsent, among occupants: [Occupant]) -> Bool {
        if self.given[consent.service] == nil, self.given.count >= Self.countMax {
            self.given = self.given.filter { entry in occupants.contains { $0.key == entry.key } }
            guard self.given.count < Self.countMax else { return false }
        }
        self.given[consent.service] = consent
        return true
    }

    /// What was answered about a service, if it is what it was then.
    package func consent(to occupant: Occupant) -> SavedConsent? {
        guard let service = occupant.profile?.service, let given = self.given[occupant.key],
            service == given.info
        else { return nil }
        return given
    }

    /// The same in one word.
    package func answer(to occupant: Occupant) -> ConsentAnswer {
        guard let consent = self.consent(to: occupant) else { return .unasked }
        return consent.scope == .all ? .yes : .no
    }

    /// What may be sent while these leaves are in the group: what every service in it may get.
    package func scope(_ occupants: [Occupant]) -> ConsentScope {
        var scope = ConsentScope.all
        for occupant in occupants where occupant.isService {
            scope.formIntersection(self.consent(to: occupant)?.scope ?? [])
        }
        return scope
    }

    /// The services that have to be asked about.
    package func unasked(_ occupants: [Occupant]) -> [Occupant] {
        occupants.filter { $0.isService && self.consent(to: $0) == nil }
    }
}
