/// Which side of DTLS and ICE this endpoint plays (`media.md` 2.1).
public enum EndpointRole: Sendable {
    /// ICE-lite, DTLS passive: the media server.
    case server
    /// Controlling ICE, DTLS active: `Client` and tests.
    case client
}

/// An ICE user name fragment and password (RFC 8839 §5.4); never printed.
public struct ICECredentials: Sendable, Equatable {
    /// 4 to 256 ice-chars.
    public var userFragment: String
    /// 22 to 256 ice-chars.
    public var password: String

    /// Credentials as they stand in signalling.
    public init(userFragment: String, password: String) {
        self.userFragment = userFragment
        self.password = password
    }
}

/// Audio or video.
public enum MediaKind: UInt8, Sendable, BitwiseCopyable {
    /// Sound.
    case audio
    /// Picture.
    case video
}

/// One payload type of a section, with the payload type of its retransmissions.
public struct PayloadType: Sendable, Equatable {
    /// RTP payload type, 0...127.
    public var number: UInt8
    /// What it carries.
    public var codec: Codec
    /// The RTX payload type (RFC 4588), when there is one.
    public var retransmission: UInt8?

    /// A payload type of an offer or an answer.
    public init(number: UInt8, codec: Codec, retransmission: UInt8? = nil) {
        self.number = number
        self.codec = codec
        self.retransmission = retransmission
    }
}

/// The header extension identifiers of one endpoint, 0 = not negotiated; the browser's own, never assumed.
public struct ExtensionIdentifiers: Sendable, Equatable, BitwiseCopyable {
    /// `urn:ietf:params:rtp-hdrext:sdes:mid`
    public var mid: UInt8 = 0
    /// transport-wide congestion control, draft-holmer-rmcat-transport-wide-cc-extensions-01
    public var transportCC: UInt8 = 0
    /// `urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id`
    public var rid: UInt8 = 0
    /// `urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id`
    public var repairedRID: UInt8 = 0
    /// Dependency descriptor of the AV1 RTP specification.
    public var dependencyDescriptor: UInt8 = 0

    /// Nothing negotiated.
    public init() {}
}

/// A section the peer sends on. Media arrives with its mid (and rid), or with an SSRC the offer named.
public struct IncomingSection: Sendable, Equatable {
    /// 1 to 16 ASCII characters.
    public var mid: String
    /// Audio or video.
    public var kind: MediaKind
    /// Restriction identifiers of simulcast encodings in order; empty without simulcast. At most 3.
    public var rids: [String]
    /// SSRCs named by signalling; the first is the primary, the second its RTX. Others only for RTCP.
    public var ssrcs: [UInt32]
    /// Payload types accepted.
    public var payloadTypes: [PayloadType]

    /// A section to receive on.
    public init(mid: String, kind: MediaKind, rids: [String] = [], ssrcs: [UInt32] = [], payloadTypes: [PayloadType]) {
        self.mid = mid
        self.kind = kind
        self.rids = rids
        self.ssrcs = ssrcs
        self.payloadTypes = payloadTypes
    }
}

/// A stream we send: a slot on the server, an own track in a client. Its mid, SSRC and RTX SSRC are fixed for life.
public struct OutgoingStream: Sendable, Equatable {
    /// Stamped on every packet, RTX included; at most 2 characters from a server.
    public var mid: String
    /// Audio or video.
    public var kind: MediaKind
    /// The stream's SSRC.
    public var ssrc: UInt32
    /// The SSRC of its retransmissions; nil = none are sent.
    public var retransmissionSSRC: UInt32?
    /// Payload types the receiver accepts.
    public var payloadTypes: [PayloadType]

    /// A stream to send.
    public init(
        mid: String, kind: MediaKind, ssrc: UInt32, retransmissionSSRC: UInt32? = nil, payloadTypes: [PayloadType]
    ) {
        self.mid = mid
        self.kind = kind
        self.ssrc = ssrc
        self.retransmissionSSRC = retransmissionSSRC
        self.payloadTypes = payloadTypes
    }
}

/// Everything an endpoint needs to know before its first datagram. Checked and bounded by whoever makes it from
/// signalling; the initialiser of `Endpoint` refuses what does not fit its tables.
public struct EndpointParameters: Sendable {
    /// Server or client.
    public var role: EndpointRole
    /// Our side's ICE credentials.
    public var local: ICECredentials
    /// The peer's ICE credentials.
    public var remote: ICECredentials
    /// SHA-256 of the peer's certificate, 32 bytes; what it presents must match (RFC 8122).
    public var remoteFingerprint: [UInt8]
    /// Extension identifiers of this endpoint.
    public var extensions: ExtensionIdentifiers
    /// Sections the peer sends on.
    public var incoming: [IncomingSection]
    /// Streams we send.
    public var outgoing: [OutgoingStream]
    /// Sender SSRC of RTCP that belongs to no outgoing stream.
    public var rtcpSSRC: UInt32
    /// RTCP CNAME, random per endpoint.
    public var cname: String
    /// Where a client sends its checks; empty on a server.
    public var remoteCandidates: [PathKey]

    /// Parameters of one endpoint.
    public init(
        role: EndpointRole, local: ICECredentials, remote: ICECredentials, remoteFingerprint: [UInt8],
        extensions: ExtensionIdentifiers, incoming: [IncomingSection], outgoing: [OutgoingStream], rtcpSSRC: UInt32,
        cname: String, remoteCandidates: [PathKey] = []
    ) {
        self.role = role
        self.local = local
        self.remote = remote
        self.remoteFingerprint = remoteFingerprint
        self.extensions = extensions
        self.incoming = incoming
        self.outgoing = outgoing
        self.rtcpSSRC = rtcpSSRC
        self.cname = cname
        self.remoteCandidates = remoteCandidates
    }
}
