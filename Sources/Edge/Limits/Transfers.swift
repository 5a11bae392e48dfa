package import Signalling
internal import Synchronization

/// Parts of sealed files that come and go now. Each costs memory while it lasts, so there are only so many; and of one
/// token, of one person and of one meeting so many that others find a place.
package final class Transfers: Sendable {
    /// In which direction.
    package enum Way: Sendable {
        case coming, going
    }

    /// A place, given back when nobody holds it any more: an answer that is never written has an end as well.
    package final class Place: Sendable {
        private let giveBack: @Sendable () -> Void

        fileprivate init(_ giveBack: @escaping @Sendable () -> Void) { self.giveBack = giveBack }

        deinit { self.giveBack() }
    }

    /// What places are counted by.
    private enum Count: Hashable {
        case token(BlobToken)
        case holder(Way, BlobHolder)
        case meeting(Way, UInt32)
        case all(Way)
    }

    private static let ofToken = 2, ofHolder = 4
    /// A meeting gets one in so many of all.
    private static let meetings = 4

    private let limits: EdgeLimits
    private let taken = Mutex<[Count: Int]>([:])

    /// With all places free.
    package init(_ limits: EdgeLimits) { self.limits = limits }

    /// Nil when all places are taken that this one may have.
    package func place(_ way: Way, _ token: BlobToken, of holder: BlobHolder) -> Place? {
        let atMost = way == .coming ? self.limits.uploadsAtMost : self.limits.downloadsAtMost
        let counts: [Count: Int] = [
            .token(token): Self.ofToken, .holder(way, holder): Self.ofHolder,
            .meeting(way, holder.meeting): max(1, atMost / Self.meetings), .all(way): atMost,
        ]
        let isFree = self.taken.withLock { taken in
            guard counts.allSatisfy({ taken[$0.key, default: 0] < $0.value }) else { return false }
            for count in counts.keys { taken[count, default: 0] += 1 }
            return true
        }
        return isFree ? Place { self.leave(Array(counts.keys)) } : nil
    }

    private func leave(_ counts: [Count]) {
        self.taken.withLock { taken in
            for count in counts {
                let left = taken[count, default: 0] - 1
                taken[count] = left > 0 ? left : nil
            }
        }
    }
}
