internal import Glibc

/// What a thread runs, once.
protocol ThreadBody: AnyObject {
    func run()
}

/// Starts threads of the system: media must not wait for a pool that other tasks keep busy.
enum Thread {
    private final class Box {
        let body: any ThreadBody

        init(_ body: any ThreadBody) { self.body = body }
    }

    /// Runs `body` on a thread of its own, which nobody joins.
    static func start(_ body: any ThreadBody) throws(ClientFailure) {
        // SAFETY: the box is retained for the new thread, which takes it over; when there is none, it is released here.
        let box = unsafe Unmanaged.passRetained(Box(body))
        var thread = pthread_t()
        let result = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body.run()
                return nil
            }, box.toOpaque())
        guard result == 0 else {
            unsafe box.release()
            throw .system
        }
        pthread_detach(thread)
    }
}

/// Wakes a thread out of `poll`: a pipe that is written to.
final class WakePipe: Sendable {
    /// The end to poll.
    let descriptor: Int32
    private let writing: Int32

    init() throws(ClientFailure) {
        var ends: [Int32] = [-1, -1]
        // SAFETY: the call writes two descriptors into an array of two.
        guard unsafe pipe(&ends) == 0 else { throw .system }
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        (self.descriptor, self.writing) = (ends[0], ends[1])
    }

    deinit {
        close(self.descriptor)
        close(self.writing)
    }

    func wake() {
        var byte: UInt8 = 1
        // SAFETY: one byte on the stack. A full pipe has woken the thread already.
        _ = unsafe write(self.writing, &byte, 1)
    }

    func clear() {
        var bytes = [UInt8](repeating: 0, count: 64)
        // SAFETY: the array outlives the call and says its own size.
        while unsafe read(self.descriptor, &bytes, 64) == 64 {}
    }
}
