/// One DTLS association with use_srtp (RFC 5764): DTLS 1.3 first, 1.2 as fallback. It takes one input (`start`,
/// `receive`, `elapse`, `close`), then is drained: call `next` until it answers 0, and read `state` and `deadline`. It
/// knows no socket and no clock, and of paths only numbers, its owner's routes; application data is thrown away.
///
/// A server believes nobody before the end of a handshake. Each ClientHello begins a try of its own, beside the others,
/// and a try that fails, is closed, or shows another certificate is just that; the first that finishes is the peer. What
/// cannot be helped here: a client that took the answer to a stranger's hello for its own cannot go on. Answers go where
/// the hello came from, so that needs a forged hello from the client's own address in the half round trip before its own.
package struct DTLSAssociation: ~Copyable, @unchecked Sendable {  // because it alone owns its tries
    /// Which side of the handshake.
    package enum Role: Sendable {
        /// Waits for a ClientHello.
        case server
        /// Sends the ClientHello at `start`.
        case client
    }

    /// Where the association stands.
    package enum State: Sendable, Equatable {
        /// Not finished; `deadline` says when to call `elapse`.
        case handshaking
        /// Keys can be taken.
        case connected
        /// Over: the handshake cannot succeed, or the peer broke the protocol.
        case failed
        /// Over: the peer's certificate is not the one signalling named.
        case fingerprintMismatch
        /// Over: closed by us or by the peer.
        case closed
    }

    /// Longest datagram looked at (`media.md` 4.4); BoringSSL never sees much more at once, which bounds its work.
    package static let maximumDatagram = 2_048
    /// A broken or foreign ClientHello costs a try, not the endpoint (`media.md` 5.2).
    private static let maximumTries = 5

    /// Where the association stands.
    package private(set) var state: State = .handshaking
    /// When the newest try began, which a repeated hello is not; nothing before the first.
    package private(set) var beganAt: Int64?
    /// Tries that came to nothing because of what came in.
    package private(set) var restarts = 0
    /// Where the datagram goes that `next` handed out last.
    package private(set) var outgoingRoute: UInt32 = 0
    /// Somebody showed another certificate than signalling named. Whether it was the peer, nobody knows.
    package private(set) var hasSeenMismatch = false
    /// Over this route alone somebody, who receives there, showed another certificate in a handshake of DTLS 1.3. If the
    /// owner knows that only the peer can be there, it was the peer.
    package private(set) var mismatchRoute: UInt32?

    private let role: Role
    private let terms: DTLSTerms
    private let identity: Identity
    private let expected: [UInt8]
    private var gate = HandshakeGate()
    private var tries: [DTLSTry]
    private var chosen: DTLSTry?
    private var keysTaken = false
    /// BoringSSL ran since the ports were found empty. `next` and `deadline` are asked after every packet of media, and
    /// asking the tries each time would cost more than the question is worth: they are classes, with checked accesses.
    private var mayHaveWritten = false
    /// When to call `elapse`; nothing while no timer runs.
    package private(set) var deadline: Int64?

    /// `peerFingerprint` is SHA-256, 32 bytes; signalling always tells it first.
    package init(
        role: Role, identity: Identity, peerFingerprint: [UInt8], terms: DTLSTerms = .house, now: Int64
    ) throws(MediaCryptoError) {
        guard peerFingerprint.count == PeerCertificate.fingerprintLength else { throw .wrongLength }
        var only: DTLSTry?
        if role == .client {
            only = DTLSTry(
                role: role, terms: terms, identity: identity, peer: PeerCertificate(expected: peerFingerprint),
                hello: [], route: 0, now: now)
            guard only != nil else { throw .outOfResources }
        }
        self.role = role
        self.terms = terms
        self.identity = identity
        self.expected = peerFingerprint
        self.chosen = only
        self.tries = only.map { [$0] } ?? []
    }

    /// Something ran: what it left to send, and when it wants to run again.
    private mutating func note() {
        self.mayHaveWritten = true
        self.deadline = nil
        guard self.state == .handshaking || self.state == .connected else { return }
        for attempt in self.tries {
            guard let due = attempt.deadline else { continue }
            self.deadline = min(due, self.deadline ?? due)
        }
    }

    /// Client: makes the first flight. A server waits; calling it there changes nothing.
    package mutating func start(now: Int64) {
        guard self.role == .client, self.state == .handshaking, let only = self.chosen else { return }
        self.beganAt = self.beganAt ?? now
        self.settle(only, only.advance(now: now))
        self.note()
    }

    /// Takes one datagram that came over `route`, whoever sent it; `state` tells what came of it.
    package mutating func receive(_ datagram: RawSpan, from route: UInt32 = 0, now: Int64) {
        guard datagram.byteCount <= Self.maximumDatagram, !datagram.isEmpty else { return }
        switch self.state {
        case .handshaking where self.role == .server: self.receiveEarly(datagram, from: route, now: now)
        case .handshaking, .connected:
            if let chosen = self.chosen { self.settle(chosen, chosen.feed(datagram, now: now)) }
        case .failed, .fingerprintMismatch, .closed: return
        }
        self.note()
    }

    /// Takes the next datagram to send; answers its length, 0 when there is none. `out` holds at least 1,200 bytes.
    package mutating func next(into out: UnsafeMutableRawBufferPointer, now: Int64) -> Int {
        guard self.mayHaveWritten else { return 0 }
        for attempt in self.tries {
            let count = unsafe attempt.port.takeNext(into: out)
            guard count > 0 else { continue }
            self.outgoingRoute = attempt.route
            return count
        }
        self.mayHaveWritten = false
        return 0
    }

    /// The timer fired. Does nothing before `deadline`.
    package mutating func elapse(now: Int64) {
        guard let deadline = self.deadline, now >= deadline else { return }
        for attempt in self.tries where attempt.deadline.map({ $0 <= now }) == true {
            self.settle(attempt, attempt.elapse(now: now))
        }
        self.note()
    }

    /// Says close_notify, once, and is over. Before the handshake is done there is nobody to tell.
    package mutating func close(now: Int64) {
        switch self.state {
        case .connected: self.chosen?.shutDown(now: now)
        case .handshaking: for attempt in self.tries { attempt.port.forget() }
        case .failed, .fingerprintMismatch, .closed: return
        }
        self.state = .closed
        self.note()
    }

    /// The version on the wire: 0xFEFC is DTLS 1.3, 0xFEFD is 1.2; 0 before the handshake is done.
    package var version: UInt16 { self.state == .connected || self.keysTaken ? self.chosen?.version ?? 0 : 0 }

    /// The profile's number in use_srtp; 0 before the handshake is done.
    package var srtpProfile: UInt16 { self.chosen?.profile?.rawValue ?? 0 }

    /// The group of the key exchange: 0x11EC is X25519 with ML-KEM-768.
    package var group: UInt16 { self.chosen?.group ?? 0 }

    /// The route over which the whole handshake went, both ways: whoever is there receives what we send there. Nothing
    /// before the end of the handshake, and nothing when any datagram of it came from elsewhere.
    package var provenRoute: UInt32? {
        guard self.role == .server, let chosen = self.chosen, chosen.hasOneRoute else { return nil }
        return chosen.route
    }

    /// Exports the keys of SRTP, once, after the handshake.
    package mutating func takeKeys() -> SRTPKeyBlock? {
        guard self.state == .connected, !self.keysTaken, let chosen = self.chosen, let profile = chosen.profile else {
            return nil
        }
        self.keysTaken = true
        return chosen.exportKeys(profile)
    }
}

