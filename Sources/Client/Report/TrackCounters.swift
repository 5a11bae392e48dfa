internal import E2EE

/// What came of one person's stream.
public struct TrackCounters: Equatable, Sendable {
    /// Frames that opened.
    public var frames: UInt64 = 0
    /// Of those, key frames.
    public var keyFrames: UInt64 = 0
    /// RTP packets in those frames.
    public var packets: UInt64 = 0
    /// Packets that never came.
    public var lost: UInt64 = 0
    /// Packets that came back by retransmission.
    public var recoveredByRTX: UInt64 = 0
    /// Frames that did not open, by reason.
    public var failures: [String: UInt64] = [:]

    /// Frames that did not open as is usual for a moment when people come and go, by reason.
    public var grace: [String: UInt64] = [:]

    /// Frames that did not open.
    public var failed: UInt64 { self.failures.values.reduce(0, +) }

    static func += (left: inout Self, right: Self) {
        left.frames += right.frames
        left.keyFrames += right.keyFrames
        left.packets += right.packets
        left.lost += right.lost
        left.recoveredByRTX += right.recoveredByRTX
        left.failures.merge(right.failures, uniquingKeysWith: +)
        left.grace.merge(right.grace, uniquingKeysWith: +)
    }

    mutating func count(_ drop: FrameDrop, isGrace: Bool) {
        guard !drop.isExpected else { return }
        guard !isGrace else { return self.grace["\(drop)", default: 0] += 1 }
        self.failures["\(drop)", default: 0] += 1
    }
}

/// What was received from one person.
package struct PersonCounters: Equatable, Sendable {
    /// Their picture.
    package var video = TrackCounters()
    /// Their voice.
    package var audio = TrackCounters()

    /// Nothing yet.
    package init() {}

    static func += (left: inout Self, right: Self) {
        left.video += right.video
        left.audio += right.audio
    }
}
