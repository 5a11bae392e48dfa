internal import CNIOBoringSSL

/// One DTLS association with use_srtp (RFC 5764): DTLS 1.3 first, 1.2 as fallback. It takes one input (`start`,
/// `receive`, `elapse`, `close`), then is drained: call `next` until it answers 0, and read `state` and `deadline`. It
/// knows no socket, no clock and no path; application data is thrown away.
@safe package struct DTLSAssociation: ~Copyable, @unchecked Sendable {  // because it alone owns its SSL and port
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

    /// Longest datagram looked at (`media.md` 4.4); BoringSSL never sees more at once, which bounds its work per call.
    package static let maximumDatagram = 2_048
    /// A datagram has at least 13 bytes per record of DTLS 1.2 and 5 of 1.3; more reads than this is nothing of ours.
    private static let maximumReads = 64
    /// A broken or foreign ClientHello costs a try, not the endpoint (`media.md` 5.2).
    private static let maximumTries = 5
    private static let firstTimeoutMilliseconds: UInt32 = 100

    /// Where the association stands.
    package private(set) var state: State = .handshaking
    /// When to call `elapse`; nothing while no timer runs.
    package private(set) var deadline: Int64?
    /// Handshakes thrown away because of what came in.
    package private(set) var restarts = 0

    private let role: Role
    private let terms: DTLSTerms
    private let identity: Identity
    private let port: DatagramPort
    private let peer: PeerCertificate
    private var keysTaken = false
    /// BoringSSL ran since the port was found empty. `next` is asked after every packet of media, and asking the port each
    /// time would cost more than the question is worth: it is a class, with checked accesses.
    private var mayHaveWritten = false

    // SAFETY: owned by this value alone and freed in `deinit` or when replaced; `port` and `peer`, to which it points,
    // live longer because this value holds them.
    private var ssl: OpaquePointer

    /// `peerFingerprint` is SHA-256, 32 bytes; signalling always tells it first.
    package init(
        role: Role, identity: Identity, peerFingerprint: [UInt8], terms: DTLSTerms = .house, now: Int64
    ) throws(MediaCryptoError) {
        guard peerFingerprint.count == Int(SHA256_DIGEST_LENGTH) else { throw .wrongLength }
        let port = DatagramPort()
        let peer = PeerCertificate(expected: peerFingerprint)
        guard let ssl = unsafe Self.makeSSL(role, terms, identity, port, peer, now: now) else { throw .outOfResources }
        self.role = role
        self.terms = terms
        self.identity = identity
        self.port = port
        self.peer = peer
        unsafe self.ssl = ssl
    }

    deinit {
        unsafe SSL_free(self.ssl)
    }

    /// Client: makes the first flight. A server waits; calling it there changes nothing.
    package mutating func start(now: Int64) {
        guard self.role == .client, self.state == .handshaking else { return }
        unsafe self.run(now: now) { unsafe Self.advance($0) }
    }

    /// Takes one datagram, whoever sent it; `state` tells what came of it.
    package mutating func receive(_ datagram: RawSpan, now: Int64) {
        guard datagram.byteCount <= Self.maximumDatagram, !datagram.isEmpty else { return }
        switch self.state {
        case .handshaking, .connected: break
        case .failed, .fingerprintMismatch, .closed: return
        }
        let port = self.port
        unsafe self.run(now: now) { ssl in port.withInput(datagram) { unsafe Self.advance(ssl) } }
    }

    /// Takes the next datagram to send; answers its length, 0 when there is none. `out` holds at least 1,200 bytes.
    package mutating func next(into out: UnsafeMutableRawBufferPointer, now: Int64) -> Int {
        guard self.mayHaveWritten else { return 0 }
        let count = unsafe self.port.takeNext(into: out)
        self.mayHaveWritten = !self.port.waiting.isEmpty
        return count
    }

    /// The timer fired. Does nothing before `deadline`.
    package mutating func elapse(now: Int64) {
        guard let deadline = self.deadline, now >= deadline else { return }
        unsafe self.run(now: now) { ssl in
            // Answers 1 for "sent again", 0 for "nothing was due", -1 for "too often".
            unsafe DTLSv1_handle_timeout(ssl) < 0 ? .failed : .waiting
        }
    }

    /// Says close_notify, once, and is over. Before the handshake is done there is nobody to tell.
    package mutating func close(now: Int64) {
        switch self.state {
        case .connected:
            self.mayHaveWritten = true
            DTLSClock.at(now) { unsafe _ = SSL_shutdown(self.ssl) }
        case .handshaking: self.port.forget()
        case .failed, .fingerprintMismatch, .closed: return
        }
        ERR_clear_error()
        self.finish(.closed)
    }

    /// The version on the wire: 0xFEFC is DTLS 1.3, 0xFEFD is 1.2; 0 before the handshake is done.
    package var version: UInt16 {
        self.state == .connected || self.keysTaken ? UInt16(truncatingIfNeeded: unsafe SSL_version(self.ssl)) : 0
    }

    /// The profile's number in use_srtp; 0 before the handshake is done.
    package var srtpProfile: UInt16 { self.profile?.rawValue ?? 0 }

    /// The group of the key exchange: 0x11EC is X25519 with ML-KEM-768.
    package var group: UInt16 { unsafe SSL_get_group_id(self.ssl) }

    /// Exports the keys of SRTP, once, after the handshake.
    package mutating func takeKeys() -> SRTPKeyBlock? {
        guard self.state == .connected, !self.keysTaken, let profile = self.profile else { return nil }
        self.keysTaken = true
        let label = "EXTRACTOR-dtls_srtp"
        return unsafe SRTPKeyBlock(profile: profile) { block in
            // SAFETY: the block has the length that is passed; no context.
            unsafe SSL_export_keying_material(
                self.ssl, block.baseAddress?.assumingMemoryBound(to: UInt8.self), block.count, label, label.utf8.count,
                nil, 0, 0) == 1
        }
    }

    private var profile: SRTPProfile? {
        guard let selected = unsafe SSL_get_selected_srtp_profile(self.ssl) else { return nil }
        return SRTPProfile(rawValue: UInt16(truncatingIfNeeded: unsafe selected.pointee.id))
    }
}

