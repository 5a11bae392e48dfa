/// How the VP8 descriptor of a forwarded packet is rewritten: the picture id and TL0PICIDX keep their width.
public struct DescriptorPatch: Sendable, Equatable, BitwiseCopyable {
    /// The descriptor is changed at all.
    public var applies = false
    /// Written where the packet has a picture id, cut to its width.
    public var pictureID: UInt16 = 0
    /// Written where the packet has TL0PICIDX.
    public var tl0PictureIndex: UInt8 = 0

    /// No change.
    public init() {}
}

/// One packet to send, as decided by `Forwarding` or by a sending client. `Endpoint.write` stamps and seals it.
public struct Outgoing: Sendable, BitwiseCopyable {
    /// Index into `EndpointParameters.outgoing`.
    public var stream: UInt16
    /// The packet whose payload goes out; the caller owns a reference until `write` returns.
    public var packet: PacketHandle
    /// Extended sequence number in the outgoing stream; for a retransmission the *original* number. Its low 16 bits go
    /// on the wire; a number is never used twice with other bytes (`media.md` 5.1, nonce rule).
    public var sequence: UInt64
    /// RTP timestamp of the outgoing stream.
    public var timestamp: UInt32
    /// Marker bit.
    public var marker: Bool
    /// Send over the stream's RTX SSRC with the RTX payload type and its own counter (RFC 4588).
    public var isRetransmission: Bool
    /// 0...16 bytes of RTP padding.
    public var padding: UInt8
    /// Descriptor rewrite.
    public var patch: DescriptorPatch

    /// A packet to send.
    public init(
        stream: UInt16, packet: PacketHandle, sequence: UInt64, timestamp: UInt32, marker: Bool,
        isRetransmission: Bool = false, padding: UInt8 = 0, patch: DescriptorPatch = DescriptorPatch()
    ) {
        self.stream = stream
        self.packet = packet
        self.sequence = sequence
        self.timestamp = timestamp
        self.marker = marker
        self.isRetransmission = isRetransmission
        self.padding = padding
        self.patch = patch
    }
}

/// Why an endpoint ended.
public enum EndpointEnd: Sendable, Equatable {
    /// No validated path, no finished handshake, or no check for 30 s (`media.md` 2.4).
    case timedOut
    /// The peer's certificate is not the one signalling named.
    case fingerprintMismatch
    /// DTLS failed for good, or was closed by the peer.
    case handshakeFailed
    /// The peer closed the association.
    case closedByPeer
    /// A key reached the end of its life (`media.md` 5.1).
    case keysWornOut
    /// Closed by a command.
    case closed
}

/// What an endpoint tells its owner.
public enum EndpointEvent: Sendable, Equatable {
    /// DTLS finished over an authenticated path: media may flow. Version is the wire number (0xFEFC = DTLS 1.3).
    case connected(dtlsVersion: UInt16, srtpProfile: UInt16)
    /// Media goes to this path from now on.
    case pathSelected(PathKey)
    /// No authenticated check for 15 s; nothing is sent until one comes.
    case silent
    /// The peer asks for a key frame of an outgoing stream (PLI or FIR).
    case keyFrameWanted(stream: UInt16)
    /// The peer misses packets of an outgoing stream: RFC 4585 generic NACK, first number and the following 16 as bits.
    case missing(stream: UInt16, sequence: UInt16, following: UInt16)
    /// A sender report of an incoming section's stream arrived (NTP in 1/2^32 s and its RTP time).
    case senderReport(section: UInt16, encoding: UInt8, ntp: UInt64, rtpTime: UInt32, arrival: MediaTime)
    /// The endpoint is over; nothing more comes out of it.
    case ended(EndpointEnd)
}

/// What `Endpoint.next` hands out, one at a time, until it is idle.
public enum EndpointOutput: Sendable {
    /// The first `byteCount` bytes of the scratch are a datagram for `path`.
    case transmit(PathKey, byteCount: Int)
    /// A media packet was received; the caller now owns one reference in the slab.
    case media(PacketHandle)
    /// Something happened.
    case event(EndpointEvent)
    /// Nothing to do before this time, unless there is input.
    case idle(until: MediaTime)
}

/// Input from the control plane.
public enum EndpointCommand: Sendable {
    /// ICE restart with new credentials on both sides; DTLS and SRTP stay (`media.md` 2.4).
    case restart(local: ICECredentials, remote: ICECredentials, remoteCandidates: [PathKey])
    /// Ask the peer for a key frame of an incoming section's encoding.
    case requestKeyFrame(section: UInt16, encoding: UInt8)
    /// An outgoing stream got another source, or its first: send a sender report with its next packet.
    /// `rtpTime` is the stream's RTP time at the media time `at`.
    case sourceChanged(stream: UInt16, rtpTime: UInt32, at: MediaTime)
    /// Close: DTLS close_notify, then `ended(.closed)`.
    case close
}
