internal import CLinux
internal import Glibc

/// Keys, and for a moment passwords, are in this program's memory. It keeps them from being written where they outlive it.
package enum MemoryGuard {
    /// No dump of this program is written when it fails, and no other of the same user looks into it. False when the system
    /// does not take that.
    package static func close() -> Bool {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        // SAFETY: the call only reads it.
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0 else { return false }
        return beraad_forbid_dumps() == 0
    }

    /// Whether that was done.
    package static var isClosed: Bool {
        var limit = rlimit()
        // SAFETY: the call fills the value it is given and keeps nothing of it.
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0 else { return false }
        return limit.rlim_cur == 0 && limit.rlim_max == 0 && beraad_allows_dumps() == 0
    }

    /// Whether memory may be written to a disk, by what `/proc/swaps` says: a head, and a line for each place. `zram` is
    /// memory itself.
    package static func mayReachDisk(swaps: String) -> Bool {
        swaps.split(separator: "\n").dropFirst().contains { !$0.hasPrefix("/dev/zram") }
    }
}