// One turn of BoringSSL and what follows from it.
extension DTLSAssociation {
    private enum Outcome {
        case waiting, finished, closedByPeer, failed
    }

    private mutating func run(now: Int64, _ body: (OpaquePointer) -> Outcome) {
        ERR_clear_error()
        self.mayHaveWritten = true
        let outcome = DTLSClock.at(now) { unsafe body(self.ssl) }
        ERR_clear_error()
        switch outcome {
        case .waiting: break
        case .finished: if self.state == .handshaking { self.connect() }
        case .closedByPeer: self.finish(.closed)
        case .failed: self.fail(now: now)
        }
        self.readDeadline(now: now)
    }

    /// Feeds what is in the port: to the handshake, and once that is done to `SSL_read`, which answers lost
    /// acknowledgements, post-handshake messages and close_notify.
    private static func advance(_ ssl: OpaquePointer) -> Outcome {
        if unsafe SSL_in_init(ssl) == 1 {
            let result = unsafe SSL_do_handshake(ssl)
            if result != 1 { return unsafe Self.outcome(ssl, result) }
        }
        return unsafe withUnsafeTemporaryAllocation(byteCount: Self.maximumDatagram, alignment: 16) { discarded in
            for _ in 0..<Self.maximumReads {
                let result = unsafe SSL_read(ssl, discarded.baseAddress, Int32(discarded.count))
                if result <= 0 {
                    let outcome = unsafe Self.outcome(ssl, result)
                    return outcome == .waiting ? .finished : outcome
                }
            }
            return .finished
        }
    }

    private static func outcome(_ ssl: OpaquePointer, _ result: Int32) -> Outcome {
        switch unsafe SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE, SSL_ERROR_NONE: .waiting
        case SSL_ERROR_ZERO_RETURN: .closedByPeer
        default: .failed
        }
    }

    private mutating func connect() {
        // A peer without use_srtp is no WebRTC peer; there is nothing to connect.
        guard self.profile != nil else { return self.finish(.failed) }
        self.state = .connected
    }

    private mutating func fail(now: Int64) {
        if self.peer.mismatched { return self.finish(.fingerprintMismatch) }
        guard self.state == .handshaking, self.role == .server, self.restarts + 1 < Self.maximumTries,
            let fresh = unsafe Self.makeSSL(self.role, self.terms, self.identity, self.port, self.peer, now: now)
        else { return self.finish(.failed) }
        self.restarts += 1
        unsafe SSL_free(self.ssl)
        unsafe self.ssl = fresh
        // The alert about a stranger's hello would end the handshake of the true peer, who cannot tell it is not meant.
        self.port.forget()
    }

    private mutating func finish(_ state: State) {
        self.state = state
        self.deadline = nil
    }

    private mutating func readDeadline(now: Int64) {
        self.deadline = nil
        guard self.state == .handshaking || self.state == .connected else { return }
        DTLSClock.at(now) {
            var remaining = timeval()
            guard unsafe DTLSv1_get_timeout(self.ssl, &remaining) == 1 else { return }
            self.deadline = now + Int64(remaining.tv_sec) * 1_000_000_000 + Int64(remaining.tv_usec) * 1_000
        }
    }

    private static func makeSSL(
        _ role: Role, _ terms: DTLSTerms, _ identity: Identity, _ port: DatagramPort, _ peer: PeerCertificate,
        now: Int64
    ) -> OpaquePointer? {
        unsafe DTLSClock.at(now) {
            guard let ssl = unsafe identity.context.makeSSL() else { return nil }
            guard let bio = unsafe DatagramPort.makeBIO(over: port) else {
                unsafe SSL_free(ssl)
                return nil
            }
            // Takes the BIO over, for both directions.
            unsafe SSL_set_bio(ssl, bio, bio)
            unsafe peer.attach(to: ssl)
            unsafe SSL_set_shed_handshake_config(ssl, 1)
            unsafe SSL_set_mtu(ssl, UInt32(DatagramPort.maximumDatagram))
            unsafe DTLSv1_set_initial_timeout_duration(ssl, Self.firstTimeoutMilliseconds)
            guard unsafe terms.apply(to: ssl) else {
                unsafe SSL_free(ssl)
                return nil
            }
            switch role {
            case .server: unsafe SSL_set_accept_state(ssl)
            case .client: unsafe SSL_set_connect_state(ssl)
            }
            return unsafe ssl
        }
    }
}
