internal import CNIOBoringSSL
internal import Glibc

/// The time BoringSSL sees. Its callback gets no connection to ask (the pointer is always null), so "now" stands in a
/// cell of the calling thread for the length of one call. Without it BoringSSL reads the wall clock and a test in virtual
/// time hangs (`media.md` 5.2).
enum DTLSClock {
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let made = unsafe pthread_key_create(&key, nil)
        precondition(made == 0, "a process may have 1,024 thread keys and this is one")
        return key
    }()

    /// Runs `body` with the clock of BoringSSL at `now` nanoseconds; nests.
    static func at<Result>(_ now: Int64, _ body: () -> Result) -> Result {
        var cell = max(now, 0)
        let outer = unsafe pthread_getspecific(Self.key)
        // SAFETY: the cell lives on this stack until the key holds the outer value again.
        return unsafe withUnsafeMutablePointer(to: &cell) { cell in
            unsafe pthread_setspecific(Self.key, cell)
            defer { unsafe pthread_setspecific(Self.key, outer) }
            return body()
        }
    }

    /// For `SSL_CTX_set_current_time_cb`. Outside `at` the time is zero: only sessions would look, and there are none.
    static let callback: @convention(c) (OpaquePointer?, UnsafeMutablePointer<timeval>?) -> Void = { _, out in
        let cell = unsafe pthread_getspecific(DTLSClock.key)
        let now = unsafe cell?.load(as: Int64.self) ?? 0
        unsafe out?.pointee = timeval(
            tv_sec: Int(now / 1_000_000_000), tv_usec: Int(now % 1_000_000_000 / 1_000))
    }
}
