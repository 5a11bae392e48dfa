/// Why a group's first Commit is made (RFC 9420 §11.2, §11.3).
package enum GroupPurpose: UInt8, Sendable {
    /// Any group, and every later Commit.
    case ordinary
    /// The group follows one that a ReInit closed.
    case reInit
    /// The group is a subgroup.
    case branch

    /// The usage its resumption PSK has.
    var usage: ResumptionPSKUsage? {
        switch self {
        case .ordinary: nil
        case .reInit: .reInit
        case .branch: .branch
        }
    }
}
