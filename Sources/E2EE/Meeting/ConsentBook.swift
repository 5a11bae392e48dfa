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

/// What this person agreed to, by key and purposes: a new key or purpose is asked for again (`e2ee.md` 10).
package struct ConsentBook: Equatable, Sendable {
    private var given: [[UInt8]: (purposes: Purposes, scope: ConsentScope)] = [:]

    /// Nothing was agreed to.
    package init() {}

    /// What was agreed to before, as it was kept.
    package init(_ saved: [SavedConsent]) {
        for consent in saved { self.set(consent.service, consent.purposes, consent.scope) }
    }

    /// Everything that was answered, to be kept.
    package var saved: [SavedConsent] {
        self.given.map { SavedConsent(service: $0.key, purposes: $0.value.purposes, scope: $0.value.scope) }
    }

    /// Whether both say the same.
    package static func == (left: Self, right: Self) -> Bool {
        left.given.count == right.given.count
            && left.given.allSatisfy { key, value in right.given[key].map { $0 == value } ?? false }
    }

    /// The person agrees; with an empty scope, refuses or withdraws.
    package mutating func set(_ key: [UInt8], _ purposes: Purposes, _ scope: ConsentScope) {
        self.given[key] = (purposes, scope)
    }

    /// What may be sent while these leaves are in the group: what every service in it may get.
    package func scope(_ occupants: [Occupant]) -> ConsentScope {
        occupants.reduce(.all) { scope, occupant in
            guard let service = occupant.profile?.service else { return scope }
            guard let given = self.given[occupant.key], service.purposes.isSubset(of: given.purposes) else { return [] }
            return scope.intersection(given.scope)
        }
    }

    /// The services that have to be asked about.
    package func unasked(_ occupants: [Occupant]) -> [Occupant] {
        occupants.filter { occupant in
            guard let service = occupant.profile?.service else { return false }
            return !(self.given[occupant.key].map { service.purposes.isSubset(of: $0.purposes) } ?? false)
        }
    }
}
