internal import Signalling

/// All sealed files of one meeting, and how often each person brought one.
struct SharedFiles: Sendable {
    /// Bytes of all of them, those that are still coming included; and of those that one person brought.
    static let bytesAtMost = 4_294_967_296, bytesOfPerson = bytesAtMost / 2
    /// A list that a person can look through; and small files cost more than their bytes.
    static let countAtMost = 1_024
    /// What one person brings in an hour.
    static let perHour = 20
    /// People whose number is remembered; the oldest goes first.
    private static let peopleAtMost = 512

    private struct Count {
        let key: LeafKey
        let person: LeafKey?
        var bucket: TokenBucket
    }

    private(set) var files: [BlobID: SharedFile] = [:]
    private var counts: [Count] = []

    subscript(blob: BlobID) -> SharedFile? {
        get { self.files[blob] }
        set { self.files[blob] = newValue }
    }

    /// Whether one more of so many bytes fits, of whoever has this seat.
    func fits(_ size: Int, of seat: Seat) -> Bool {
        let theirs = self.files.values.filter { $0.isOf(seat) }
        return self.files.count < Self.countAtMost
            && self.files.values.reduce(0) { $0 + $1.size } <= Self.bytesAtMost - size
            && theirs.reduce(0) { $0 + $1.size } <= Self.bytesOfPerson - size
    }

    /// Counts one more of somebody; the seconds to wait where it is one too many.
    mutating func count(_ seat: Seat, now: ContinuousClock.Instant) -> Int? {
        let known = self.counts.firstIndex { count in
            count.key == seat.key || (count.person != nil && count.person == seat.person)
        }
        if known == nil, self.counts.count == Self.peopleAtMost { self.counts.removeFirst() }
        let bucket = TokenBucket(burst: Self.perHour, perSecond: Double(Self.perHour) / 3_600, now: now)
        var count =
            known.map { self.counts.remove(at: $0) } ?? Count(key: seat.key, person: seat.person, bucket: bucket)
        defer { self.counts.append(count) }
        return count.bucket.take(now: now) ? nil : count.bucket.retrySeconds
    }

    /// Somebody has no seat any more: what they were still bringing does not come, and of whoever was put out nothing
    /// stays.
    mutating func forget(_ seat: Seat) -> (unfinished: [BlobID], whole: [BlobID]) {
        let unfinished = self.files.filter { $0.value.owner == seat.key && !$0.value.isComplete }.map(\.key)
        let whole = self.files.filter { seat.isCut && $0.value.isComplete && $0.value.isOf(seat) }.map(\.key)
        for blob in unfinished + whole { self.files[blob] = nil }
        for blob in self.files.keys { self.files[blob]?.forget(seat.key) }
        return (unfinished, whole)
    }

    /// Nothing lies there any more. How often each person brought one stays: leaving and coming back gives nobody more.
    mutating func empty() -> [BlobID] {
        defer { self.files = [:] }
        return Array(self.files.keys)
    }

    /// What does not come any more.
    mutating func expire(now: ContinuousClock.Instant) -> [BlobID] {
        let stalled = self.files.filter { $0.value.deadline.map { $0 <= now } ?? false }.map(\.key)
        for blob in stalled { self.files[blob] = nil }
        return stalled
    }

    /// When `expire` has something to do, if nothing happens before.
    var deadline: ContinuousClock.Instant? {
        self.files.values.compactMap(\.deadline).min()
    }
}
