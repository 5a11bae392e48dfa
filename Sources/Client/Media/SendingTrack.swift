internal import E2EE
internal import MediaCore
internal import Wire

/// An own track: a source and the numbers of its RTP stream. It holds no key: what it sends the keyring has sealed. Muting
/// and a closed gate only pause it.
struct SendingTrack: ~Copyable {
    enum Source {
        case audio(AudioSource?)
        case video(VideoSource?)
    }

    /// A frame that is due, sealed, in pieces for RTP.
    struct Due {
        var frame: VideoFrame?
        var payloads: [[UInt8]]
        var timestamp: UInt32
    }

    let stream: UInt16
    let codec: Codec
    private let kind: FrameKind
    /// When the next frame is due; `never` while the track is off.
    private(set) var due: MediaTime = .never
    var keyFrameWanted = true
    private var source: Source
    private let packetizer = VP8Packetizer(payloadMax: Self.payloadMax)
    private var picture: VP8Packetizer.Frame
    private var sequence: UInt64
    private let firstTimestamp: UInt32
    /// RTP ticks since `startedAt`.
    private var ticks: UInt64 = 0
    private var startedAt: MediaTime?
    private var isOn = false
    /// Whether anything may be sent at all.
    private var isGateOpen = false
    private var keyFrameSentAt: MediaTime?
    private var history = SendHistory(capacity: 512)

    /// A file jumps to a key frame at most this often, whoever asks how often.
    private static let keyFrameDistance = MediaSpan.milliseconds(300)
    /// With RTP header, extensions and tag a datagram stays under 1,200 bytes.
    private static let payloadMax = 1_124
    /// A sender that fell behind further than this leaves out instead of catching up.
    private static let lagMax = MediaSpan.milliseconds(200)

    init(_ source: Source, _ kind: FrameKind, stream: UInt16, seed: UInt64) {
        self.source = source
        self.kind = kind
        self.stream = stream
        let isAudio = if case .audio = source { true } else { false }
        self.codec = isAudio ? .opus : .vp8
        var random = SplitMix64(seed: seed)
        // Below 32,768, so that a lost first packet around a wrap cannot confuse the rollover count (RFC 3711 §3.3.1).
        self.sequence = random.next() % 32_767 + 1
        self.firstTimestamp = UInt32(truncatingIfNeeded: random.next())
        self.picture = VP8Packetizer.Frame(pictureID: UInt16(truncatingIfNeeded: random.next()) & 0x7FFF)
    }

    var hasSource: Bool {
        switch self.source {
        case .audio(let source): source != nil
        case .video(let source): source != nil
        }
    }

    /// Media may flow from now on.
    mutating func start(now: MediaTime) {
        if self.startedAt == nil { self.startedAt = now }
        self.resume(now: now)
    }

    mutating func set(_ isOn: Bool, now: MediaTime) {
        guard self.isOn != isOn else { return }
        self.isOn = isOn
        self.resume(now: now)
    }

    /// The gate opens or closes.
    mutating func setGate(isOpen: Bool, now: MediaTime) {
        guard self.isGateOpen != isOpen else { return }
        self.isGateOpen = isOpen
        self.resume(now: now)
    }

    private mutating func resume(now: MediaTime) {
        guard self.isOn, self.isGateOpen, self.hasSource, let startedAt = self.startedAt else {
            return self.due = .never
        }
        self.ticks = max(self.ticks, self.ticks(since: startedAt, now))
        self.due = now
        self.keyFrameWanted = true
    }

