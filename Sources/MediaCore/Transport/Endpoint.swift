package import MediaCrypto
internal import Wire

/// One WebRTC transport, sans-IO (`media.md` 1.3): STUN and ICE, DTLS, SRTP, the RTCP that belongs to them, and the
/// stamping of what goes out. It has no clock, no socket, no thread and knows nothing of rooms or people.
///
/// **The contract: one input (`receive`, `perform`, `elapse`), then `next` until it answers `idle`.** Time is an argument.
/// Nothing that comes from the network traps, throws or grows; a bad packet is a counter.
public struct Endpoint: ~Copyable {
    let parameters: EndpointParameters
    let cname: [UInt8]
    var ice: ICEAgent
    var dtls: DTLSAssociation
    var phase: Phase = .opening
    let opened: MediaTime
    /// When DTLS finished.
    var connected: MediaTime?
    var sender: SRTPSender?
    var receiver: SRTPReceiver?
    var incoming: IncomingMedia
    var outgoing: OutgoingMedia
    var reports: ReportClock
    var events = FixedQueue<EndpointEvent>(capacity: EndpointLimits.pendingEvents)
    var media = FixedQueue<PacketHandle>(capacity: 4)
    var isSilent = false
    /// Counters; plain numbers.
    public internal(set) var statistics = EndpointStatistics()

    /// What the endpoint lives through, once.
    enum Phase {
        /// ICE and DTLS are under way.
        case opening
        /// Media may flow.
        case connected
        /// Nothing more comes out, but what is queued.
        case ended
    }

    /// An endpoint that waits for its peer (server), or begins to look for it (client).
    /// - Parameters:
    ///   - parameters: checked for form and size here, for sense by the caller.
    ///   - identity: the certificate of this process.
    ///   - now: the present on the media clock.
    ///   - wallClockOffset: NTP time (1/2^32 s since 1900) at `MediaTime.zero`, for sender reports.
    ///   - random: makes everything random but DTLS. On a server its seed comes from the system: who can guess what it
    ///     makes can have media sent to a stranger.
    package init(
        _ parameters: EndpointParameters, identity: Identity, now: MediaTime, wallClockOffset: UInt64,
        random: KeyedGenerator
    ) throws(EndpointError) {
        let credentials = ICECredentialPair(local: parameters.local, remote: parameters.remote)
        try Self.check(parameters, credentials)
        var random = random
        let outgoing = try OutgoingMedia(parameters, random: &random)
        let dtls: DTLSAssociation
        do {
            dtls = try DTLSAssociation(
                role: parameters.role == .server ? .server : .client, identity: identity,
                peerFingerprint: parameters.remoteFingerprint, now: now.nanoseconds)
        } catch {
            throw .cryptography
        }
        self.parameters = parameters
        self.cname = Array(parameters.cname.utf8)
        self.ice = ICEAgent(
            role: parameters.role, credentials: credentials, candidates: parameters.remoteCandidates, now: now,
            random: random)
        self.dtls = dtls
        self.opened = now
        self.incoming = IncomingMedia(parameters)
        self.outgoing = outgoing
        self.reports = ReportClock(now: now, wallClockOffset: wallClockOffset)
    }

    /// The same with a generator that follows from 64 bits: for tests, which want the same run again, and for clients,
    /// who challenge nobody.
    package init(
        _ parameters: EndpointParameters, identity: Identity, now: MediaTime, wallClockOffset: UInt64,
        seed: UInt64
    ) throws(EndpointError) {
        var words = SplitMix64(seed: seed)
        let bytes = (0..<KeyedGenerator.seedLength).map { _ in UInt8(truncatingIfNeeded: words.next() >> 56) }
        try self.init(
            parameters, identity: identity, now: now, wallClockOffset: wallClockOffset,
            random: KeyedGenerator(seed: bytes))
    }

