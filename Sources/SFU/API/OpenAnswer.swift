package import MediaCore

/// Where clients reach a worker.
package struct Candidate: Sendable, Equatable {
    /// An IPv4 or IPv6 address in text.
    package var address: String
    /// The worker's port.
    package var port: UInt16
    /// UDP or ICE-TCP.
    package var transport: PathKey.TransportProtocol

    /// One candidate.
    package init(address: String, port: UInt16, transport: PathKey.TransportProtocol) {
        self.address = address
        self.port = port
        self.transport = transport
    }
}

/// One receive slot as the server will fill it: fixed for the life of the endpoint.
package struct SlotAnswer: Sendable, Equatable {
    /// The section's mid.
    package var mid: String
    /// The SSRC of everything sent there.
    package var ssrc: UInt32
    /// The SSRC of its retransmissions; video only.
    package var rtx: UInt32?
    /// Index within its kind: sound i and picture i belong to one media stream.
    package var pair: Int

    /// One slot.
    package init(mid: String, ssrc: UInt32, rtx: UInt32?, pair: Int) {
        self.mid = mid
        self.ssrc = ssrc
        self.rtx = rtx
        self.pair = pair
    }
}

/// What the client must know to connect.
package struct OpenAnswer: Sendable, Equatable {
    /// Our ICE credentials.
    package var local: ICECredentials
    /// SHA-256 of our certificate, 32 bytes.
    package var fingerprint: [UInt8]
    /// RTCP CNAME.
    package var cname: String
    /// Where to send checks.
    package var candidates: [Candidate]
    /// The slots, in the order of the request.
    package var slots: [SlotAnswer]

    /// An answer.
    package init(
        local: ICECredentials, fingerprint: [UInt8], cname: String, candidates: [Candidate], slots: [SlotAnswer]
    ) {
        self.local = local
        self.fingerprint = fingerprint
        self.cname = cname
        self.candidates = candidates
        self.slots = slots
    }
}
