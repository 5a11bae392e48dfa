internal import CLinux
internal import Glibc

/// Level-triggered epoll: says which descriptors have something to read, or would take something again.
struct Poller: ~Copyable {
    /// What one wait found.
    struct Ready: BitwiseCopyable {
        var sources = InlineArray<64, UInt64>(repeating: 0)
        fileprivate var causes = InlineArray<64, UInt32>(repeating: 0)
        var count = 0

        /// It would take something; nothing is said about reading.
        func isWritable(_ index: Int) -> Bool { self.causes[index] & UInt32(BERAAD_EPOLLOUT) != 0 }
        /// It has something to read, or an error that reading will tell.
        func isReadable(_ index: Int) -> Bool { self.causes[index] & ~UInt32(BERAAD_EPOLLOUT) != 0 }
    }

    private let descriptor: Int32

    init() throws(MediaPlaneError) {
        let descriptor = beraad_epoll_create()
        guard descriptor >= 0 else { throw .system(errno: errno) }
        self.descriptor = descriptor
    }

    deinit { close(self.descriptor) }

    func add(_ descriptor: Int32, as source: UInt64) {
        _ = beraad_epoll_add(self.descriptor, descriptor, UInt32(BERAAD_EPOLLIN), source)
    }

    /// Also tells, or no longer tells, when `descriptor` would take something.
    func watch(_ descriptor: Int32, as source: UInt64, forWriting: Bool) {
        let events = UInt32(BERAAD_EPOLLIN) | (forWriting ? UInt32(BERAAD_EPOLLOUT) : 0)
        _ = beraad_epoll_change(self.descriptor, descriptor, events, source)
    }

    func wait(milliseconds: Int32) -> Ready {
        var ready = Ready()
        var sources = ready.sources.mutableSpan
        var causes = ready.causes.mutableSpan
        let descriptor = self.descriptor
        let count = unsafe sources.withUnsafeMutableBufferPointer { sources in
            unsafe causes.withUnsafeMutableBufferPointer { causes in
                // SAFETY: both have 64 entries and live for the call.
                unsafe beraad_epoll_wait(descriptor, sources.baseAddress, causes.baseAddress, 64, milliseconds)
            }
        }
        ready.count = max(0, Int(count))
        return ready
    }
}
