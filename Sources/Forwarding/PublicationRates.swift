internal import MediaCore

/// How much one publication may send (`media.md` 9.1): a client that sends more must not stop the meetings of others, for
/// every packet is multiplied by those who see it. What is beyond is dropped and counted, like loss on a narrow line.
package struct PublicationRates: Sendable, BitwiseCopyable {
    /// Packets a second of a voice; 100 is one every 10 ms.
    package var audioPackets: Int64
    /// Its bytes a second: twice what is granted to Opus, padded and sealed.
    package var audioBytes: Int64
    /// Packets a second of a picture.
    package var videoPackets: Int64
    /// Its bytes a second: twice the 4,000 kbit/s that clients are told.
    package var videoBytes: Int64

    /// Rates of one publication of each kind.
    package init(
        audioPackets: Int64 = 200, audioBytes: Int64 = 64_000, videoPackets: Int64 = 2_000,
        videoBytes: Int64 = 1_000_000
    ) {
        self.audioPackets = audioPackets
        self.audioBytes = audioBytes
        self.videoPackets = videoPackets
        self.videoBytes = videoBytes
    }

    /// What people's devices stay well below.
    package static let standard = PublicationRates()

    /// Both buckets of a publication, full: a second's worth at once, for key frames and late bursts.
    func buckets(_ kind: MediaKind) -> (packets: TokenBucket, bytes: TokenBucket) {
        let packets = kind == .audio ? self.audioPackets : self.videoPackets
        let bytes = kind == .audio ? self.audioBytes : self.videoBytes
        return (
            TokenBucket(burst: packets, perSecond: packets), TokenBucket(burst: bytes, perSecond: bytes)
        )
    }
}
