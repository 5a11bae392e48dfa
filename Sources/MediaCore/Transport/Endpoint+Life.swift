internal import MediaCrypto

/// What becomes of an endpoint: the handshake, the silence of its peer, and its end.
extension Endpoint {
    /// Media and reports may be sent: somebody is heard, and proved that he receives there.
    var mayTalk: Bool { self.phase == .connected && !self.isSilent && self.ice.mediaPath != nil }

    /// What 15 and 30 s count from: the last check on the selected path. Who finished DTLS but nominated nothing is
    /// judged by his checks on any path.
    var lastSign: MediaTime? {
        if let heard = self.ice.lastHeard { return heard }
        guard let connected = self.connected else { return nil }
        return max(connected, self.ice.lastCheck ?? connected)
    }

    var handshakeDeadline: MediaTime? {
        self.dtls.beganAt.map { MediaTime(nanoseconds: $0) + EndpointLimits.handshakeDeadline }
    }

    /// Silent after 15 s and over after 30 s; a check ends the silence at once, whatever timer is still to fire.
    mutating func judgeSilence(now: MediaTime) {
        guard self.phase != .ended, let lastSign = self.lastSign else { return }
        if now >= lastSign + EndpointLimits.deadAfter { return self.end(.timedOut) }
        let isSilent = now >= lastSign + EndpointLimits.silentAfter
        if isSilent, !self.isSilent { self.tell(.silent) }
        self.isSilent = isSilent
    }

    mutating func followSelection(now: MediaTime) {
        guard self.ice.selectionChanged, let selected = self.ice.selected else { return }
        self.ice.selectionChanged = false
        self.tell(.pathSelected(selected))
        if self.parameters.role == .client, self.dtls.beganAt == nil { self.dtls.start(now: now.nanoseconds) }
    }

    mutating func followHandshake(now: MediaTime) {
        switch self.dtls.state {
        case .handshaking:
            // Another certificate over the path the peer nominated, by somebody who receives there, is the peer's. Over
            // any other it may be anybody's, and the peer may still come.
            if let route = self.dtls.mismatchRoute, route == self.ice.selectedRoute { self.end(.fingerprintMismatch) }
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
        self.phase = .connected
        self.connected = now
        self.reports.start(now: now)
        self.tell(.connected(dtlsVersion: self.dtls.version, srtpProfile: self.dtls.srtpProfile))
        self.ice.handshakeEnded(provenRoute: self.dtls.provenRoute, now: now)
        self.followSelection(now: now)
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
}
