/// One encoded source of one participant: a microphone, a camera, a screen, its sound.
package struct PublicationID: Hashable, Sendable, BitwiseCopyable {
    /// Chosen by the control plane; the same source may come back under the same number.
    package var rawValue: UInt64

    /// The publication with this number.
    package init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// An endpoint's seat in one room: index and generation, so that a stale handle is an answer, not a trap.
package struct MemberHandle: Hashable, Sendable, BitwiseCopyable {
    var index: UInt32
    var generation: UInt32

    /// Refers to nobody.
    package static let none = MemberHandle(index: .max, generation: 0)
}
