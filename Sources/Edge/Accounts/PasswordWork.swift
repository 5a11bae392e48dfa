internal import Dispatch
package import Meeting
internal import Signalling
internal import Synchronization

/// Hashes passwords on threads of its own, so that no event loop waits for it. Few at a time: each takes 128 MiB. Who comes
/// when as many wait as may wait is told to come again, so that a flood of passwords takes neither the memory nor the time
/// of those who are in a meeting.
package final class PasswordWork: Sendable {
    private struct Lane {
        let queue: DispatchQueue
        /// How many it has, the one it works on included.
        var load = 0
    }

    private let lanes: Mutex<[Lane]>
    private let atMost: Int

    /// So many at a time, and so many waiting.
    package init(lanes: Int = 2, waiting: Int = 16) {
        precondition(lanes > 0, "somebody has to do the work")
        self.atMost = lanes + waiting
        self.lanes = Mutex((0..<lanes).map { Lane(queue: DispatchQueue(label: "beraad.passwords.\($0)")) })
    }

    /// The outcome for a password.
    package func hash(
        _ password: [UInt8], salt: [UInt8], _ cost: ScryptCost
    ) async throws(AccountRefusal) -> [UInt8] {
        guard let (number, queue) = self.takeLane() else { throw AccountRefusal(.busy, retrySeconds: 5) }
        let bytes = await withCheckedContinuation { (continuation: CheckedContinuation<[UInt8]?, Never>) in
            queue.async {
                let bytes = Scrypt.bytes(password, salt: salt, cost)
                self.lanes.withLock { $0[number].load -= 1 }
                continuation.resume(returning: bytes)
            }
        }
        guard let bytes else { throw AccountRefusal(.busy, retrySeconds: 30) }
        return bytes
    }

    /// The one with the least to do.
    private func takeLane() -> (Int, DispatchQueue)? {
        self.lanes.withLock { lanes in
            guard lanes.reduce(0, { $0 + $1.load }) < self.atMost,
                let number = lanes.indices.min(by: { lanes[$0].load < lanes[$1].load })
            else { return nil }
            lanes[number].load += 1
            return (number, lanes[number].queue)
        }
    }
}
