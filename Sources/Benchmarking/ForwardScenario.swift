/// What is sent, and to how many.
public struct ForwardScenario: Sendable {
    /// Where the packets come from.
    public enum Source: String, CaseIterable, Sendable {
        /// A camera: packets of 1,100 bytes, three to a picture.
        case video
        /// A microphone: packets of 160 bytes.
        case audio

        /// Bytes of a packet between its RTP header and its tag.
        public var payloadByteCount: Int {
            switch self {
            case .video: 1_100
            case .audio: 160
            }
        }
    }

    /// Where the packets come from.
    public var source: Source
    /// Who gets each packet; with nobody, what remains is the cost of receiving it.
    public var subscribers: Int

    /// A room with one publisher.
    public init(source: Source, subscribers: Int) {
        self.source = source
        self.subscribers = subscribers
    }

    /// Why there is nothing to count.
    public enum Failure: Error {
        /// A handshake did not finish, a seat was refused, or a packet could not be sealed.
        case setUp
        /// A subscriber's client could not open what it was sent, or it was something else.
        case wrongBytes
    }

    /// Plays so many packets inside `ForwardPath.playCounted`, by whose name a profiler knows when to count.
    public func playCounted(_ packets: Int) throws {
        var path = try ForwardPath.warm(self, packets: ForwardPath.warmUp + packets)
        path.playCounted(packets)
        try path.check()
    }

    /// Plays `packets` several times and answers the shortest of these by `clock`, which is the caller's.
    public func shortest(of repeats: Int, packets: Int, clock: () -> Int64) throws -> Int64 {
        var path = try ForwardPath.warm(self, packets: ForwardPath.warmUp + repeats * packets)
        var shortest = Int64.max
        for _ in 0..<repeats {
            let before = clock()
            path.play(packets)
            shortest = min(shortest, clock() - before)
        }
        try path.check()
        return shortest
    }
}
