internal import Signalling
internal import Synchronization

/// Parts of sealed files that come and go now. Each costs memory while it lasts, so there are only so many, and of one token
/// two.
final class Transfers: Sendable {
    /// In which direction.
    enum Way {
        case coming, going
    }

    /// A place, given back when nobody holds it any more: an answer that is never written has an end as well.
    final class Place: Sendable {
        private let giveBack: @Sendable () -> Void

        fileprivate init(_ giveBack: @escaping @Sendable () -> Void) { self.giveBack = giveBack }

        deinit { self.giveBack() }
    }

    private static let ofToken = 2

    private struct State {
        var counts: [Way: Int] = [:]
        var tokens: [BlobToken: Int] = [:]
    }

    private let limits: EdgeLimits
    private let state = Mutex(State())

    init(_ limits: EdgeLimits) { self.limits = limits }

    /// Nil when all places are taken.
    func place(_ way: Way, _ token: BlobToken) -> Place? {
        let atMost = way == .coming ? self.limits.uploadsAtMost : self.limits.downloadsAtMost
        let isFree = self.state.withLock { state in
            guard state.counts[way, default: 0] < atMost, state.tokens[token, default: 0] < Self.ofToken else {
                return false
            }
            state.counts[way, default: 0] += 1
            state.tokens[token, default: 0] += 1
            return true
        }
        return isFree ? Place { self.leave(way, token) } : nil
    }

    private func leave(_ way: Way, _ token: BlobToken) {
        self.state.withLock { state in
            state.counts[way, default: 0] -= 1
            let left = state.tokens[token, default: 0] - 1
            state.tokens[token] = left > 0 ? left : nil
        }
    }
}
