package import MediaCore

/// Keys count whole milliseconds of the media clock.
extension MediaTime {
    /// Milliseconds since the clock's start.
    package var keyTime: UInt64 { UInt64(max(0, self.nanoseconds / 1_000_000)) }

    /// The moment that many milliseconds after the clock's start.
    init(keyTime: UInt64) { self = .zero + .milliseconds(Int64(clamping: keyTime)) }
}
