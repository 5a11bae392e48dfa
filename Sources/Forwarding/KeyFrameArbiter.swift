internal import MediaCore

/// Decides when one source is asked for a key frame, however many subscribers wait for it (`media.md` 6.6): one request
/// per `keyFrameInterval`, and again when none came within `keyFrameRetry`.
struct KeyFrameArbiter: BitwiseCopyable {
    private var isWanted = false
    /// The last request has not been answered by a key frame yet.
    private var isAsked = false
    private var askedAt = MediaTime(nanoseconds: -1 << 62)

    /// When to call `elapse`; `never` while nobody waits.
    var deadline: MediaTime {
        guard self.isWanted else { return .never }
        return self.askedAt + (self.isAsked ? Timers.keyFrameRetry : Timers.keyFrameInterval)
    }

    /// Somebody needs a key frame. True = ask the publisher now.
    mutating func want(now: MediaTime) -> Bool {
        self.isWanted = true
        return self.elapse(now: now)
    }

    /// True = ask the publisher now.
    mutating func elapse(now: MediaTime) -> Bool {
        guard self.isWanted, now >= self.deadline else { return false }
        self.isAsked = true
        self.askedAt = now
        return true
    }

    /// A key frame began; whoever waited has it.
    mutating func keyFrameBegan() {
        self.isWanted = false
        self.isAsked = false
    }

    /// Nobody waits any more.
    mutating func forget() { self.isWanted = false }
}
