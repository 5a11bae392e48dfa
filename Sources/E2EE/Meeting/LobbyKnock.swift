/// A knock as the host's client reads it (`e2ee.md` 9).
package struct LobbyKnock: Sendable {
    package let card: LobbyCard
    package let keyPackage: KeyPackage
    /// The pass that was shown, unchecked.
    package let pass: ReentryPass?
    /// Which of the tried secrets opened it: 0 is the current one, others mean an old link.
    package let secretIndex: Int
    /// False: show "not from your link".
    package let isFromLink: Bool
}
