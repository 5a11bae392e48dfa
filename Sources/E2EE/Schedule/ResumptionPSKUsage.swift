/// What a resumption PSK is used for (RFC 9420 §8.4).
package enum ResumptionPSKUsage: UInt8, Sendable {
    /// Whatever the application means by it.
    case application = 1
    /// The first epoch of a group that follows a ReInit.
    case reInit = 2
    /// The first epoch of a subgroup.
    case branch = 3
}