    /// Makes the frame that is due and moves on to the next; nothing when the track is off or worn out.
    mutating func next(now: MediaTime, _ keyring: SharedKeyring, _ transform: FrameTransform?) -> Due? {
        guard self.due <= now, let startedAt = self.startedAt else { return nil }
        if now - self.due > Self.lagMax { self.ticks = self.ticks(since: startedAt, now) }
        let timestamp = self.firstTimestamp &+ UInt32(truncatingIfNeeded: self.ticks)
        guard let (frame, plain, duration) = self.nextFrame(now: now) else {
            self.due = .never
            return nil
        }
        self.ticks += UInt64(duration)
        let nanoseconds = self.ticks.multipliedFullWidth(by: 1_000_000_000)
        let elapsed = UInt64(self.codec.clockRate).dividingFullWidth(nanoseconds).quotient
        self.due = startedAt + MediaSpan(nanoseconds: Int64(clamping: elapsed))
        let size = frame.map { FrameSize(width: $0.width, height: $0.height) }
        guard
            let sealed = keyring.seal(
                plain, self.kind, isKeyFrame: frame?.isKeyFrame ?? false, mediaTime: timestamp, size: size)
        else {
            // A frame that cannot be sealed is not sent, and what follows it cannot be shown without it.
            self.keyFrameWanted = true
            return Due(frame: nil, payloads: [], timestamp: timestamp)
        }
        let bytes = transform.map { $0(plain, sealed) } ?? sealed
        let payloads = frame == nil ? [bytes] : self.payloads(of: bytes)
        return Due(frame: frame, payloads: payloads, timestamp: timestamp)
    }

    /// A sealed picture in pieces of nearly equal size, each with its descriptor.
    private mutating func payloads(of frame: [UInt8]) -> [[UInt8]] {
        defer { self.picture.pictureID = (self.picture.pictureID + 1) & 0x7FFF }
        let picture = self.picture
        return (0..<self.packetizer.count(frameLength: frame.count)).map { index in
            var bytes = [UInt8](repeating: 0, count: Self.payloadMax)
            let count = bytes.withMutableRawSpan {
                self.packetizer.write(index, of: frame.rawSpan, picture, into: &$0)
            }
            return Array(bytes.prefix(count))
        }
    }

    private mutating func nextFrame(now: MediaTime) -> (VideoFrame?, [UInt8], UInt32)? {
        switch self.source {
        case .audio(var source?):
            let packet = source.next()
            self.source = .audio(source)
            return (nil, packet.bytes, packet.duration)
        case .video(var source?):
            let isTooSoon = self.keyFrameSentAt.map { now - $0 < Self.keyFrameDistance } ?? false
            let frame = source.next(keyFrameWanted: self.keyFrameWanted && !isTooSoon)
            self.source = .video(source)
            if frame.isKeyFrame {
                self.keyFrameWanted = false
                self.keyFrameSentAt = now
            }
            return (frame, frame.bytes, frame.duration)
        case .audio(nil), .video(nil): return nil
        }
    }

    /// The RTP packet for a payload in the slab, remembered for those who miss it when it is video.
    mutating func packet(
        _ handle: PacketHandle, timestamp: UInt32, isLast: Bool, now: MediaTime, slab: inout PacketSlab
    ) -> Outgoing {
        let outgoing = Outgoing(
            stream: self.stream, packet: handle, sequence: self.sequence, timestamp: timestamp,
            marker: isLast && self.codec != .opus)
        self.sequence += 1
        if self.codec != .opus { self.history.record(outgoing, now: now, slab: &slab) }
        return outgoing
    }

    /// What a NACK asks for and we still have.
    mutating func resend(_ sequence: UInt16, _ following: UInt16, now: MediaTime) -> [Outgoing] {
        var packets: [Outgoing] = []
        self.history.take(
            MissingPackets(sequence: sequence, following: following), now: now, roundTrip: .milliseconds(50)
        ) { packets.append($0) }
        return packets
    }

    private func ticks(since start: MediaTime, _ now: MediaTime) -> UInt64 {
        let elapsed = UInt64(max(0, (now - start).nanoseconds))
        let product = elapsed.multipliedFullWidth(by: UInt64(self.codec.clockRate))
        return UInt64(1_000_000_000).dividingFullWidth(product).quotient
    }
}
