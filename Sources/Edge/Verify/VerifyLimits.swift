/// What a look at a server takes at most, however it behaves.
package struct VerifyLimits: Sendable {
    /// For one answer, from looking up the name to the last byte.
    package var patience = Duration.seconds(20)
    /// After this no new question is asked.
    package var total = Duration.seconds(180)
    /// Connections at a time, so that nobody takes it for a flood.
    package var connectionsAtOnce = 4

    /// Those of `beraad verify`.
    package init() {}

    /// Twice the file and some room: a longer answer cannot be read to an end that matters.
    static func bodyBytesMax(_ expected: ExpectedAnswer) -> Int {
        2 * (expected.content?.bytes.count ?? 0) + 65_536
    }
}
