/// One remote address that sent us an authenticated check, or (in a client) that we check.
struct ICEPath: BitwiseCopyable {
    var key: PathKey
    /// Names the path while the endpoint lives; never given again, so that a late answer cannot go elsewhere.
    var route: UInt32
    /// Last authenticated request from here (server), or last authenticated answer (client).
    var lastHeard: MediaTime
    /// The peer nominated this path (USE-CANDIDATE) and it waits for proof.
    var isNominated = false
    /// Somebody who can receive here answered: a challenge, or a whole DTLS handshake.
    var isProven = false
    /// Bytes that came from here and went there while it is unproven.
    var bytesIn: UInt64 = 0
    var bytesOut: UInt64 = 0
    /// The Binding request we sent: a path challenge on a server, a check in a client.
    var request: STUNTransactionID?
    var triesLeft: UInt8 = 0
    var nextTry: MediaTime = .never

    init(key: PathKey, route: UInt32, lastHeard: MediaTime) {
        self.key = key
        self.route = route
        self.lastHeard = lastHeard
    }

    /// An unproven address gets at most three times what it sent: a spoofed source must not aim us at a stranger.
    func mayReceive(_ byteCount: Int) -> Bool {
        self.isProven || self.bytesOut &+ UInt64(byteCount) <= self.bytesIn &* EndpointLimits.amplification
    }
}