    private static func check(_ parameters: EndpointParameters, _ credentials: ICECredentialPair) throws(EndpointError)
    {
        guard parameters.incoming.count + parameters.outgoing.count <= EndpointLimits.streams else { throw .tooLarge }
        let mids = parameters.incoming.map(\.mid) + parameters.outgoing.map(\.mid)
        guard credentials.isWellFormed, parameters.remoteFingerprint.count == 32,
            mids.allSatisfy({ (1...16).contains($0.utf8.count) }),
            parameters.incoming.allSatisfy({ $0.rids.count <= 3 && $0.ssrcs.count <= 8 && $0.payloadTypes.count <= 16 }
            ),
            parameters.outgoing.allSatisfy({ $0.payloadTypes.count <= 16 }), parameters.cname.utf8.count <= 64,
            // One-byte header extensions reach 14 (RFC 8285 §4.2); both browsers stay below.
            parameters.extensions.mid <= 14, parameters.extensions.transportCC <= 14
        else { throw .malformed }
    }

    /// Where media goes, once a path is selected.
    public var selectedPath: PathKey? { self.ice.selected }

    /// DTLS has finished and the endpoint lives.
    public var isConnected: Bool { self.phase == .connected }

    /// Nothing more will come out of this endpoint.
    public var hasEnded: Bool { self.phase == .ended }

    // MARK: Input

    /// Takes one datagram. A media packet in it becomes a `.media` output.
    public mutating func receive(
        _ datagram: RawSpan, on path: PathKey, arrival: MediaTime, slab: inout PacketSlab
    ) {
        guard self.phase != .ended else { return }
        self.statistics.received &+= 1
        switch DatagramKind(of: datagram) {
        case .stun:
            self.ice.receive(datagram, on: path, now: arrival)
            self.followSelection(now: arrival)
            self.judgeSilence(now: arrival)
        case .dtls:
            // RFC 8842 and `media.md` 9.3: only from paths that ICE of this endpoint has validated.
            guard let route = self.ice.admit(path, byteCount: datagram.byteCount) else {
                return self.statistics.dropped &+= 1
            }
            self.dtls.receive(datagram, from: route, now: arrival.nanoseconds)
            self.followHandshake(now: arrival)
        case .rtp:
            guard self.ice.admit(path, byteCount: datagram.byteCount) != nil else {
                return self.statistics.dropped &+= 1
            }
            self.receiveRTP(datagram, arrival: arrival, slab: &slab)
        case .rtcp:
            guard self.ice.admit(path, byteCount: datagram.byteCount) != nil else {
                return self.statistics.dropped &+= 1
            }
            self.receiveRTCP(datagram, arrival: arrival, slab: &slab)
        case .turnChannel, .unknown:
            self.statistics.dropped &+= 1
        }
    }

    /// Takes a command from the control plane.
    public mutating func perform(_ command: EndpointCommand, now: MediaTime) {
        guard self.phase != .ended else { return }
        switch command {
        case .restart(let local, let remote, let candidates):
            let credentials = ICECredentialPair(local: local, remote: remote)
            guard credentials.isWellFormed else { return }
            self.ice.restart(credentials, candidates: candidates, now: now)
        case .requestKeyFrame(let section, let encoding):
            self.incoming.requestKeyFrame(section: section, encoding: encoding, now: now)
        case .sourceChanged(let stream, let rtpTime, let at):
            self.outgoing.sourceChanged(stream, rtpTime: rtpTime, at: at)
        case .close:
            self.dtls.close(now: now.nanoseconds)
            self.end(.closed)
        }
    }

    /// A timer fired: `now` is at or after the time `next` named.
    public mutating func elapse(now: MediaTime) {
        guard self.phase != .ended else { return }
        if let deadline = self.dtls.deadline, deadline <= now.nanoseconds {
            self.dtls.elapse(now: now.nanoseconds)
            self.followHandshake(now: now)
        }
        guard self.phase != .ended else { return }
        if self.phase == .opening {
            if let deadline = self.handshakeDeadline, now >= deadline {
                return self.end(self.dtls.hasSeenMismatch ? .fingerprintMismatch : .timedOut)
            }
            if self.ice.selected == nil, now >= self.opened + EndpointLimits.pathDeadline { return self.end(.timedOut) }
        }
        self.judgeSilence(now: now)
        guard self.phase != .ended else { return }
        self.incoming.elapse(now: now)
    }
}