// A server before the end of the handshake.
extension DTLSAssociation {
    private mutating func receiveEarly(_ datagram: RawSpan, from route: UInt32, now: Int64) {
        // SAFETY: the bytes are copied while the span lives.
        let bytes = unsafe datagram.withUnsafeBytes { unsafe [UInt8]($0) }
        let expectsMore = self.tries.contains {
            !$0.hasEnded && ($0.version == DTLSTerms.version12 || $0.wantsSecondHello)
        }
        let intake = self.gate.take(bytes, expectsMore: expectsMore)
        for message in intake.messages where message.sequence == 0 { self.meet(message, from: route, now: now) }
        for attempt in self.tries where !attempt.hasEnded && self.state == .handshaking {
            self.hand(intake, to: attempt, from: route, now: now)
        }
    }

    /// A whole ClientHello: a repeated one only says where its sender is now, and is answered by the timer.
    private mutating func meet(_ message: HandshakeMessage, from route: UInt32, now: Int64) {
        if let known = self.tries.first(where: { $0.hello == message.body }) {
            return known.heard(from: route, isHello: true)
        }
        guard self.state == .handshaking, self.tries.count < Self.maximumTries,
            let attempt = DTLSTry(
                role: self.role, terms: self.terms, identity: self.identity,
                peer: PeerCertificate(expected: self.expected), hello: message.body, route: route, now: now)
        else { return }
        self.tries.append(attempt)
        self.beganAt = now
        var datagram: [UInt8] = []
        attempt.append(message, to: &datagram)
        self.settle(attempt, attempt.feed(datagram, now: now))
    }

