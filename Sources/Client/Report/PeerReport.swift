/// How a peer is doing: plain numbers. Only names the peer itself could open stand in it.
public struct PeerReport: Equatable, Sendable {
    /// One other person, also when they are gone.
    public struct Remote: Equatable, Sendable {
        /// Their signature key, which names them through all epochs.
        public var key: [UInt8]
        /// Their name.
        public var name: String
        /// They are in the meeting now.
        public var isPresent: Bool
        /// Their connection dropped and may come back.
        public var isAway: Bool
        /// Their picture.
        public var video: TrackCounters
        /// Their voice.
        public var audio: TrackCounters
    }

    /// Something that somebody else wrote. Its words stand in no report.
    public struct Line: Equatable, Sendable {
        /// Of the message; 16 bytes.
        public var id: [UInt8]
        /// Its author's signature key.
        public var key: [UInt8]
        /// Bytes of the text.
        public var length: Int
    }

    /// Seconds since the start.
    public var seconds: Double = 0
    /// Where the peer is with the group: `idle`, `checking`, `knocking`, `joining`, `unproven`, `live`, `paused`, `behind`,
    /// `resync` or `out`.
    public var state = "idle"
    /// Why it sends nothing, in words of `e2ee.md` 10; empty when it may.
    public var gate: [String] = []
    /// Its own signature key, while it is in; a job for a service names it as the owner.
    public var key: [UInt8]?
    /// The epoch whose keys it has.
    public var epoch: UInt64?
    /// The meeting code of that epoch, 30 digits, to compare with what others read.
    public var code: String?
    /// Names of people who wait, when it may let them in.
    public var waiting: [String] = []
    /// What the host wrote to it while it waited.
    public var note: String?
    /// What others wrote, the last 256.
    public var lines: [Line] = []
    /// Signalling is up and the seat is ours.
    public var isJoined = false
    /// ICE, DTLS and SRTP are up.
    public var isConnected = false
    /// Milliseconds from the start to the first media connection.
    public var connectMilliseconds: Int?
    /// Wire number of the DTLS version; 0xFEFC is DTLS 1.3.
    public var dtlsVersion: UInt16 = 0
    /// SRTP protection profile; 7 is AEAD_AES_128_GCM.
    public var srtpProfile: UInt16 = 0
    /// Times signalling came back.
    public var reconnects = 0
    /// Times the peer had to join anew.
    public var rejoins = 0
    /// Times its place in the group had to be made anew.
    public var resyncs = 0
    /// Times the server would not let it begin to send something.
    public var refusals = 0
    /// Rules that others or the server broke, by number (`e2ee.md` 4.2), and how often.
    public var faults: [UInt16: Int] = [:]
    /// Media packets sent, and retransmissions among them.
    public var packetsSent: UInt64 = 0
    /// Retransmissions sent.
    public var retransmitted: UInt64 = 0
    /// SRTP packets whose authentication failed.
    public var unauthenticated: UInt64 = 0
    /// Everybody else who was ever here.
    public var remotes: [Remote] = []
    /// Frames nobody could be named for.
    public var unattributed = TrackCounters()
}
