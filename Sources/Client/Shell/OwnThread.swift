internal import Glibc
internal import Synchronization

/// An executor with one thread of its own, until it is told that it is over. Many participants in one program would
/// otherwise share the few threads of the pool for their keys, while each has a thread for its media: keys would come too
/// late for frames that came in time.
final class OwnThread: SerialExecutor, ThreadBody {
    private struct Work {
        var jobs: [UnownedJob] = []
        var isOver = false
    }

    private let work = Mutex(Work())
    private let wake: WakePipe

    /// Starts the thread.
    init() throws(ClientFailure) {
        self.wake = try WakePipe()
        try Thread.start(self)
    }

    /// The thread ends once it has done what it was given.
    func end() {
        self.work.withLock { $0.isOver = true }
        self.wake.wake()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        self.work.withLock { $0.jobs.append(job) }
        self.wake.wake()
    }

    func run() {
        while true {
            let (jobs, isOver) = self.work.withLock { work in
                defer { work.jobs = [] }
                return (work.jobs, work.isOver)
            }
            // SAFETY: each job was given to this executor, and runs once.
            for job in jobs { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
            guard jobs.isEmpty else { continue }
            if isOver { return }
            self.sleep()
        }
    }

    private func sleep() {
        var descriptor = pollfd(fd: self.wake.descriptor, events: Int16(POLLIN), revents: 0)
        // SAFETY: the value outlives the call, which writes only its result.
        _ = unsafe poll(&descriptor, 1, -1)
        self.wake.clear()
    }
}
