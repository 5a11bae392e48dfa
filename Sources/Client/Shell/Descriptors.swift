internal import Glibc

/// How many files and sockets this program may have open.
enum Descriptors {
    /// Asks for room for `count`, as far as the system lets it.
    static func raise(to count: Int) throws {
        var limit = rlimit()
        // SAFETY: the call fills the value it is given and keeps nothing of it.
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw PeerFailure.descriptors
        }
        guard limit.rlim_cur < rlim_t(count) else { return }
        guard limit.rlim_max >= rlim_t(count) else { throw PeerFailure.descriptors }
        limit.rlim_cur = rlim_t(count)
        // SAFETY: the call only reads it.
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw PeerFailure.descriptors
        }
    }
}
