internal import Dispatch
package import Meeting
package import Redaction
internal import Signalling
internal import Synchronization

/// Hashes passwords on threads of its own, so that no event loop waits for it. Few at a time: each takes 128 MiB. Who comes
/// when as many wait as may wait is told to come again, so that a flood of passwords takes neither the memory nor the time
/// of those who are in a meeting. One account, or one link, has one password looked at at a time, and one network few, so that
/// nobody fills the places alone.
package final class PasswordWork: Sendable {
    private struct Lane {
        let queue: DispatchQueue
        /// How many it has, the one it works on included.
        var load = 0
    }

    private struct State {
        var lanes: [Lane]
        var owners: Set<[UInt8]> = []
        var prefixes: [[UInt8]: Int] = [:]
    }

    /// Passwords of one network that are looked at or wait.
    private static let prefixAtMost = 3

    private let state: Mutex<State>
    private let atMost: Int

    /// So many at a time, and so many waiting.
    package init(lanes: Int = 2, waiting: Int = 16) {
        precondition(lanes > 0, "somebody has to do the work")
        self.atMost = lanes + waiting
        self.state = Mutex(
            State(lanes: (0..<lanes).map { Lane(queue: DispatchQueue(label: "beraad.passwords.\($0)")) }))
    }

    /// The outcome for a password. `owner` is whose it is, an account or a link, as bytes; `prefix` from where it came
    /// (nothing: from this machine).
    package func hash(
        _ password: [UInt8], salt: [UInt8], _ cost: ScryptCost, for owner: [UInt8], from prefix: Redacted<[UInt8]>?
    ) async throws(AccountRefusal) -> [UInt8] {
        let (number, queue) = try self.take(owner, prefix).get()
        let bytes = await withCheckedContinuation { (continuation: CheckedContinuation<[UInt8]?, Never>) in
            queue.async {
                let bytes = Scrypt.bytes(password, salt: salt, cost)
                self.leave(number, owner, prefix)
                continuation.resume(returning: bytes)
            }
        }
        guard let bytes else { throw AccountRefusal(.busy, retrySeconds: 30) }
        return bytes
    }

    /// A place in the lane with the least to do.
    private func take(
        _ owner: [UInt8], _ prefix: Redacted<[UInt8]>?
    ) -> Result<(Int, DispatchQueue), AccountRefusal> {
        self.state.withLock { state in
            let ofPrefix = prefix.map { state.prefixes[$0.exposed, default: 0] } ?? 0
            guard !state.owners.contains(owner), ofPrefix < Self.prefixAtMost else {
                return .failure(AccountRefusal(.tooFast, retrySeconds: 2))
            }
            let lanes = state.lanes
            guard lanes.reduce(0, { $0 + $1.load }) < self.atMost,
                let number = lanes.indices.min(by: { lanes[$0].load < lanes[$1].load })
            else { return .failure(AccountRefusal(.busy, retrySeconds: 5)) }
            state.lanes[number].load += 1
            state.owners.insert(owner)
            if let prefix { state.prefixes[prefix.exposed] = ofPrefix + 1 }
            return .success((number, lanes[number].queue))
        }
    }

    private func leave(_ number: Int, _ owner: [UInt8], _ prefix: Redacted<[UInt8]>?) {
        self.state.withLock { state in
            state.lanes[number].load -= 1
            state.owners.remove(owner)
            guard let prefix, let count = state.prefixes[prefix.exposed] else { return }
            state.prefixes[prefix.exposed] = count > 1 ? count - 1 : nil
        }
    }
}