    private mutating func hand(_ intake: HandshakeGate.Intake, to attempt: DTLSTry, from route: UInt32, now: Int64) {
        var datagram: [UInt8] = []
        let isOld = attempt.version == DTLSTerms.version12
        for message in intake.messages where message.sequence > 0 && !attempt.hasTaken(message.sequence) {
            if isOld ? self.isWelcome(message, to: attempt) : Self.isSecondHello(message, of: attempt) {
                attempt.append(message, to: &datagram)
            }
        }
        if isOld, intake.changesCipher { attempt.appendCipherChange(to: &datagram) }
        datagram += intake.sealed
        guard !datagram.isEmpty else { return }
        attempt.heard(from: route, isHello: false)
        self.settle(attempt, attempt.feed(datagram, now: now))
    }

    /// DTLS 1.2 sends certificate, key exchange and signature in the clear. The certificate is judged before BoringSSL
    /// sees it: a forged one would spoil the try. The rest counts once that came, which in one small flight leaves a
    /// forger no gap; where the flight is spread over datagrams he may still spoil it, and DTLS 1.3 is the cure.
    private mutating func isWelcome(_ message: HandshakeMessage, to attempt: DTLSTry) -> Bool {
        switch message.type {
        case HandshakeMessage.certificate:
            let isExpected = message.leafFingerprint == self.expected
            if !isExpected { self.hasSeenMismatch = true }
            return isExpected
        case HandshakeMessage.clientKeyExchange, HandshakeMessage.certificateVerify: return attempt.hasTaken(1)
        default: return false
        }
    }

    private static func isSecondHello(_ message: HandshakeMessage, of attempt: DTLSTry) -> Bool {
        attempt.wantsSecondHello && message.type == HandshakeMessage.clientHello
            && HandshakeMessage.random(ofHello: message.body) == HandshakeMessage.random(ofHello: attempt.hello)
    }
}

// What follows from a turn of BoringSSL.
extension DTLSAssociation {
    private mutating func settle(_ attempt: DTLSTry, _ outcome: DTLSTry.Outcome) {
        switch (outcome, self.state, self.role) {
        case (.waiting, _, _): break
        case (.finished, .handshaking, _): self.connect(attempt)
        case (.finished, _, _): break
        case (.closedByPeer, .handshaking, .server), (.failed, .handshaking, .server): self.abandon(attempt)
        case (.closedByPeer, _, _): self.state = .closed
        case (.failed, _, _): self.state = attempt.peer.mismatched ? .fingerprintMismatch : .failed
        }
    }

    private mutating func connect(_ attempt: DTLSTry) {
        self.chosen = attempt
        self.tries = [attempt]
        self.gate = HandshakeGate()
        // A peer without use_srtp is no WebRTC peer; there is nothing to connect.
        self.state = attempt.profile == nil ? .failed : .connected
    }

    private mutating func abandon(_ attempt: DTLSTry) {
        attempt.end()
        self.restarts += 1
        if attempt.peer.mismatched {
            self.hasSeenMismatch = true
            if attempt.hasOneRoute { self.mismatchRoute = attempt.route }
        } else {
            // The alert about a stranger's hello would end the handshake of the true peer, who cannot tell it is not
            // meant. That about a certificate is sealed with a key that only its owner shares.
            attempt.port.forget()
        }
        guard self.restarts == Self.maximumTries else { return }
        self.state = self.hasSeenMismatch ? .fingerprintMismatch : .failed
    }
}

extension DTLSTry {
    fileprivate func feed(_ datagram: [UInt8], now: Int64) -> Outcome {
        unsafe datagram.withUnsafeBytes { unsafe self.feed(RawSpan(_unsafeBytes: $0), now: now) }
    }
}
