internal import E2EE

extension ClientFailure {
    /// Why the group is over for us; nothing when we left ourselves.
    init?(_ reason: OutReason) {
        switch reason {
        case .badLink: self = .linkContradicted
        case .tooOld: self = .tooOld
        case .refused: self = .turnedAway
        case .denied: self = .denied
        case .badServer: self = .noWayIn
        case .ejected: self = .ejected
        case .sentBack: self = .sentBack
        case .lost: self = .lost
        case .left: return nil
        case .ended: self = .over
        case .fault: self = .contradiction
        }
    }
}
