internal import CLinux
internal import Glibc
internal import Synchronization

/// A pthread that runs one worker. Not a task: the loop blocks in epoll, and no executor should know of it.
final class WorkerThread: Sendable {
    /// Carries the setup to the thread, which takes it out once.
    private final class Parcel: @unchecked Sendable {
        // Unchecked because only the new thread touches it, after pthread_create, which orders the two.
        var setup: WorkerSetup?
        init(_ setup: consuming WorkerSetup) { self.setup = consume setup }
    }

    private let thread: Mutex<pthread_t?>

    /// Starts the thread.
    init(_ setup: consuming WorkerSetup) throws(MediaPlaneError) {
        let parcel = unsafe Unmanaged.passRetained(Parcel(setup))
        var thread = pthread_t()
        // SAFETY: the thread takes over the one reference `passRetained` made.
        let result = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                let parcel = unsafe Unmanaged<Parcel>.fromOpaque(argument).takeRetainedValue()
                if let setup = parcel.setup.take() { WorkerThread.main(setup) }
                return nil
            }, parcel.toOpaque())
        guard result == 0 else {
            unsafe parcel.release()
            throw .system(errno: result)
        }
        self.thread = Mutex(thread)
    }

    /// Waits until the worker has ended. Twice is no harm.
    func join() {
        let thread = self.thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        guard let thread, pthread_equal(thread, pthread_self()) == 0 else { return }
        pthread_join(thread, nil)
    }

    private static func main(_ setup: consuming WorkerSetup) {
        // SAFETY: the name is copied; a longer one than 15 characters is refused without harm.
        unsafe beraad_name_thread("beraad-media-\(setup.number)")
        var worker = Worker(setup)
        worker.run()
    }
}
