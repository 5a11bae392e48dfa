internal import Synchronization

/// Work that nobody waits for while the server runs, as that of a room that has said what it has to say. Whoever stops waits for
/// it.
package final class Errands: Sendable {
    private struct State {
        var next = 0
        var tasks: [Int: Task<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// None yet.
    package init() {}

    /// Has this done, from now on.
    package func run(_ work: @escaping @Sendable () async -> Void) {
        self.state.withLock { state in
            let number = state.next
            state.next += 1
            state.tasks[number] = Task {
                await work()
                self.state.withLock { $0.tasks[number] = nil }
            }
        }
    }

    /// Waits until everything is done, also what is asked for meanwhile.
    package func settle() async {
        while let task = self.state.withLock({ $0.tasks.values.first }) { await task.value }
    }
}
