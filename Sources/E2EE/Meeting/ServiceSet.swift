/// Sorts of services, as the policy and the descriptor allow them (`e2ee.md` 4.1).
package struct ServiceSet: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let recorder = ServiceSet(rawValue: 1)
    package static let stream = ServiceSet(rawValue: 2)
    package static let captions = ServiceSet(rawValue: 4)
    package static let gateway = ServiceSet(rawValue: 8)
}
