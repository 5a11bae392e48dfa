internal import MediaCrypto
internal import Wire

/// What an endpoint has to say, and when again.
extension Endpoint {
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
        if self.mayTalk, let path = self.ice.mediaPath, let count = self.nextReport(now: now, into: &scratch) {
            return .transmit(path, byteCount: count)
        }
        if let event = self.events.popFirst() { return .event(event) }
        return .idle(until: self.deadline(now: now))
    }

    private mutating func nextHandshake(now: MediaTime, into scratch: inout Scratch) -> EndpointOutput? {
        while true {
            let count = unsafe self.dtls.next(into: scratch.bytes, now: now.nanoseconds)
            guard count > 0 else { return nil }
            // A flight that may not go yet is lost like any datagram; DTLS sends it again once more bytes came.
            if let path = self.handshakePath, self.ice.allows(path, byteCount: count) {
                return .transmit(path, byteCount: count)
            }
        }
    }

    /// Where the datagram goes that DTLS just handed out. A server answers where the hello came from; what follows the
    /// handshake goes where media goes.
    private var handshakePath: PathKey? {
        if self.parameters.role == .client { return self.ice.selected }
        let answered = self.ice.key(of: self.dtls.outgoingRoute)
        return self.connected == nil ? answered : self.ice.mediaPath ?? answered
    }

    private func deadline(now: MediaTime) -> MediaTime {
        guard self.phase != .ended else { return .never }
        var earliest = self.ice.deadline
        func consider(_ time: MediaTime) { if time < earliest { earliest = time } }
        if let dtls = self.dtls.deadline { consider(MediaTime(nanoseconds: dtls)) }
        if self.phase == .opening {
            if let deadline = self.handshakeDeadline { consider(deadline) }
            if self.ice.selected == nil { consider(self.opened + EndpointLimits.pathDeadline) }
        }
        if let lastSign = self.lastSign {
            consider(lastSign + (self.isSilent ? EndpointLimits.deadAfter : EndpointLimits.silentAfter))
        }
        if self.mayTalk {
            consider(self.reports.deadline)
            consider(self.incoming.deadline)
            consider(self.outgoing.deadline)
        }
        return earliest
    }
}
