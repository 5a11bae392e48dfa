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
    /// The first DTLS datagram, from which the handshake deadline counts.
    var firstHello: MediaTime?
    /// Where the last DTLS datagram came from; a finished handshake proves this path.
    var handshakePath: PathKey?
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
    ///   - seed: seeds everything random but DTLS.
    package init(
        _ parameters: EndpointParameters, identity: Identity, now: MediaTime, wallClockOffset: UInt64,
        seed: UInt64
    ) throws(EndpointError) {
        let credentials = ICECredentialPair(local: parameters.local, remote: parameters.remote)
        try Self.check(parameters, credentials)
        var random = SplitMix64(seed: seed)
        let iceSeed = random.next()
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
            seed: iceSeed)
        self.dtls = dtls
        self.opened = now
        self.incoming = IncomingMedia(parameters)
        self.outgoing = outgoing
        self.reports = ReportClock(now: now, wallClockOffset: wallClockOffset)
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
            if self.ice.selectionChanged, let selected = self.ice.selected {
                self.ice.selectionChanged = false
                self.tell(.pathSelected(selected))
                if self.parameters.role == .client, self.firstHello == nil {
                    self.firstHello = arrival
                    self.dtls.start(now: arrival.nanoseconds)
                }
            }
        case .dtls:
            // RFC 8842 and `media.md` 9.3: only from paths that ICE of this endpoint has validated.
            guard self.ice.admits(path, byteCount: datagram.byteCount) else { return self.statistics.dropped &+= 1 }
            if self.firstHello == nil { self.firstHello = arrival }
            self.handshakePath = path
            self.dtls.receive(datagram, now: arrival.nanoseconds)
            self.followHandshake(now: arrival)
        case .rtp:
            guard self.ice.admits(path, byteCount: datagram.byteCount) else { return self.statistics.dropped &+= 1 }
            self.receiveRTP(datagram, arrival: arrival, slab: &slab)
        case .rtcp:
            guard self.ice.admits(path, byteCount: datagram.byteCount) else { return self.statistics.dropped &+= 1 }
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
            if let firstHello = self.firstHello, now >= firstHello + EndpointLimits.handshakeDeadline {
                return self.end(.timedOut)
            }
            if self.ice.selected == nil, now >= self.opened + EndpointLimits.pathDeadline { return self.end(.timedOut) }
        }
        if let lastHeard = self.ice.lastHeard {
            if now >= lastHeard + EndpointLimits.deadAfter { return self.end(.timedOut) }
            let isSilent = now >= lastHeard + EndpointLimits.silentAfter
            if isSilent, !self.isSilent { self.tell(.silent) }
            self.isSilent = isSilent
        }
        self.incoming.elapse(now: now)
    }

    // MARK: Handshake

    private mutating func followHandshake(now: MediaTime) {
        switch self.dtls.state {
        case .handshaking: break
        case .connected: self.connect(now: now)
        case .failed: self.end(.handshakeFailed)
        case .fingerprintMismatch: self.end(.fingerprintMismatch)
        case .closed: self.end(.closedByPeer)
        }
    }

    private mutating func connect(now: MediaTime) {
        guard self.phase == .opening, let keys = self.dtls.takeKeys() else { return }
        let isServer = self.parameters.role == .server
        let sections = self.parameters.incoming.count + self.parameters.outgoing.count
        do {
            self.sender = try SRTPSender(
                keys, side: isServer ? .server : .client, streams: 2 * self.parameters.outgoing.count + 1)
            self.receiver = try SRTPReceiver(
                keys, side: isServer ? .client : .server, streams: self.incoming.sourceLimit,
                reporters: sections + EndpointLimits.rtcpSources)
        } catch {
            return self.end(.handshakeFailed)
        }
        if let path = self.handshakePath { self.ice.prove(path) }
        self.phase = .connected
        self.reports.start(now: now)
        self.tell(.connected(dtlsVersion: self.dtls.version, srtpProfile: self.dtls.srtpProfile))
    }

    mutating func end(_ reason: EndpointEnd) {
        guard self.phase != .ended else { return }
        self.phase = .ended
        // The last words must not be lost behind a full queue.
        if !self.events.append(.ended(reason)) {
            _ = self.events.popFirst()
            _ = self.events.append(.ended(reason))
        }
        self.sender = nil
        self.receiver = nil
    }

    mutating func tell(_ event: EndpointEvent) {
        if !self.events.append(event) { self.statistics.overflows &+= 1 }
    }

    // MARK: Output

    /// The next output; call until it answers `idle`.
    public mutating func next(now: MediaTime, into scratch: inout Scratch) -> EndpointOutput {
        if let handle = self.media.popFirst() { return .media(handle) }
        if let event = self.events.popFirst() { return .event(event) }
        while let send = self.phase == .ended ? nil : self.ice.next(now: now) {
            // SAFETY: the scratch is the caller's and nobody else looks at it meanwhile.
            var out = unsafe scratch.bytes.mutableBytes
            let (path, count) = self.ice.write(send, into: &out)
            if count > 0 { return .transmit(path, byteCount: count) }
        }
        if let output = self.nextHandshake(now: now, into: &scratch) { return output }
        if self.phase == .connected, !self.isSilent, let path = self.ice.selected,
            let count = self.nextReport(now: now, into: &scratch)
        {
            return .transmit(path, byteCount: count)
        }
        if let event = self.events.popFirst() { return .event(event) }
        return .idle(until: self.deadline(now: now))
    }

    private mutating func nextHandshake(now: MediaTime, into scratch: inout Scratch) -> EndpointOutput? {
        guard let path = self.handshakePath ?? self.ice.selected else { return nil }
        while true {
            let count = unsafe self.dtls.next(into: scratch.bytes, now: now.nanoseconds)
            guard count > 0 else { return nil }
            // A flight that may not go yet is lost like any datagram; DTLS sends it again once more bytes came.
            if self.ice.allows(path, byteCount: count) { return .transmit(path, byteCount: count) }
        }
    }

    private func deadline(now: MediaTime) -> MediaTime {
        guard self.phase != .ended else { return .never }
        var earliest = self.ice.deadline
        func consider(_ time: MediaTime) { if time < earliest { earliest = time } }
        if let dtls = self.dtls.deadline { consider(MediaTime(nanoseconds: dtls)) }
        if self.phase == .opening {
            if let firstHello = self.firstHello { consider(firstHello + EndpointLimits.handshakeDeadline) }
            if self.ice.selected == nil { consider(self.opened + EndpointLimits.pathDeadline) }
        }
        if let lastHeard = self.ice.lastHeard {
            consider(lastHeard + (self.isSilent ? EndpointLimits.deadAfter : EndpointLimits.silentAfter))
        }
        if self.phase == .connected, !self.isSilent, self.ice.selected != nil {
            consider(self.reports.deadline)
            consider(self.incoming.deadline)
        }
        return earliest
    }
}

/// What a datagram is by its first two bytes (RFC 7983, RFC 5761, RFC 9443).
package enum DatagramKind: Sendable, BitwiseCopyable {
    /// STUN.
    case stun
    /// DTLS; 32...63 is the unified header of DTLS 1.3.
    case dtls
    /// TURN channel data, which a worker never takes.
    case turnChannel
    /// RTP.
    case rtp
    /// RTCP, told from RTP by its packet type.
    case rtcp
    /// Everything else.
    case unknown

    /// Looks at the first two bytes of `datagram`.
    package init(of datagram: RawSpan) {
        guard let first = datagram.u8(0), let second = datagram.u8(1) else {
            self = .unknown
            return
        }
        switch first {
        case 0...3: self = .stun
        case 20...63: self = .dtls
        case 64...79: self = .turnChannel
        case 128...191: self = (192...223).contains(second) ? .rtcp : .rtp
        default: self = .unknown
        }
    }
}
